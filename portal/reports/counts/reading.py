"""Reading the kept counts: how things stand at the end of any day, and what happened in any period.

The figures are as of the last run (`counted_at`). People are told by where they belonged on the day, a tree of places
is the one of today. Each question takes at most three queries.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone

from portal.reports.counts.figures import (
    EVERYWHERE,
    FLOW,
    STOCK,
    Cell,
    Flow,
    Ids,
    MonthFigures,
    PlaceFigures,
    Stock,
    Where,
)
from portal.reports.counts.periods import Period, month_after, month_of, months_of
from portal.reports.counts.places import by_place
from portal.reports.counts.rows import Chosen, segments_of, sums, until, within
from portal.reports.counts.subjects import ANY, CODES, PEOPLE, ROOM, Subject, subject_of
from portal.reports.models import MEASURES, CountState, DayCount, MonthCount, Segment

Changes = dict[date, dict[str, int]]
NOTHING = dict.fromkeys(MEASURES, 0)

__all__ = [
    "ANY",
    "EVERYWHERE",
    "PEOPLE",
    "Cell",
    "Flow",
    "Ids",
    "MonthFigures",
    "Period",
    "PlaceFigures",
    "Stock",
    "Subject",
    "Where",
    "by_month",
    "by_place",
    "by_region_month_course",
    "counted_at",
    "flow",
    "people",
    "stock",
]


def counted_at() -> datetime | None:
    """When the counts were last brought up to date; None before the first time."""
    return CountState.objects.values_list("counted_at", flat=True).first()


def people(where: Where, day: date) -> int:
    """How many belong there at the end of the day; everywhere: are known by then, with an account or without."""
    return stock(where, [PEOPLE], day)[PEOPLE].begun


def stock(where: Where, subjects: Iterable[Subject], day: date) -> dict[Subject, Stock]:
    """How things stood at the end of the day, of each subject asked for."""
    asked = {subject.code: subject for subject in subjects}
    found = sums(until(segments_of(where), asked.keys(), day), ["subject"], STOCK)
    return {subject: Stock(**found.get(code, {})) for code, subject in asked.items()}


def flow(where: Where, subjects: Iterable[Subject], period: Period) -> dict[Subject, Flow]:
    """What happened in the period, of each subject asked for."""
    asked = {subject.code: subject for subject in subjects}
    found = sums(within(segments_of(where), asked.keys(), period), ["subject"], FLOW)
    return {subject: Flow(**found.get(code, {})) for code, subject in asked.items()}


def by_month(where: Where, subject: Subject, period: Period) -> list[MonthFigures]:
    """Every month of the period in order, what lies outside the period left out of it."""
    by_month, by_day = _changes(segments_of(where), subject, period)
    standing = dict.fromkeys(STOCK, 0)
    _add(standing, [change for month, change in by_month.items() if month < month_of(period.since)])
    told = []
    for month in months_of(period):
        first = month_of(month.since)
        days = {day: change for day, change in by_day.items() if first <= day <= month.until}
        days |= {day: change for day, change in by_month.items() if day == first}
        happened = dict.fromkeys(FLOW, 0)
        _add(happened, [change for day, change in days.items() if day >= month.since])
        _add(standing, days.values())
        told.append(MonthFigures(month, Flow(**happened), Stock(**standing)))
    return told


def _changes(chosen: Chosen, subject: Subject, period: Period) -> tuple[Changes, Changes]:
    """What changed by month until the last one, and by day in the first and in the last; two queries."""
    ends = [month_of(period.since), month_of(period.until)]
    days = DayCount.objects.filter(segment__in=chosen.ids, subject=subject.code, day__lte=period.until).order_by()
    months: QuerySet[Any, Any]
    if chosen.has_months:
        months = MonthCount.objects.filter(segment__in=chosen.ids, subject=subject.code, month__lt=ends[1]).order_by()
    else:
        months = days.filter(day__lt=ends[1]).annotate(month=TruncMonth("day"))
    in_ends = Q(day__gte=ends[1]) | Q(day__gte=ends[0], day__lt=month_after(ends[0]))
    by_month = {month: change for month, change in sums([months], ["month"], MEASURES).items() if month not in ends}
    return by_month, sums([days.filter(in_ends)], ["day"], MEASURES)


def _add(to: dict[str, int], changes: Iterable[dict[str, int]]) -> None:
    for change in changes:
        for name in to:
            to[name] += change[name]


def by_region_month_course() -> Iterator[Cell]:
    """Every region in which somebody takes a course, by course and month, from the first change to this month."""
    last = month_of(timezone.localdate())
    rows = MonthCount.objects.annotate(kind=F("subject") % ROOM).filter(
        segment__sort=Segment.Sort.REGION, kind=CODES["course"], month__lte=last
    )
    told = rows.order_by("segment__region", "subject", "month").values_list(
        "segment__region", "subject", "month", *MEASURES
    )
    for (region, code), group in groupby(told.iterator(chunk_size=2000), key=lambda row: row[:2]):
        changes = {row[2]: dict(zip(MEASURES, row[3:], strict=True)) for row in group}
        standing = dict.fromkeys(STOCK, 0)
        for month in months_of(Period(min(changes), last)):
            change = changes.get(month.since, NOTHING)
            _add(standing, [change])
            happened = Flow(**{name: change[name] for name in FLOW})
            yield Cell(region or None, month.since, subject_of(code), happened, Stock(**standing))
