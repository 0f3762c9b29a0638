"""Making the figures of closed months, one month after the other, each once and for all.

What is published stays: an erasure, a late answer or a rebuild of the counts shows in the months to come only. Two
versions of one month would tell, where they differ, of the few people between them.
"""

import logging
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from lessons import stamp
from lessons.models import PUBLIC, Course
from lessons.pages import GONE
from portal.accounts.models import Region
from portal.reports.counts.asking import keep_fresh
from portal.reports.counts.periods import month_after, month_of
from portal.reports.counts.reading import by_region_month_course, counted_at
from portal.reports.models import CellBasis, PublishedCell, PublishedMonth
from portal.reports.public.cells import HIDDEN, Basis, Counts, Limits
from portal.reports.public.suppression import NATION, NOWHERE, Places, Told, tell

logger = logging.getLogger(__name__)
BATCH = 2000
EVERY = 3600  # seconds
Own = dict[int, Counts]  # by place, of the people of the place itself


@dataclass(frozen=True)
class Published:
    """A month, and how many of its cells tell something and how many are hidden."""

    month: date
    shown: int
    hidden: int


def limits_of_settings() -> Limits:
    return Limits(settings.STATISTICS_FEWEST, settings.STATISTICS_FEWEST_FOR_SHARE)


def last_due(today: date) -> date:
    """The first day of the latest month that may be published: closed, and as many months ago as the settings say."""
    month = month_of(today)
    for _month in range(1 + settings.STATISTICS_MONTH_LAG):
        month = month_of(month - timedelta(days=1))
    return month


def last_published() -> date | None:
    return PublishedMonth.objects.order_by("-month").values_list("month", flat=True).first()


def publish(until: date | None = None, *, dry_run: bool = False) -> Iterator[Published]:
    """Publishes every month that is due and counted, up to that of the day `until`, in order."""
    own = _counted()
    places = places_of_today()
    courses = list(Course.objects.filter(editions__state__in=PUBLIC).distinct().values_list("pk", flat=True))
    bases = _bases()
    for month in _months(own, until):
        told = {
            course: tell(places, _known(own.get((month, course), {}), places), bases[course], limits_of_settings())
            for course in courses
        }
        bases |= {course: of.bases for course, of in told.items()}
        if not dry_run:
            _keep(month, told, places)
        cells = [cell for of in told.values() for cell in of.cells.values()]
        yield Published(month, len(cells) - cells.count(HIDDEN), cells.count(HIDDEN))


def publish_if_due() -> None:
    """For a portal that runs nothing by the clock: what is due is published by a task, looked for once in `EVERY`.

    Does nothing while the database is away.
    """
    if not cache.add("statistics:due", value=True, timeout=EVERY):
        return
    try:
        before = last_published()
        if before is None or before < last_due(timezone.localdate()):
            publish_due.enqueue()
    except GONE:
        logger.warning("figures that are due could not be published yet")


@task()
def publish_due() -> int:
    """Publishes what is due, once the counts are fresh; how many months that were."""
    keep_fresh()
    return sum(1 for _month in publish())


def places_of_today() -> Places:
    """The regions as they stand now, and nowhere, which is beside the topmost."""
    above = Region.objects.order_by("pk").values_list("pk", "parent")
    return Places({NOWHERE: NATION} | {place: parent or NATION for place, parent in above})


def _known(own: Own, places: Places) -> Own:
    """Who lived in a region that is no more lives in none."""
    known: Own = defaultdict(Counts)
    for place, counts in own.items():
        of = place if place in places.above else NOWHERE
        known[of] = known[of].plus(counts)
    return known


def _counted() -> dict[tuple[date, int], Own]:
    """By month and course; of the months that are not yet published."""
    after = last_published() or date.min
    own: dict[tuple[date, int], Own] = defaultdict(dict)
    for cell in by_region_month_course():
        if cell.month > after:
            own[cell.month, cell.course.ref][cell.region or NOWHERE] = Counts(cell.stock.held, cell.stock.begun)
    return own


def _months(own: Mapping[tuple[date, int], Own], until: date | None) -> Iterator[date]:
    """From the one after the last published, or the first with figures, to the latest that is closed and counted."""
    at = counted_at()
    if at is None or not own:
        return
    last = min(last_due(timezone.localdate()), last_due(timezone.localdate(at)))
    last = min(last, month_of(until)) if until else last
    before = last_published()
    month = month_after(before) if before else min(month for month, _course in own)
    while month <= last:
        yield month
        month = month_after(month)


def _bases() -> dict[int, dict[int, Basis]]:
    bases: dict[int, dict[int, Basis]] = defaultdict(dict)
    for row in CellBasis.objects.all():
        bases[row.course_id][row.place] = Basis(row.held, Counts(row.shared_held, row.shared_begun), row.shown)
    return bases


@transaction.atomic
def _keep(month: date, told: Mapping[int, Told], places: Places) -> None:
    """The month as rows; whoever publishes at the same time finds that it is there."""
    row = PublishedMonth.objects.create(month=month)
    cells = (
        PublishedCell(
            month=row,
            course_id=course,
            place=place,
            above=places.above.get(place),
            low=cell.band.low if cell.band else None,
            high=cell.band.high if cell.band else None,
            share=cell.share,
        )
        for course, of in told.items()
        for place, cell in of.cells.items()
    )
    PublishedCell.objects.bulk_create(cells, batch_size=BATCH)
    CellBasis.objects.all().delete()
    bases = (
        CellBasis(
            course_id=course,
            place=place,
            held=basis.held,
            shared_held=basis.shared.held,
            shared_begun=basis.shared.begun,
            shown=basis.shown,
        )
        for course, of in told.items()
        for place, basis in of.bases.items()
    )
    CellBasis.objects.bulk_create(bases, batch_size=BATCH)
    stamp.touch()
