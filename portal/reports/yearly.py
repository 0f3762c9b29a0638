"""Each whole month of the latest year beside the same month of the year before, where the period holds both."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from portal.reports.completion import Month
from portal.reports.counts.periods import month_after

MOST_MONTHS = 12


@dataclass(frozen=True)
class Beside:
    """Courses completed in the month that begins on `month`, and in the same month a year before."""

    month: date
    completed: int
    before: int

    @property
    def more(self) -> int:
        """Below 0 where they are fewer."""
        return self.completed - self.before


@dataclass(frozen=True)
class Years:
    months: tuple[Beside, ...]

    @property
    def completed(self) -> int:
        return sum(each.completed for each in self.months)

    @property
    def before(self) -> int:
        return sum(each.before for each in self.months)


def compared_with_last_year(months: Sequence[Month]) -> Years | None:
    """At most the latest twelve months; None where the period holds no month twice. A month cut short is left out."""
    completed = {each.period.since: each.figures.completed for each in months if _is_whole(each)}
    pairs = [
        Beside(since, number, completed[since.replace(year=since.year - 1)])
        for since, number in completed.items()
        if since.replace(year=since.year - 1) in completed
    ]
    return Years(tuple(pairs[-MOST_MONTHS:])) if pairs else None


def _is_whole(month: Month) -> bool:
    since, until = month.period
    return since.day == 1 and month_after(since).toordinal() - 1 == until.toordinal()
