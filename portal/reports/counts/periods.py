"""Periods of days, and the months that they are made of."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple


class Period(NamedTuple):
    """From the first day to the last, both included."""

    since: date
    until: date


def months_of(period: Period) -> Iterator[Period]:
    """The period cut at the first day of each month."""
    since = period.since
    while since <= period.until:
        after = month_after(since)
        yield Period(since, min(after - timedelta(days=1), period.until))
        since = after


def month_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def month_after(day: date) -> date:
    """The first day of the month after."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
