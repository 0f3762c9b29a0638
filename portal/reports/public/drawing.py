"""The chart over the months, drawn from published cells alone: a bar is as high as the lowest number that it may be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from portal.language.formats import month, number, plain_year, short_month
from portal.reports.charts import Chart, Point, draw
from portal.reports.public.cells import Band
from portal.reports.public.released import Released

MOST_MONTHS = 36
CLOSE_TO_JANUARY = 10  # from October on


@dataclass(frozen=True)
class Shown(Point):
    """A month; without a band it is hidden."""

    band: Band | None = None


@dataclass(frozen=True)
class Drawn:
    title: str
    description: str
    chart: Chart


def over_time(released: Sequence[Released], *, rtl: bool) -> Drawn | None:
    """The latest months; None where there are not two, or nothing is shown of any."""
    latest = released[-MOST_MONTHS:]
    told = [each for each in latest if each.cell.band]
    if len(latest) < 2 or not told:
        return None
    months = [each.month for each in latest]
    points = [
        Shown(
            each.cell.band.low if each.cell.band else 0,
            short_month(each.month),
            _year(months, index),
            each.cell.band,
        )
        for index, each in enumerate(latest)
    ]
    return Drawn(
        _("People whose completion was valid at the end of each month"), _said(latest, told), draw(points, rtl=rtl)
    )


def _said(latest: Sequence[Released], told: Sequence[Released]) -> str:
    first, last = told[0], told[-1]
    words = _("From %(first)s to %(last)s. In %(when)s at least %(from)s, in %(later)s at least %(to)s.") % {
        "first": month(latest[0].month),
        "last": month(latest[-1].month),
        "when": month(first.month),
        "from": number(first.cell.band.low if first.cell.band else 0),
        "later": month(last.month),
        "to": number(last.cell.band.low if last.cell.band else 0),
    }
    return words if len(told) == len(latest) else f"{words} {_('Some months are hidden.')}"


def _year(months: Sequence[date], index: int) -> str:
    """The year stands under every January, and under the first month where there is room before the next one."""
    of = months[index]
    has_room = of.month < CLOSE_TO_JANUARY or months[-1].year == of.year
    return plain_year(of) if of.month == 1 or (index == 0 and has_room) else ""
