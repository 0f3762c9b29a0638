"""The rows of the kept counts that a question needs: which segments, which days, which months.

What stands at the end of a day is all that the days until then changed. Of segments whose months are kept that is the
months before, and the days of the last; a period is its whole months and the days at both ends.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet, Sum

from portal.reports.counts.figures import Where
from portal.reports.counts.periods import Period, month_after, month_of
from portal.reports.counts.segments import key_of
from portal.reports.models import DayCount, MonthCount, Segment

Sort = Segment.Sort


@dataclass(frozen=True)
class Chosen:
    """Segments that nobody is in twice; `ids` of them or a query for these. `has_months`: months of them are kept."""

    ids: Any
    has_months: bool = True

    @property
    def rows(self) -> dict[str, Any]:
        """The condition on rows that are theirs."""
        return {"segment__in" if isinstance(self.ids, QuerySet) else "segment__among": self.ids}


def segments_of(where: Where) -> Chosen:
    """The segments that those asked about are in; one query, none for groups, which are found with their counts."""
    if where.organisations is None:
        if where.regions is None:
            return Chosen(_ids(Segment.objects.filter(sort=Sort.WHOLE)))
        return Chosen(_ids(Segment.objects.filter(sort=Sort.REGION, region__in=where.regions)))
    if where.regions is None:
        branch = _ids(Segment.objects.filter(sort=Sort.BRANCH, key=key_of(where.organisations)))
        if branch:
            return Chosen(branch)
    return Chosen(groups_of(where).values("pk"), has_months=False)


def groups_of(where: Where) -> QuerySet[Segment, Any]:
    """The groups of those who belong to one of the organisations and live in one of the regions."""
    groups = Segment.objects.filter(sort=Sort.GROUP).order_by()
    if where.regions is not None:
        groups = groups.filter(region__among=where.regions)
    if where.organisations is not None:
        groups = groups.filter(organisations__organisation__among=where.organisations).distinct()
    return groups


def _ids(segments: QuerySet[Segment]) -> list[int]:
    return list(segments.order_by().values_list("pk", flat=True))


def until(chosen: Chosen, codes: Collection[int], day: Any) -> list[QuerySet[Any, Any]]:
    """The rows that together tell how things stood at the end of the day."""
    days = DayCount.objects.filter(**chosen.rows, subject__in=codes, day__lte=day).order_by()
    if not chosen.has_months:
        return [days]
    first = month_of(day)
    months = MonthCount.objects.filter(**chosen.rows, subject__in=codes, month__lt=first).order_by()
    return [months, days.filter(day__gte=first)]


def within(chosen: Chosen, codes: Collection[int], period: Period) -> list[QuerySet[Any, Any]]:
    """The rows that together tell what happened in the period."""
    days = DayCount.objects.filter(
        **chosen.rows, subject__in=codes, day__gte=period.since, day__lte=period.until
    ).order_by()
    first = period.since if period.since.day == 1 else month_after(period.since)
    end = month_of(period.until + timedelta(days=1))  # the whole months end before
    if not chosen.has_months or first >= end:
        return [days]
    months = MonthCount.objects.filter(**chosen.rows, subject__in=codes, month__gte=first, month__lt=end)
    return [months.order_by(), days.filter(Q(day__lt=first) | Q(day__gte=end))]


def sums(parts: Iterable[QuerySet[Any, Any]], by: Sequence[str], measures: Sequence[str]) -> dict[Any, dict[str, int]]:
    """Each measure added up, by a field or by several together; a query for each part."""
    found: dict[Any, dict[str, int]] = {}
    for rows in parts:
        told = rows.values_list(*by).annotate(**{f"sum_{name}": Sum(name) for name in measures})
        for row in told:
            key = row[0] if len(by) == 1 else row[: len(by)]
            own = found.setdefault(key, dict.fromkeys(measures, 0))
            for name, value in zip(measures, row[len(by) :], strict=True):
                own[name] += value
    return found
