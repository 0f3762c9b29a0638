import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.reports.public.cells import (
    HIDDEN,
    LIMITS,
    Band,
    Basis,
    Counts,
    Limits,
    band_of,
    cell_of,
    share_of,
)

people = st.integers(0, 200_000)


def cell(held: int, begun: int = 0) -> object:
    return cell_of(Basis().moved(Counts(held, max(held, begun))))


def test_nine_people_are_hidden() -> None:
    assert cell(9, 1000) == HIDDEN


@pytest.mark.parametrize(
    ("count", "band"),
    [
        (10, (10, 29)),
        (29, (10, 29)),
        (30, (30, 99)),
        (99, (30, 99)),
        (100, (100, 109)),
        (119, (110, 119)),
        (9_999, (9_990, 9_999)),
        (10_000, (10_000, 10_099)),
        (123_456, (123_000, 123_999)),
    ],
)
def test_a_number_is_told_as_a_band(count: int, band: tuple[int, int]) -> None:
    assert band_of(count) == band


@given(st.integers(10, 10**7))
def test_a_number_lies_in_its_band_which_stands_on_tens_and_is_at_least_ten_wide(count: int) -> None:
    low, high = band_of(count)
    assert low <= count <= high
    assert low % 10 == 0
    assert high % 10 == 9


@given(st.integers(10, 10**7))
def test_bands_do_not_overlap_and_leave_no_gap(count: int) -> None:
    band = band_of(count)
    assert band_of(band.high) == band
    assert band_of(band.high + 1).low == band.high + 1


def test_a_country_may_ask_for_larger_groups() -> None:
    strict = Limits(20, 50)
    assert cell_of(Basis().moved(Counts(19, 100), strict), strict) == HIDDEN
    assert band_of(20, strict) == Band(20, 49)
    assert band_of(111, strict) == Band(100, 119)
    assert share_of(Counts(20, 49), strict) is None


@pytest.mark.parametrize(
    ("held", "begun", "percent"),
    [
        (15, 29, None),
        (15, 30, 50),
        (13, 31, 40),
        (10, 99, 10),
        (53, 100, 53),
        (1, 1000, None),
        (49, 1000, 5),
        (51, 1000, 6),
        (949, 1000, 94),
        (951, 1000, 95),
        (990, 1000, 95),
    ],
)
def test_a_share_is_rounded_and_needs_thirty_people(held: int, begun: int, percent: int | None) -> None:
    assert share_of(Counts(held, begun)) == percent


@given(people, people)
def test_a_share_never_says_that_all_or_none_or_all_but_a_few_have_it(held: int, more: int) -> None:
    share = share_of(Counts(held, held + more))
    if share is not None:
        assert 5 <= share <= 95
        assert held >= 10
        assert more >= 10


@given(people, people)
def test_a_share_is_near_the_truth_or_says_that_it_is_at_the_end(held: int, more: int) -> None:
    counts = Counts(held, held + more)
    share = share_of(counts)
    if share is not None:
        true = 100 * held / counts.begun
        near = abs(share - true) <= (1 if counts.begun >= 100 else 2.5)
        assert near or (share == 5 and true <= 5) or (share == 95 and true >= 95)


@given(st.lists(st.tuples(st.integers(0, 150), st.integers(0, 150)), min_size=2, max_size=12))
def test_a_band_changes_only_when_ten_people_more_or_fewer_are_there_or_too_few_are_left(
    months: list[tuple[int, int]],
) -> None:
    basis, at_change, told = Basis(), 0, HIDDEN.band
    for held, more in months:
        basis = basis.moved(Counts(held, held + more))
        now = cell_of(basis).band
        if now != told:
            assert abs(held - at_change) >= 10 or (now is None and held < 10)
        if basis.held == held:
            at_change = held
        told = now


@given(st.lists(st.tuples(st.integers(0, 150), st.integers(0, 150)), min_size=2, max_size=12))
def test_what_is_shown_is_never_a_group_under_ten_nor_ten_people_off(months: list[tuple[int, int]]) -> None:
    basis = Basis()
    for held, more in months:
        basis = basis.moved(Counts(held, held + more))
        band = cell_of(basis).band
        if band:
            assert held >= 10
            assert band.low - 9 <= held <= band.high + 9


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=2, max_size=12))
def test_a_share_is_never_told_where_one_part_of_the_group_is_too_small(months: list[tuple[int, int]]) -> None:
    basis = Basis()
    for held, more in months:
        basis = basis.moved(Counts(held, held + more))
        if cell_of(basis).share is not None:
            assert held >= 10
            assert more >= 10
            assert held + more >= LIMITS.for_share


@pytest.mark.parametrize(("before", "after"), [(29, 30), (30, 29), (109, 110), (10, 19), (99, 100), (110, 101)])
def test_one_person_or_a_few_change_nothing_that_is_shown(before: int, after: int) -> None:
    then = Basis().moved(Counts(before, 500))
    assert cell_of(then.moved(Counts(after, 500))) == cell_of(then)


def test_who_was_counted_down_to_nine_is_shown_again_only_with_ten_more() -> None:
    basis = Basis().moved(Counts(10, 500)).moved(Counts(9, 500))
    assert cell_of(basis) == HIDDEN
    assert cell_of(basis.moved(Counts(10, 500))) == HIDDEN
    assert cell_of(basis.moved(Counts(19, 500))).band == Band(10, 29)
