from hypothesis import given
from hypothesis import strategies as st

from portal.reports.intervals import Interval
from portal.reports.standing.strips import WIDTH, Strip

SHARES = st.floats(0, 1)


def test_a_bar_begins_on_the_left_where_one_reads_from_left_to_right() -> None:
    strip = Strip(0.5, rtl=False)
    assert (strip.bar, strip.length, strip.x) == (6, 94, 100)


def test_a_bar_begins_on_the_right_where_one_reads_from_right_to_left() -> None:
    strip = Strip(0.25, rtl=True)
    assert (strip.x, strip.bar, strip.bar + strip.length) == (147, 147, 194)


def test_a_share_without_an_interval_ends_where_it_stands() -> None:
    strip = Strip(0.3, rtl=False)
    assert strip.low == strip.x == strip.high


def test_the_quarters_run_with_the_language() -> None:
    assert Strip(0, rtl=False).lines == [6, 53, 100, 147, 194]
    assert Strip(0, rtl=True).lines == [194, 147, 100, 53, 6]


@given(SHARES, SHARES, st.booleans())
def test_nothing_is_drawn_outside(share: float, other: float, rtl: bool) -> None:
    strip = Strip(share, rtl, Interval(min(share, other), max(share, other)))
    assert all(0 <= x <= WIDTH for x in (strip.x, strip.low, strip.high, strip.bar, strip.bar + strip.length))


@given(SHARES)
def test_right_to_left_is_the_mirror_of_left_to_right(share: float) -> None:
    assert abs(Strip(share, rtl=True).x - (WIDTH - Strip(share, rtl=False).x)) < 0.11
