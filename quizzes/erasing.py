"""Erasing a learner: answers, hours and whose they were go; days, shares and counts stay, so that reports stay true.

What stays belongs to nobody: a learner without a person, whom no cookie opens any more.
"""

import uuid
from collections.abc import Iterable
from datetime import UTC, datetime

from django.db import transaction
from django.db.models.functions import TruncDay
from django.utils import timezone

from quizzes.holding import hold_wholly
from quizzes.models import Accommodation, Attempt, AttemptItem, Learner, ProgressEvent, Response


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
    """Sittings keep their state, score and day; the hour, the seed and the form they began with go."""
    attempts = Attempt.objects.filter(learner__in=ids)
    attempts.filter(state=Attempt.State.OPEN).update(state=Attempt.State.ABANDONED, submitted_at=at)
    attempts.update(begun_at=_day("begun_at"), submitted_at=_day("submitted_at"), deadline=None, seed="", nonce=None)


def _take_answers(ids: list[uuid.UUID]) -> None:
    AttemptItem.objects.filter(attempt__learner__in=ids).update(shown_at=None, closed_at=None)
    Response.objects.filter(item__attempt__learner__in=ids).update(answer=None, client_time=None, saved_at=None)


def _day(field: str) -> TruncDay:
    return TruncDay(field, tzinfo=UTC)
