from collections.abc import Sequence
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from portal.reports.completion import Figures, Month
from portal.reports.counts.periods import Period, months_of
from portal.reports.yearly import Beside, compared_with_last_year
from tests.portal.accounts.guests import text_of
from tests.portal.reports.history import History

DAYS = st.dates(date(2020, 1, 1), date(2027, 12, 31))


def months(since: str, until: str) -> list[Month]:
    """In each month as many courses were completed as its number says, in a later year a hundred more."""
    return told(Period(date.fromisoformat(since), date.fromisoformat(until)))


def told(period: Period) -> list[Month]:
    def completed(of: Period) -> int:
        return of.since.month + (of.since.year - period.since.year) * 100

    return [Month(each, Figures(completed=completed(each))) for each in months_of(period)]


def shown(of: Sequence[Month]) -> list[Beside]:
    years = compared_with_last_year(of)
    return list(years.months) if years else []


def test_a_month_stands_beside_the_same_month_of_the_year_before() -> None:
    assert shown(months("2025-01-01", "2026-02-28")) == [
        Beside(date(2026, 1, 1), 101, 1),
        Beside(date(2026, 2, 1), 102, 2),
    ]


def test_a_year_alone_has_nothing_beside_it() -> None:
    assert compared_with_last_year(months("2025-01-01", "2025-12-31")) is None


def test_months_cut_short_are_left_out() -> None:
    assert [each.month for each in shown(months("2025-01-02", "2026-03-30"))] == [date(2026, 2, 1)]


def test_february_of_a_leap_year_is_a_whole_month() -> None:
    assert [each.month for each in shown(months("2023-02-01", "2024-02-29"))] == [date(2024, 2, 1)]
    assert shown(months("2023-02-01", "2024-02-28")) == []


def test_of_many_years_the_latest_twelve_months_are_told() -> None:
    found = shown(months("2022-01-01", "2026-06-30"))
    assert (len(found), found[0].month, found[-1].month) == (12, date(2025, 7, 1), date(2026, 6, 1))


def test_together_they_are_added_up() -> None:
    years = compared_with_last_year(months("2025-01-01", "2026-02-28"))
    assert years is not None
    assert (years.completed, years.before, years.months[0].more) == (203, 3, 100)


@given(DAYS, DAYS)
def test_whatever_the_period_each_month_is_a_year_after_its_like(one: date, other: date) -> None:
    every = {each.period.since: each.figures.completed for each in told(Period(min(one, other), max(one, other)))}
    for each in shown(told(Period(min(one, other), max(one, other)))):
        assert each.completed == every[each.month]
        assert each.before == every[each.month.replace(year=each.month.year - 1)]


@pytest.mark.django_db
def test_the_page_tells_it_where_the_period_holds_two_years(as_manager: Client, history: History) -> None:
    two_years = {"since": "2025-01-01", "until": "2026-06-30"}
    with override("en"):
        page = text_of(as_manager.get(reverse("reports:completion"), two_years))
    assert "In the 6 whole months compared: courses completed: 7; a year before: 3." in page
