"""Guests who have not come back for long: their answers and hours are erased, and what counts stays."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from quizzes.erasing import erase_learners
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
    before, since, count = today - timedelta(days=days), date.min, 0
    while found := _purge_batch(before, since, batch):
        count += len(found)
        since = found[-1]
    return count


@transaction.atomic
def _purge_batch(before: date, since: date, batch: int) -> list[date]:
    """The days on which the batch's guests were last seen; the next batch looks no further back than the last."""
    rows = idle_guests(before).filter(seen_on__gte=since).select_for_update(of=["self"])[:batch]
    guests = dict(rows.values_list("pk", "seen_on"))
    traces = [model.objects.filter(learner=OuterRef("pk")) for model in (ProgressEvent, Attempt)]
    empty = Learner.objects.filter(~Exists(traces[0]), ~Exists(traces[1]), pk__in=guests, merged=None)
    empty.delete()
    erase_learners(guests)
    return list(guests.values())
