"""Against the worked examples of Newcombe's two papers of 1998, R's `prop.test` and `p.adjust`, and what must hold."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from portal.reports.intervals import Counted, chance, difference, holm, wilson

PEOPLE = st.integers(1, 2_000_000)


@st.composite
def counts(draw: st.DrawFn) -> Counted:
    of = draw(PEOPLE)
    return Counted(draw(st.integers(0, of)), of)


CHANCES = st.lists(st.floats(0, 1), max_size=30)


@pytest.mark.parametrize(
    ("did", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_a_share_has_the_interval_of_the_first_paper(did: int, of: int, low: float, high: float) -> None:
    """Table I of Newcombe, Statistics in Medicine 17 (1998), 857–872, method 3."""
    assert wilson(Counted(did, of)) == pytest.approx((low, high), abs=0.00005)


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_a_difference_has_the_interval_of_the_second_paper(
    one: tuple[int, int], other: tuple[int, int], low: float, high: float
) -> None:
    """Table II of Newcombe, Statistics in Medicine 17 (1998), 873–890, method 10."""
    assert difference(Counted(*one), Counted(*other)) == pytest.approx((low, high), abs=0.00005)


def test_the_chance_of_a_difference_is_that_of_the_score_test() -> None:
    """By hand: shares 0.8 and 0.6, pooled 104/150, z = 0.2 / 0.07546 = 2.6504; two-sided normal tail 0.00804."""
    assert chance(Counted(56, 70), Counted(48, 80)) == pytest.approx(0.00804, abs=0.00001)


def test_chances_are_raised_as_by_holm() -> None:
    """R: p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm")."""
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])


def test_one_chance_alone_is_not_raised() -> None:
    assert holm([0.04]) == [0.04]


def test_of_no_chance_there_is_none() -> None:
    assert holm([]) == []


def test_where_nobody_did_it_the_interval_begins_at_nothing() -> None:
    assert wilson(Counted(0, 50)).low == 0


def test_where_everybody_did_it_the_interval_ends_at_all() -> None:
    assert wilson(Counted(50, 50)).high == 1


def test_two_places_in_which_everybody_did_it_differ_by_chance_alone() -> None:
    assert chance(Counted(5, 5), Counted(90, 90)) == 1


@given(counts())
def test_a_share_is_within_its_interval_and_that_within_nothing_and_all(counted: Counted) -> None:
    low, high = wilson(counted)
    assert 0 <= low <= counted.share <= high <= 1


@given(counts())
def test_who_did_it_and_who_did_not_are_mirrored(counted: Counted) -> None:
    low, high = wilson(Counted(counted.of - counted.did, counted.of))
    assert wilson(counted) == pytest.approx((1 - high, 1 - low), abs=1e-9)


@given(counts(), st.integers(2, 50))
def test_more_people_of_the_same_share_make_it_surer(counted: Counted, times: int) -> None:
    few, many = wilson(counted), wilson(Counted(counted.did * times, counted.of * times))
    assert many.high - many.low < few.high - few.low


@given(counts(), counts())
def test_a_difference_is_within_its_interval(one: Counted, other: Counted) -> None:
    low, high = difference(one, other)
    assert -1 <= low <= one.share - other.share + 1e-12
    assert one.share - other.share - 1e-12 <= high <= 1


@given(counts(), counts())
def test_which_is_taken_first_only_turns_the_difference_round(one: Counted, other: Counted) -> None:
    low, high = difference(other, one)
    assert difference(one, other) == pytest.approx((-high, -low), abs=1e-9)
    assert chance(one, other) == pytest.approx(chance(other, one))


@given(counts(), counts())
def test_shares_whose_intervals_are_apart_differ(one: Counted, other: Counted) -> None:
    assume(wilson(one).high < wilson(other).low - 1e-9)
    assert difference(one, other).excludes_zero


@given(counts())
def test_a_place_does_not_differ_from_one_just_like_it(counted: Counted) -> None:
    assert not difference(counted, counted).excludes_zero
    assert chance(counted, counted) == 1


@given(CHANCES)
def test_a_raised_chance_is_no_smaller_than_it_was_and_never_above_one(chances: list[float]) -> None:
    assert all(before <= after <= 1 for before, after in zip(chances, holm(chances), strict=True))


@given(CHANCES)
def test_the_smallest_chance_is_raised_by_their_number(chances: list[float]) -> None:
    assume(chances)
    assert min(holm(chances)) == min(1, min(chances) * len(chances))


@given(CHANCES)
def test_raising_keeps_the_order(chances: list[float]) -> None:
    raised = holm(chances)
    assert [raised[index] for index in sorted(range(len(chances)), key=chances.__getitem__)] == sorted(raised)


@given(CHANCES)
def test_the_order_in_which_chances_are_told_makes_no_difference(chances: list[float]) -> None:
    assert sorted(holm(list(reversed(chances)))) == sorted(holm(chances))


@given(CHANCES, st.floats(0.001, 0.2))
def test_whatever_bonferroni_keeps_holm_keeps(chances: list[float], level: float) -> None:
    raised = holm(chances)
    kept = [index for index, before in enumerate(chances) if before * len(chances) < level]
    assert all(raised[index] < level for index in kept)
