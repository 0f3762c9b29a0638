"""Running attempts: begin, save an answer, hand in. An answer that was acknowledged is on disk."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Case, Exists, QuerySet, Subquery, When
from django.utils import timezone

from lessons.prepared import Addition, Change, Given, Rows
from quizzes import progress
from quizzes.accommodations import pace_in
from quizzes.allowance import allowance
from quizzes.asked import Asked, asked_at
from quizzes.draws import Drawn
from quizzes.facts import facts_of
from quizzes.models import Attempt, AttemptItem, Learner, Quiz, Response, as_one_quiz
from quizzes.rules import GRACE, REACTION_GRACE, Rules, reaction_end

SHARE = Decimal("0.00001")


class SubmissionConflict(Exception):
    """The same submission id came before with another answer."""


class BeginningRefused(Exception):
    """No attempt is left, or it is too early for another."""


class AnswerRefused(Exception):
    """The attempt takes no answer here any more; what was saved before is kept."""


@dataclass(frozen=True)
class Answer:
    """What a learner sends for one step; `value` is what the kind's field cleaned."""

    step: int
    value: Any
    submission_id: uuid.UUID
    language: str
    confidence: str = ""
    client_time: datetime | None = None


def share(fraction: Fraction) -> Decimal:
    """A fraction as it is stored, to five places."""
    return (Decimal(fraction.numerator) / Decimal(fraction.denominator)).quantize(SHARE)


def open_attempt(learner: Learner | None, quiz: Quiz) -> Attempt | None:
    """The learner's sitting of `quiz` that is still under way; of a final, also that of an older edition."""
    if learner is None:
        return None
    under_way = Attempt.objects.filter(as_one_quiz(quiz), learner=learner, state=Attempt.State.OPEN)
    return under_way.order_by("begun_at").first()


def in_its_place(abandoned: Attempt) -> Attempt | None:
    """The sitting for which that one was left: the one under way, else the latest; None where there is none."""
    others = Attempt.objects.filter(as_one_quiz(abandoned.quiz), learner=abandoned.learner_id)
    others = others.exclude(state=Attempt.State.ABANDONED)
    return others.order_by(Case(When(state=Attempt.State.OPEN, then=0), default=1), "-begun_at").first()


@transaction.atomic
def begin(
    learner: Learner,
    quiz: Quiz,
    edition_id: int,
    drawn: Sequence[Drawn],
    *,
    seed: str,
    nonce: str | None = None,
    now: datetime | None = None,
) -> Attempt:
    """A new attempt with everything frozen; the one already open, if there is one. Raises BeginningRefused.

    It is theirs into whom the learner was merged, where that has happened since they were read.
    """
    begun_at = now or timezone.now()
    whose = progress.held(learner)  # before all else: whoever else begins waits, and is counted
    if whose.get(learner.pk, learner.pk) != learner.pk:
        learner = Learner.objects.get(pk=whose[learner.pk])
    if quiz.attempt_limit or quiz.cooldown:
        under_way = open_attempt(learner, quiz)
        if under_way is not None:
            return under_way
        if allowance(learner, quiz, begun_at).reason:
            raise BeginningRefused
    rules = Rules.of(quiz, pace_in(quiz, learner, timezone.localdate(begun_at)))
    try:
        with transaction.atomic():
            attempt = Attempt.objects.create(
                learner=learner,
                quiz=quiz,
                edition_id=edition_id,
                rules=rules.model_dump(mode="json"),
                seed=seed,
                nonce=nonce,
                local_facts=facts_of([item.version for item in drawn]),
                begun_at=begun_at,
                deadline=rules.deadline(begun_at),
            )
    except IntegrityError:
        existing = open_attempt(learner, quiz)
        if existing is None:
            raise
        return existing
    AttemptItem.objects.bulk_create(
        AttemptItem(
            attempt=attempt,
            step=step,
            version_id=item.version,
            option_order=item.option_order,
            mode=rules.pace.mode,
        )
        for step, item in enumerate(drawn, 1)
    )
    progress.record_begun(attempt, begun_at, whose)
    return attempt


def locked(attempt_id: uuid.UUID) -> Attempt:
    """The attempt's row, held until the transaction ends."""
    return Attempt.objects.select_for_update().get(pk=attempt_id)


def save_answer(attempt_id: uuid.UUID, answer: Answer, now: datetime | None = None) -> Response:
    """Grades and saves one answer, once a submission id.

    The same id with the same answer returns what was saved then; with another answer raises SubmissionConflict. Raises
    AnswerRefused when the attempt is over, time has run out, or feedback was already given on this step;
    AttemptItem.DoesNotExist where there is no such step.
    """
    asked = asked_at(attempt_id, answer.step)
    if asked is None:
        raise AttemptItem.DoesNotExist
    return save_step(asked, answer, now)


@transaction.atomic
def save_step(asked: Asked, answer: Answer, now: datetime | None = None) -> Response:
    """`save_answer` for a step that was read before."""
    at = now or timezone.now()
    [(state,)] = _locked_state(attempt=asked.attempt)
    [(closed_at, sequence, known)] = _saved_before(item=asked.item, submission=answer.submission_id)
    if known:
        return _earlier(asked, answer)
    late = asked.deadline is not None and at > asked.deadline + GRACE
    if state != Attempt.State.OPEN or closed_at is not None or late:
        raise AnswerRefused
    response = _respond(asked, answer, at, sequence=(sequence or 0) + 1)
    if asked.rules.at_once and not AttemptItem.objects.filter(attempt=asked.attempt, closed_at=None).exists():
        _finish(Attempt.objects.get(pk=asked.attempt), Attempt.State.SUBMITTED, at)
    return response


def _state(attempt: Given) -> QuerySet[Attempt, Any]:
    return Attempt.objects.select_for_update().filter(pk=attempt).values_list("state")


def _before(item: Given, submission: Given) -> QuerySet[AttemptItem, Any]:
    """(when feedback was given, last sequence, whether the submission is known), read once the attempt is locked."""
    last = Response.objects.filter(item=item).order_by("-sequence").values("sequence")[:1]
    known = Exists(Response.objects.filter(submission_id=submission))
    return AttemptItem.objects.filter(pk=item).order_by().values_list("closed_at", Subquery(last), known)


_locked_state = Rows(_state, attempt=Attempt._meta.pk)
_saved_before = Rows(_before, item=AttemptItem._meta.pk, submission=Response._meta.get_field("submission_id"))
_mark = Change(AttemptItem, "fraction", "closed_at", "mode")
_add_response = Addition(Response)


def _earlier(asked: Asked, answer: Answer) -> Response:
    """What the same submission saved before."""
    earlier = Response.objects.get(submission_id=answer.submission_id)
    if earlier.item_id != asked.item or not asked.measure.are_same(earlier.answer, answer.value):
        raise SubmissionConflict
    return earlier


def _respond(asked: Asked, answer: Answer, at: datetime, *, sequence: int) -> Response:
    """Saves the answer; where feedback is due at once, the item takes no further one."""
    fraction = share(asked.measure.grade(answer.value))
    _mark(asked.item, fraction=fraction, closed_at=at if asked.rules.at_once else None, mode=_mode(asked, at))
    return _add_response(
        Response(
            item_id=asked.item,
            submission_id=answer.submission_id,
            sequence=sequence,
            answer=answer.value,
            fraction=fraction,
            language=answer.language,
            confidence=answer.confidence if asked.rules.confidence else "",
            client_time=answer.client_time,
            saved_at=at,
        )
    )


def _mode(asked: Asked, at: datetime) -> str:
    """A late answer to a question with a clock earns the same: it only counts as given without the clock."""
    end = reaction_end(asked.rules, asked.seconds, asked.shown_at, asked.mode)
    if asked.seconds is None or (end is not None and at <= end + REACTION_GRACE):
        return asked.mode
    return AttemptItem.Mode.UNTIMED


@transaction.atomic
def submit(attempt_id: uuid.UUID, now: datetime | None = None) -> Attempt:
    """Hands the attempt in; doing it twice is doing it once."""
    at = now or timezone.now()
    attempt = locked(attempt_id)
    if attempt.state == Attempt.State.OPEN:
        late = attempt.deadline is not None and at > attempt.deadline + GRACE
        _finish(attempt, Attempt.State.EXPIRED if late else Attempt.State.SUBMITTED, at)
    return attempt


def expire_if_late(attempt: Attempt, now: datetime | None = None) -> Attempt:
    """Closes an attempt whose time ran out, with the answers that were saved in time."""
    at = now or timezone.now()
    if attempt.state == Attempt.State.OPEN and attempt.deadline is not None and at > attempt.deadline + GRACE:
        return submit(attempt.pk, at)
    return attempt


def _finish(attempt: Attempt, state: str, at: datetime) -> None:
    items = list(attempt.items.select_related("version"))
    attempt.state, attempt.submitted_at = state, at
    attempt.score = score_of(items)
    attempt.passed = is_passed(items, attempt.score, Rules.model_validate(attempt.rules))
    attempt.save(update_fields=["state", "submitted_at", "score", "passed"])
    attempt.items.filter(closed_at=None).update(closed_at=at)
    progress.record_finished(attempt, at)


def score_of(items: Sequence[AttemptItem]) -> Decimal:
    """Earned points over all points, 0 to 1; a question without an answer earns nothing."""
    total = sum((item.points for item in items), Decimal(0))
    earned = sum((item.points * (item.fraction or 0) for item in items), Decimal(0))
    return (earned / total).quantize(SHARE) if total else Decimal(0)


def critical_missed(items: Sequence[AttemptItem]) -> list[AttemptItem]:
    return [item for item in items if item.measured_by.critical and (item.fraction or 0) < 1]


def is_passed(items: Sequence[AttemptItem], score: Decimal, rules: Rules) -> bool:
    """The pass mark is reached and every critical question is right."""
    return score >= rules.pass_mark and not critical_missed(items)
