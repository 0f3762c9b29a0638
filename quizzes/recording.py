"""Writing down what a regrade does, a batch of learners in as many statements for many: scores, history, events."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from lessons.models import CourseEdition
from quizzes.consequences import Earned, Sitting
from quizzes.foreseeing import Foreseen
from quizzes.history import Verb, clusters
from quizzes.models import (
    Attempt,
    AttemptItem,
    Completion,
    CompletionWithdrawal,
    ProgressEvent,
    Regrade,
    RegradedAttempt,
    RegradedItem,
)
from quizzes.progress import completion_of
from quizzes.projections import project
from quizzes.rescoring import Rescored


def record(regrade: Regrade, batch: Sequence[Foreseen], *, withdraw: bool) -> None:
    """Does what was foreseen for these learners; `withdraw` decides which of the two outcomes."""
    sittings = [one for foreseen in batch for one in foreseen.sittings]
    _save_items(regrade, sittings)
    _save_scores(regrade, sittings, withdraw=withdraw)
    _withdraw_passes(regrade, sittings if withdraw else [])
    _add_passes(regrade, sittings)
    if withdraw:
        _withdraw_completions(regrade, [lost for one in batch for lost in one.withdrawn.lost])
    outcomes = [(one.learner, one.withdrawn if withdraw else one.kept) for one in batch]
    _add_completions(regrade, [(learner, earned) for learner, found in outcomes for earned in found.earned])
    _project(batch)


def _save_items(regrade: Regrade, sittings: Iterable[Rescored]) -> None:
    by_share: dict[Decimal | None, list[int]] = defaultdict(list)
    history = []
    for one in sittings:
        for item, before, after in one.items:
            by_share[after].append(item)
            if before is not None and after is not None and before != after:
                history.append(RegradedItem(regrade=regrade, item_id=item, before=before, after=after))
    for after, items in by_share.items():
        AttemptItem.objects.filter(pk__in=items).update(fraction=after, regraded_by=regrade.version_id)
    RegradedItem.objects.bulk_create(history)


def _save_scores(regrade: Regrade, sittings: Iterable[Rescored], *, withdraw: bool) -> None:
    by_score: dict[tuple[Decimal, bool], list[uuid.UUID]] = defaultdict(list)
    history = []
    for one in sittings:
        if not one.is_changed:
            continue
        passed = one.passes or (one.passed_before and not (withdraw and one.falls))
        by_score[one.score_after, passed].append(one.attempt)
        history.append(
            RegradedAttempt(
                regrade=regrade,
                attempt_id=one.attempt,
                score_before=one.score_before,
                score_after=one.score_after,
                passed_before=one.passed_before,
                passed_after=passed,
                passes=one.passes,
            )
        )
    for (score, passed), attempts in by_score.items():
        Attempt.objects.filter(pk__in=attempts).update(score=score, passed=passed)
    RegradedAttempt.objects.bulk_create(history)


def _event(regrade: Regrade, learner: uuid.UUID, verb: str, sitting: Sitting, lesson: int | None) -> ProgressEvent:
    return ProgressEvent(
        learner_id=learner,
        verb=verb,
        course_id=sitting.course,
        edition_id=sitting.edition,
        lesson_id=lesson,
        attempt_id=sitting.attempt,
        regrade=regrade,
        day=regrade.day,
        at=regrade.at,
    )


def _withdraw_passes(regrade: Regrade, sittings: Iterable[Rescored]) -> None:
    ProgressEvent.objects.bulk_create(
        _event(regrade, one.learner, Verb.PASS_WITHDRAWN, one.sitting, one.sitting.lesson)
        for one in sittings
        if one.falls
    )


def _add_passes(regrade: Regrade, sittings: Iterable[Rescored]) -> None:
    rising = [one for one in sittings if one.rises]
    verbs = [Verb.FINAL_PASSED if one.sitting.lesson is None else Verb.PASSED for one in rising]
    ProgressEvent.objects.bulk_create(
        _event(regrade, one.learner, verb, one.sitting, one.sitting.lesson)
        for one, verb in zip(rising, verbs, strict=True)
    )


def _withdraw_completions(regrade: Regrade, lost: Iterable[Earned]) -> None:
    CompletionWithdrawal.objects.bulk_create(
        CompletionWithdrawal(completion_id=one.pk, regrade=regrade, withdrawn_on=regrade.day, reason=regrade.reason)
        for one in lost
    )


def _add_completions(regrade: Regrade, earned: Sequence[tuple[uuid.UUID, Sitting]]) -> None:
    """A sitting whose completion was withdrawn earns again after that withdrawal."""
    if not earned:
        return
    editions = CourseEdition.objects.in_bulk({sitting.edition for _learner, sitting in earned})
    withdrawals = CompletionWithdrawal.objects.filter(completion__attempt__in=[one.attempt for _l, one in earned])
    latest = dict(withdrawals.order_by("pk").values_list("completion__attempt", "pk"))
    completions = []
    for learner, sitting in earned:
        completion = completion_of(learner, editions[sitting.edition], sitting.attempt, regrade.day)
        completion.after_id = latest.get(sitting.attempt)
        completions.append(completion)
    Completion.objects.bulk_create(completions)
    ProgressEvent.objects.bulk_create(
        _event(regrade, learner, Verb.COMPLETED, sitting, None) for learner, sitting in earned
    )


def _project(batch: Iterable[Foreseen]) -> None:
    """Where scores changed, passes and completions may have too; those lost may be of other courses."""
    changed = [(one.learner, sitting) for one in batch for sitting in one.sittings if sitting.is_changed]
    if not changed:
        return
    lessons = {one.sitting.lesson for _learner, one in changed if one.sitting.lesson is not None}
    courses = {one.sitting.course for _learner, one in changed}
    courses |= {lost.course for one in batch for lost in one.withdrawn.lost}
    project(clusters(learner for learner, _one in changed), lessons, courses)
