"""Reading what was published; nothing here knows of the counts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from portal.reports.models import PublishedCell, PublishedMonth
from portal.reports.public.cells import HIDDEN, WIDE_FROM, Band, Cell


@dataclass(frozen=True)
class Released:
    """A published cell and whose it is; `above` is the place that it was part of, None for the nation."""

    month: date
    course: int
    place: int
    above: int | None
    cell: Cell

    @property
    def share(self) -> float | None:
        """From 0 to 1, as pages write it."""
        return None if self.cell.share is None else self.cell.share / 100

    @property
    def is_rounded(self) -> bool:
        """Whether the band is so narrow that it is told as one number."""
        return bool(self.cell.band and self.cell.band.low >= WIDE_FROM)


def months_published() -> list[date]:
    """First days, the latest first; one query."""
    return list(PublishedMonth.objects.order_by("-month").values_list("month", flat=True))


def of_nation(month: date, nation: int) -> dict[int, Released]:
    """By course, the nation's cell of the month; one query."""
    return {each.course: each for each in _read(_cells().filter(month__month=month, place=nation))}


def of_course(month: date, course: int) -> dict[int, Released]:
    """By place, what was published of the course; one query."""
    return {each.place: each for each in _read(_cells().filter(month__month=month, course=course))}


def series(course: int, place: int) -> list[Released]:
    """Month by month, the earliest first; one query."""
    return list(_read(_cells().filter(course=course, place=place)))


def everything(month: date | None = None) -> Iterator[Released]:
    """Every cell of the month or of all months, row by row."""
    cells = _cells()
    return _read(cells if month is None else cells.filter(month__month=month))


def _cells() -> QuerySet[PublishedCell]:
    return PublishedCell.objects.order_by("month__month", "course__position", "course", "pk")


def _read(cells: QuerySet[PublishedCell]) -> Iterator[Released]:
    rows = cells.values_list("month__month", "course", "place", "above", "low", "high", "share")
    for month, course, place, above, low, high, share in rows.iterator(chunk_size=2000):
        cell = HIDDEN if low is None or high is None else Cell(Band(low, high), share)
        yield Released(month, course, place, above, cell)
