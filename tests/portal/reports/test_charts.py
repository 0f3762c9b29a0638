import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.reports.charts import AXIS, EDGE, HEIGHT, TOP, WIDTH, Point, draw, round_ticks

POINTS = [Point(4, "Jan", "2026"), Point(0, "Feb"), Point(8, "Mar")]


@pytest.mark.parametrize(
    ("highest", "ticks"),
    [
        (0, [0, 1]),
        (1, [0, 1]),
        (4, [0, 1, 2, 3, 4]),
        (8, [0, 2, 4, 6, 8]),
        (23, [0, 5, 10, 15, 20, 25]),
        (61, [0, 20, 40, 60, 80]),
        (1234, [0, 500, 1000, 1500]),
        (999_999, [0, 200_000, 400_000, 600_000, 800_000, 1_000_000]),
    ],
)
def test_the_ticks_are_round(highest: int, ticks: list[int]) -> None:
    assert round_ticks(highest) == ticks


@given(st.integers(0, 10**9))
def test_a_few_even_ticks_reach_the_highest_value(highest: int) -> None:
    ticks = round_ticks(highest)
    step = ticks[1]
    assert ticks == [step * index for index in range(len(ticks))]
    assert ticks[-1] >= highest
    assert 2 <= len(ticks) <= 6


def test_the_highest_value_reaches_the_top_and_nothing_stands_on_the_ground() -> None:
    first, second, third = draw(POINTS, rtl=False).marks
    assert (third.y, second.height, second.y) == (TOP, 0, HEIGHT - 42)
    assert first.height == third.height / 2


def test_time_runs_to_the_right_and_in_arabic_to_the_left() -> None:
    assert [mark.x for mark in draw(POINTS, rtl=False).marks] == [93.7, 189.0, 284.3]
    assert [mark.x for mark in draw(POINTS, rtl=True).marks] == [246.3, 151.0, 55.7]


def test_the_axis_stands_where_time_begins() -> None:
    ltr, rtl = draw(POINTS, rtl=False), draw(POINTS, rtl=True)
    assert (ltr.start, ltr.end, rtl.start, rtl.end) == (AXIS, WIDTH - EDGE, EDGE, WIDTH - AXIS)
    assert ltr.number_x < ltr.start
    assert rtl.number_x > rtl.end


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=40), st.booleans())
def test_whatever_is_drawn_stays_within_the_drawing(values: list[int], rtl: bool) -> None:
    chart = draw([Point(value, "x") for value in values], rtl=rtl)
    for mark in chart.marks:
        assert chart.start <= mark.left <= mark.left + mark.width <= chart.end + 0.2
        assert TOP <= mark.y <= chart.ground
    assert 1 <= sum(mark.labelled for mark in chart.marks) <= 6
