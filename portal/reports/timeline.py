"""The charts of the report: completions earned in each month, and people with a valid one at its end."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.language.formats import month, number, plain_year, short_month
from portal.reports.charts import Chart, Point, draw
from portal.reports.completion import Month

MOST_MONTHS = 36


@dataclass(frozen=True)
class Titled:
    """A chart (`shape` is bars or line), its title, and in one sentence what it shows."""

    shape: str
    title: str
    description: str
    chart: Chart


def timeline(months: Sequence[Month], *, rtl: bool) -> list[Titled]:
    """The two charts over the latest months; none where there is nothing to draw."""
    shown = months[-MOST_MONTHS:]
    completed = [each.figures.completed for each in shown]
    held = [each.figures.held for each in shown]
    if len(shown) < 2 or not any(completed + held):
        return []
    return [
        _chart("bars", _("Courses completed in each month"), shown, completed, rtl=rtl),
        _chart("line", _("People with a valid completion at the end of each month"), shown, held, rtl=rtl),
    ]


def _chart(shape: str, title: str, months: Sequence[Month], values: list[int], *, rtl: bool) -> Titled:
    points = [
        Point(value, short_month(each.period.since), _year(index, each))
        for index, (value, each) in enumerate(zip(values, months, strict=True))
    ]
    highest = max(range(len(values)), key=values.__getitem__)
    description = _("From %(first)s to %(last)s. First %(from)s, last %(to)s, most %(most)s in %(when)s.") % {
        "first": month(months[0].period.since),
        "last": month(months[-1].period.since),
        "from": number(values[0]),
        "to": number(values[-1]),
        "most": number(values[highest]),
        "when": month(months[highest].period.since),
    }
    return Titled(shape, title, description, draw(points, rtl=rtl))


def _year(index: int, of: Month) -> str:
    """The year stands under the first month and under every January."""
    since = of.period.since
    return plain_year(since) if index == 0 or since.month == 1 else ""
