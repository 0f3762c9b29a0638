"""Guests who have not come back for long: their answers and hours are erased, and what counts stays."""

import uuid
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from quizzes.erasing import erase_learners
from quizzes.holding import hold_sittings
from quizzes.learners import GUEST
from quizzes.models import Attempt, CourseProgress, Learner, ProgressEvent

BATCH = 500


def idle_guests(before: date) -> QuerySet[Learner]:
    """Guests who were neither seen nor learned anything since `before`, the longest away first."""
    active = CourseProgress.objects.filter(learner=OuterRef("pk"), active_on__gte=before)
    return Learner.objects.filter(GUEST, ~Exists(active), seen_on__lt=before).order_by("seen_on", "pk")


def purge_guests(days: int, today: date, batch: int = BATCH) -> int:
    """Erases the guests who were away for `days`, a batch a transaction; returns how many.

    Who left no trace at all is deleted; of all others the nameless learner stays, for the counts.
    """
    idle, count = idle_guests(today - timedelta(days=days)), 0
    found = _next(idle, batch)
    while found:
        count += _purge([pk for _day, pk in found], idle)
        found = _next(idle, batch, after=found[-1])
    return count


def _next(idle: QuerySet[Learner], batch: int, after: tuple[date, uuid.UUID] | None = None) -> list[Any]:
    """(when last seen, id) of the next of them; none is met twice, also who is left."""
    if after is not None:
        day, pk = after
        idle = idle.filter(Q(seen_on__gt=day) | Q(pk__gt=pk), seen_on__gte=day)
    return list(idle.values_list("seen_on", "pk")[:batch])


@transaction.atomic
def _purge(wanted: list[uuid.UUID], idle: QuerySet[Learner]) -> int:
    """Erases those who are idle still; who is at something this very moment is left, and met another day."""
    hold_sittings(wanted)
    rows = idle.filter(pk__in=wanted).select_for_update(of=["self"], skip_locked=True)
    guests = list(rows.values_list("pk", flat=True))
    traces = [model.objects.filter(learner=OuterRef("pk")) for model in (ProgressEvent, Attempt)]
    empty = Learner.objects.filter(~Exists(traces[0]), ~Exists(traces[1]), pk__in=guests, merged=None)
    empty.delete()
    erase_learners(guests)
    return len(guests)
