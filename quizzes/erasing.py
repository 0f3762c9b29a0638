"""Erasing a learner: answers, hours and whose they were go; days, shares and counts stay, so that reports stay true.

What stays belongs to nobody: a learner without a person, whom no cookie opens any more.
"""

import uuid
from bisect import bisect_left
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import Case, F, QuerySet, Value, When
from django.db.models.functions import TruncDay
from django.utils import timezone

from quizzes.holding import hold_wholly
from quizzes.models import Accommodation, Attempt, AttemptItem, Learner, ProgressEvent, Response

BATCH = 500


def erase_learner(learner: Learner, now: datetime | None = None) -> None:
    """Erases one learner and the guests merged into them; doing it twice is doing it once."""
    erase_learners([learner.pk], now)


@transaction.atomic
def erase_learners(learners: Iterable[uuid.UUID], now: datetime | None = None) -> int:
    """Erases these learners and the guests merged into them, in as many statements for many; returns how many."""
    ids = [one.pk for one in hold_wholly(list(learners)) if one.erased_at is None]
    at = now or timezone.now()
    _close_attempts(ids, at)  # first: a sitting that is over takes no answer while the others are taken away
    _take_answers(ids)
    Accommodation.objects.filter(learner__in=ids).delete()
    ProgressEvent.objects.filter(learner__in=ids, at__isnull=False).update(at=None)
    Learner.objects.filter(pk__in=ids).update(user=None, created_at=_day("created_at"), erased_at=at)
    return len(ids)


def _close_attempts(ids: list[uuid.UUID], at: datetime) -> None:
    """Sittings keep their state, score, day and order; the hour, the seed and the form they began with go."""
    attempts = Attempt.objects.filter(learner__in=ids)
    later = _later_on_a_day(attempts, at)
    over = Case(When(state=Attempt.State.OPEN, then=Value(_midnight(at))), default=_day("submitted_at"))
    attempts.update(
        state=Case(When(state=Attempt.State.OPEN, then=Value(Attempt.State.ABANDONED)), default=F("state")),
        begun_at=_day("begun_at"),
        submitted_at=over,
        deadline=None,
        seed="",
        nonce=None,
    )
    Attempt.objects.bulk_update(later, ["begun_at", "submitted_at"], batch_size=BATCH)


def _later_on_a_day(attempts: QuerySet[Attempt], now: datetime) -> list[Attempt]:
    """Those before whose beginning or end the learner began others on that day: by a microsecond each past midnight.

    Which sitting was the first, and which were over when another began, is still told by it.
    """
    begun: dict[tuple[uuid.UUID, datetime], list[datetime]] = {}
    rows = list(attempts.order_by("begun_at").only("learner", "state", "begun_at", "submitted_at"))
    for row in rows:
        begun.setdefault((row.learner_id, _midnight(row.begun_at)), []).append(row.begun_at)

    def placed(learner: uuid.UUID, at: datetime) -> datetime:
        before = bisect_left(begun.get((learner, _midnight(at)), []), at)
        return _midnight(at) + timedelta(microseconds=before)

    for row in rows:
        over = now if row.state == Attempt.State.OPEN else row.submitted_at
        row.begun_at, row.submitted_at = placed(row.learner_id, row.begun_at), over and placed(row.learner_id, over)
    return [row for row in rows if any(at and at.microsecond for at in (row.begun_at, row.submitted_at))]


def _midnight(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def _take_answers(ids: list[uuid.UUID]) -> None:
    AttemptItem.objects.filter(attempt__learner__in=ids).update(shown_at=None, closed_at=None)
    Response.objects.filter(item__attempt__learner__in=ids).update(answer=None, client_time=None, saved_at=None)


def _day(field: str) -> TruncDay:
    return TruncDay(field, tzinfo=UTC)
