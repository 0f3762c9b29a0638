"""The chart of published cells."""

from datetime import date

from portal.reports.public.cells import HIDDEN, Band, Cell
from portal.reports.public.drawing import Drawn, over_time
from portal.reports.public.released import Released
from portal.reports.public.suppression import NATION


def released(first: date, *lows: int | None) -> list[Released]:
    """A cell a month; None is hidden."""
    cells = [HIDDEN if low is None else Cell(Band(low, low + 9)) for low in lows]
    months = [
        date(first.year + (first.month - 1 + n) // 12, (first.month - 1 + n) % 12 + 1, 1) for n in range(len(cells))
    ]
    return [Released(month, 1, NATION, None, cell) for month, cell in zip(months, cells, strict=True)]


def drawn(first: date, *lows: int | None, rtl: bool = False) -> Drawn:
    found = over_time(released(first, *lows), rtl=rtl)
    assert found
    return found


def years(of: Drawn) -> list[str]:
    return [mark.point.year for mark in of.chart.marks if mark.point.year]


def test_a_bar_is_as_high_as_the_lowest_number_of_its_band() -> None:
    assert [mark.point.value for mark in drawn(date(2026, 1, 1), 100, 110).chart.marks] == [100, 110]


def test_a_hidden_month_is_no_bar_and_is_told_in_words() -> None:
    chart = drawn(date(2026, 1, 1), None, 110)
    assert [getattr(mark.point, "band", 0) is None for mark in chart.chart.marks] == [True, False]
    assert "Some months are hidden." in chart.description


def test_one_month_or_only_hidden_ones_are_no_chart() -> None:
    assert over_time(released(date(2026, 1, 1), 100), rtl=False) is None
    assert over_time(released(date(2026, 1, 1), None, None), rtl=False) is None


def test_time_runs_from_right_to_left_where_reading_does() -> None:
    marks = drawn(date(2026, 1, 1), 100, 110, rtl=True).chart.marks
    assert marks[0].x > marks[1].x


def test_two_years_never_stand_upon_each_other() -> None:
    assert years(drawn(date(2025, 11, 1), *[100] * 4)) == ["2026"]
    assert years(drawn(date(2025, 11, 1), 100, 100)) == ["2025"]
    assert years(drawn(date(2025, 3, 1), *[100] * 12)) == ["2025", "2026"]


def test_only_the_latest_three_years_are_drawn() -> None:
    assert len(drawn(date(2020, 1, 1), *[100] * 50).chart.marks) == 36
