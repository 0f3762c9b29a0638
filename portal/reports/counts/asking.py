"""Having the counts brought up to date when somebody reads a report and they are old."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django_tasks import task

from portal.accounts.models import Membership
from portal.reports.counts.changed import is_little
from portal.reports.counts.concerns import prepare
from portal.reports.counts.counting import update
from portal.reports.models import CountState

PAUSE = timedelta(minutes=1)  # between two runs that are asked for
LITTLE = 5000  # rows; more are left to the command, so that a page is not kept waiting
ASKED = "reports:count"


@task()
def count() -> int | None:
    """Counts whoever changed and prepares the lists; how many people, None while somebody else was counting."""
    counted = update()
    if settings.WORKER or Membership.objects.values("pk")[: LITTLE + 1].count() <= LITTLE:
        prepare(timezone.localdate())
    return counted.people if counted else None


def keep_fresh(now: datetime | None = None) -> None:
    """Has old counts brought up to date: by the worker, or without one at once, where there is little to count."""
    state, at = CountState.objects.first(), now or timezone.now()
    if state and state.counted_at and at - state.counted_at < PAUSE:
        return
    if not settings.WORKER and not is_little(state.marks if state else {}, LITTLE):
        return
    if cache.add(ASKED, value=True, timeout=PAUSE.total_seconds()):
        count.enqueue()
