from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.nation.days import Days, campaigns, days_until
from portal.nation.moments import EARLY, END

ZONES = ("Asia/Riyadh", "Africa/Cairo", "America/New_York", "Pacific/Auckland", "UTC")
LAST = date(2026, 6, 30)


@given(st.sampled_from(ZONES), st.integers(0, 729), st.integers(EARLY, END))
def test_a_moment_lies_on_its_local_day_in_every_zone(zone: str, number: int, second: int) -> None:
    days = days_until(LAST, 730, zone)
    written = datetime.fromisoformat(days.moment(number, second)).replace(tzinfo=UTC)
    assert written.astimezone(ZoneInfo(zone)).date().isoformat() == days.iso[number]


@given(st.sampled_from(ZONES), st.integers(EARLY, END))
def test_on_days_without_a_change_of_clocks_a_moment_is_that_second(zone: str, second: int) -> None:
    days = days_until(LAST, 30, zone)
    local = datetime.fromisoformat(days.moment(4, second)).replace(tzinfo=UTC).astimezone(ZoneInfo(zone))
    assert local.hour * 3600 + local.minute * 60 + local.second == second


def test_they_end_with_the_last_day() -> None:
    days = days_until(LAST, 10, "UTC")
    assert (days.iso[0], days.iso[days.last], days.last) == ("2026-06-21", "2026-06-30", 9)


@pytest.fixture(scope="module")
def two_years() -> Days:
    return days_until(LAST, 730, "Asia/Riyadh")


def joining(days: Days) -> list[float]:
    return [after - before for before, after in zip((0, *days.joins[:-1]), days.joins, strict=True)]


def test_most_join_when_a_campaign_begins(two_years: Days) -> None:
    weights = joining(two_years)
    for start in campaigns(two_years)[1:-1]:
        assert weights[start] + weights[start + 1] > 1.5 * (weights[start - 7] + weights[start - 6])


def test_fewer_learn_at_the_end_of_the_week(two_years: Days) -> None:
    by_weekday: dict[int, list[float]] = {}
    for number, name in enumerate(two_years.iso[:-1]):
        by_weekday.setdefault(date.fromisoformat(name).weekday(), []).append(two_years.busy[number])
    means = {weekday: sum(each) / len(each) for weekday, each in by_weekday.items()}
    assert max(means[4], means[5]) < 0.7 * min(means[weekday] for weekday in (0, 1, 2, 3, 6))


def test_more_learn_in_autumn_than_in_the_heat(two_years: Days) -> None:
    def month(number: int) -> float:
        found = [two_years.busy[at] for at, name in enumerate(two_years.iso[:-1]) if int(name[5:7]) == number]
        return sum(found) / len(found)

    assert month(11) > 1.3 * month(7)


def test_few_join_at_first(two_years: Days) -> None:
    weights = joining(two_years)
    assert sum(weights[:90]) < 0.5 * sum(weights[300:390])


def test_each_day_is_the_one_after_the_last(two_years: Days) -> None:
    days = [date.fromisoformat(name) for name in two_years.iso]
    assert all(after - before == timedelta(days=1) for before, after in pairwise(days))
