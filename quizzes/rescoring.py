"""Scoring finished sittings by a corrected key: which are meant, and what comes out, by batches of learners."""

import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from quizzes.asked import Measure
from quizzes.attempts import critical_missed, is_passed, score_of, share
from quizzes.consequences import Sitting
from quizzes.models import Attempt, AttemptItem, QuestionVersion, Response
from quizzes.rules import Rules

BATCH = 500
PAGE = 10 * BATCH  # ids of learners that are held at once


@dataclass(frozen=True)
class Selection:
    """Answers to these versions, to be scored by `corrected`; handed in from `since` to `until`, where given."""

    question: int
    versions: tuple[int, ...]
    corrected: int
    since: date | None = None
    until: date | None = None

    def as_json(self) -> dict[str, Any]:
        """As `Regrade.chosen` keeps it: ids and ISO days."""
        days = {"since": self.since, "until": self.until}
        return {"versions": list(self.versions)} | {name: day and day.isoformat() for name, day in days.items()}


@dataclass(frozen=True)
class Rescored:
    """A sitting before and after. `items` are (id, share before, share after) of every answer that is scored anew.

    `stands`: an earlier regrade has left its pass standing, and what is corrected here speaks no louder against it.
    """

    learner: uuid.UUID
    sitting: Sitting
    items: tuple[tuple[int, Decimal | None, Decimal | None], ...]
    score_before: Decimal
    score_after: Decimal
    passed_before: bool
    passes: bool
    stands: bool = False

    @property
    def attempt(self) -> uuid.UUID:
        return self.sitting.attempt

    @property
    def is_changed(self) -> bool:
        return self.score_before != self.score_after or self.rises or self.falls

    @property
    def rises(self) -> bool:
        """Passes now, and did not."""
        return self.passes and not self.passed_before

    @property
    def falls(self) -> bool:
        """Was passed, and would not be any more by what is corrected here."""
        return self.passed_before and not self.passes and not self.stands


def chosen(selection: Selection) -> QuerySet[AttemptItem]:
    """The answers that are meant, in sittings that are over; those of erased people are gone and stay as they are.

    A sitting that a guest had begun at the moment in which they were merged belongs to nobody, and stays too.
    """
    return _handed_in(selection).filter(attempt__learner__erased_at=None, attempt__learner__merged_into=None)


def left_alone(selection: Selection) -> tuple[int, int]:
    """How many sittings are not touched: those still under way, and those whose answers were erased."""
    versions = selection.versions
    open_ones = Attempt.objects.filter(state=Attempt.State.OPEN, items__version__in=versions).distinct()
    erased = _handed_in(selection).filter(attempt__learner__erased_at__isnull=False)
    return open_ones.count(), erased.values("attempt").distinct().count()


def _handed_in(selection: Selection) -> QuerySet[AttemptItem]:
    done = Q(regraded_by=None) | ~Q(regraded_by=selection.corrected)
    rows = AttemptItem.objects.filter(done, version__in=selection.versions, attempt__score__isnull=False)
    if selection.since:
        rows = rows.filter(attempt__submitted_at__gte=_midnight(selection.since))
    if selection.until:
        rows = rows.filter(attempt__submitted_at__lt=_midnight(selection.until + timedelta(days=1)))
    return rows.order_by()


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def learners_of(selection: Selection, after: uuid.UUID | None = None) -> Iterator[list[uuid.UUID]]:
    """Batches of the learners whose answers are meant, in the order of their ids, those after `after` only."""
    rows = chosen(selection).order_by("attempt__learner").values_list("attempt__learner", flat=True).distinct()
    last = after
    while True:
        page = list((rows.filter(attempt__learner__gt=last) if last else rows)[:PAGE])
        for start in range(0, len(page), BATCH):
            yield page[start : start + BATCH]
        if len(page) < PAGE:
            return
        last = page[-1]


class Scorer:
    """Scores by the corrected key; remembers the versions that it has met."""

    def __init__(self, selection: Selection) -> None:
        self.selection = selection
        self.versions: dict[int, QuestionVersion] = QuestionVersion.objects.in_bulk([selection.corrected])
        self.measure = Measure.of(self.versions[selection.corrected])

    def rescored(self, learners: Collection[uuid.UUID], *, hold: bool = False) -> list[Rescored]:
        """Their sittings in the order of learner and sitting; `hold` keeps the sittings' rows. Four queries."""
        meant = Exists(chosen(self.selection).filter(attempt=OuterRef("pk")))
        rows = Attempt.objects.filter(meant, learner__in=learners)
        attempts = rows.select_related("quiz", "edition").order_by("learner", "pk")
        if hold:
            attempts = attempts.select_for_update(of=("self",), no_key=True)
        found = list(attempts)
        items = self._items(found)
        wanted = {item.pk for own in items.values() for item in own if self._is_meant(item)}
        answers = _last_answers(wanted)
        return [self._one(attempt, items[attempt.pk], wanted, answers) for attempt in found]

    def _is_meant(self, item: AttemptItem) -> bool:
        return item.version_id in self.selection.versions and item.regraded_by_id != self.selection.corrected

    def _items(self, attempts: Iterable[Attempt]) -> dict[uuid.UUID, list[AttemptItem]]:
        """Every question of the sittings, with the versions that say whether it is critical."""
        by_attempt: dict[uuid.UUID, list[AttemptItem]] = {attempt.pk: [] for attempt in attempts}
        for item in AttemptItem.objects.filter(attempt__in=list(by_attempt)).order_by("step"):
            by_attempt[item.attempt_id].append(item)
        items = [item for found in by_attempt.values() for item in found]
        met = {item.version_id for item in items} | {item.regraded_by_id for item in items if item.regraded_by_id}
        self.versions |= QuestionVersion.objects.in_bulk(met - self.versions.keys())
        for item in items:
            item.version = self.versions[item.version_id]
            if item.regraded_by_id:
                item.regraded_by = self.versions[item.regraded_by_id]
        return by_attempt

    def _one(
        self, attempt: Attempt, items: list[AttemptItem], wanted: Collection[int], answers: Mapping[int, Any]
    ) -> Rescored:
        rules, had, changed = Rules.model_validate(attempt.rules), attempt.score or Decimal(0), []
        left_standing = bool(attempt.passed) and not is_passed(items, had, rules)
        missed = set(critical_missed(items))
        for item in items:
            if item.pk not in wanted:
                continue
            before, item.regraded_by = item.fraction, self.versions[self.selection.corrected]
            if answers.get(item.pk) is not None:
                item.fraction = share(self.measure.grade(answers[item.pk]))
            changed.append((item.pk, before, item.fraction))
        score = score_of(items)
        handed_in = timezone.localdate(attempt.submitted_at)
        return Rescored(
            attempt.learner_id,
            Sitting(attempt.pk, attempt.quiz.lesson_id, attempt.edition.course_id, attempt.edition_id, handed_in),
            tuple(changed),
            had,
            score,
            bool(attempt.passed),
            is_passed(items, score, rules),
            left_standing and score >= had and missed.issuperset(critical_missed(items)),
        )


def _last_answers(items: Collection[int]) -> dict[int, Any]:
    rows = Response.objects.filter(item__in=items).order_by("item", "sequence")
    return dict(rows.values_list("item", "answer"))
