"""What is hidden stays hidden, from whoever subtracts, and from whoever knows the rule and tries every nation."""

from collections import defaultdict
from collections.abc import Mapping
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.reports.public.cells import Basis, Cell, Counts, Limits
from portal.reports.public.suppression import NATION, Places, Told, tell
from tests.portal.reports.public.attacker import attack

SEVERAL = (0, 1, 2, 8, 9, 10, 11, 18, 19, 20, 28, 29, 30, 31, 40, 99, 100, 101, 109, 110, 119, 120, 300, 9_999)
FAMILY = Places({1: NATION, 2: NATION, 3: NATION})


def told(places: Places, *counts: int, before: Mapping[int, Basis] | None = None) -> Told:
    """Published of the places in their order, so many people in each of them itself."""
    return tell(places, {place: Counts(n, n) for place, n in zip(places.above, counts, strict=True)}, before)


def shown(of: Told) -> list[int]:
    return [place for place, cell in of.cells.items() if cell.band and place != NATION]


def test_without_small_groups_everything_is_shown() -> None:
    assert shown(told(FAMILY, 10, 29, 30)) == [1, 2, 3]


def test_beside_one_hidden_place_the_next_smallest_is_hidden_too() -> None:
    assert shown(told(FAMILY, 9, 30, 12)) == [2]


def test_two_hidden_places_are_enough_where_they_are_ten_together() -> None:
    assert shown(told(FAMILY, 5, 5, 12)) == [3]


def test_two_hidden_places_that_are_nine_together_need_a_third() -> None:
    assert shown(told(Places({1: NATION, 2: NATION, 3: NATION, 4: NATION}), 5, 4, 12, 30)) == [4]


def test_a_nation_of_nine_is_hidden() -> None:
    assert not told(FAMILY, 3, 3, 3).cells[NATION].band


def test_a_nation_stays_shown_when_nothing_below_it_can_be() -> None:
    of = told(FAMILY, 3, 3, 4)
    assert of.cells[NATION].band
    assert shown(of) == []


def test_below_a_hidden_place_nothing_is_shown() -> None:
    places = Places({1: NATION, 2: NATION, 3: NATION, 11: 1, 12: 1})
    assert shown(told(places, 0, 9, 50, 12, 12)) == [3]


def test_a_place_that_was_hidden_for_another_stays_the_one_that_is() -> None:
    first = told(FAMILY, 9, 20, 30)
    assert shown(first) == [3]
    assert shown(told(FAMILY, 9, 36, 35, before=first.bases)) == [3]


def test_who_gave_only_the_region_cannot_be_counted_by_subtracting_its_districts() -> None:
    """The region waits for a step while its district has made one, which would leave room for eight at most."""
    places = Places({1: NATION, 11: 1, 12: 1})
    first = told(places, 0, 95, 10)
    later = told(places, 0, 105, 10, before=first.bases)
    guess = attack(places, later.cells, dict.fromkeys(later.cells, True))
    assert guess.rest[1][1] >= 9


def test_larger_limits_are_kept_too() -> None:
    of = tell(FAMILY, {1: Counts(19), 2: Counts(25), 3: Counts(60)}, limits=Limits(20, 50))
    assert shown(of) == [3]


trees = st.lists(st.integers(0, 30), min_size=1, max_size=9).map(
    lambda above: Places(
        {place + 1: (NATION, *range(1, place + 1))[up % (place + 1)] for place, up in enumerate(above)}
    )
)
numbers = st.one_of(st.sampled_from(SEVERAL), st.integers(0, 130))


@st.composite
def nations(draw: st.DrawFn) -> tuple[Places, list[list[int]]]:
    """A tree of any shape, and some months of counts: most places change by a person or a few from month to month."""
    places = draw(trees)
    months = [draw(st.lists(numbers, min_size=len(places.above), max_size=len(places.above)))]
    for _month in range(draw(st.integers(0, 4))):
        steps = draw(st.lists(st.sampled_from((0, 0, 1, -1, 9, 10, -10)), min_size=len(months[0]), max_size=12))
        months.append([max(0, count + step) for count, step in zip(months[-1], steps, strict=False)])
    return places, months


@given(nations())
@settings(max_examples=300)
def test_no_subtraction_finds_a_hidden_group(nation: tuple[Places, list[list[int]]]) -> None:
    places, months = nation
    bases: Mapping[int, Basis] = {}
    for counts in months:
        of = told(places, *counts, before=bases)
        bases = of.bases
        totals = places.add_up({place: Counts(n) for place, n in zip(places.above, counts, strict=True)})
        guess = attack(places, of.cells, {place: bases[place].held == totals[place].held for place in of.cells})
        for place, cell in of.cells.items():
            low, high = guess.places[place]
            assert low <= totals[place].held <= high, "the attacker errs"
            if not cell.band:
                assert (low, high >= 9) == (0, True)
            elif place in places.below:
                _check_left(guess.rest[place], guess.hidden[place], any_hidden=_any_hidden(places, of, place))


def _any_hidden(places: Places, of: Told, place: int) -> bool:
    return any(not of.cells[below].band for below in places.below[place])


def _check_left(rest: tuple[int, int], hidden: tuple[int, int], *, any_hidden: bool) -> None:
    """Who gave no place below, and the hidden places together, may be as many as a group that may be told."""
    assert rest[1] - rest[0] >= 9
    if any_hidden:
        assert hidden[1] >= 10


@given(nations())
def test_every_hidden_place_may_have_any_part_of_what_is_hidden_beside_it(
    nation: tuple[Places, list[list[int]]],
) -> None:
    places, months = nation
    of = told(places, *months[0])
    for place, cell in of.cells.items():
        below = places.below.get(place, [])
        secret = [each for each in below if not of.cells[each].band]
        if cell.band and secret and len(secret) < len(below):
            assert len(secret) > 1
            totals = places.add_up({each: Counts(n) for each, n in zip(places.above, months[0], strict=True)})
            assert sum(totals[each].held for each in secret) >= 10


@given(nations())
def test_what_is_published_hangs_on_nothing_but_counts_and_bases(nation: tuple[Places, list[list[int]]]) -> None:
    places, months = nation
    assert told(places, *months[0]) == told(places, *months[0])


@pytest.mark.parametrize(
    ("places", "most"),
    [
        pytest.param(FAMILY, 29, id="three regions"),
        pytest.param(Places({1: NATION, 2: NATION}), 99, id="two regions"),
        pytest.param(Places({1: NATION, 11: 1, 12: 1}), 29, id="a region and its two districts"),
        pytest.param(Places({1: NATION, 2: NATION, 11: 1}), 29, id="two regions, one with a district"),
    ],
)
def test_trying_every_nation_tells_nothing_about_a_hidden_place(places: Places, most: int) -> None:
    """All nations of `most` people that look the same: in them a hidden place has each number from nothing to nine."""
    possible: dict[tuple[Cell, ...], list[dict[int, Counts]]] = defaultdict(list)
    for counts in product(range(most + 1), repeat=len(places.above)):
        if sum(counts) <= most:
            own = {place: Counts(n) for place, n in zip(places.above, counts, strict=True)}
            possible[tuple(tell(places, own).cells.values())].append(places.add_up(own))
    for cells, nations in possible.items():
        for place, cell in zip((NATION, *places.above), cells, strict=True):
            if not cell.band:
                assert set(range(10)) <= {nation[place].held for nation in nations}


@pytest.mark.parametrize("threshold", [9, 10, 29, 30])
def test_two_nations_that_differ_by_one_person_leave_that_person_one_of_ten(threshold: int) -> None:
    """A month more with one person more: what changes, if anything, says it of ten people or more."""
    for before, after in ((threshold, threshold + 1), (threshold + 1, threshold)):
        first = told(FAMILY, before, 40, 60)
        second = told(FAMILY, after, 40, 60, before=first.bases)
        for place in (1, 2, 3):
            was, now = first.cells[place].band, second.cells[place].band
            if was and now:
                assert was == now
        if first.cells != second.cells:
            assert max(before, after) == 10


def test_two_months_of_two_regions_tell_nothing_about_a_hidden_one() -> None:
    """Every pair of months with up to eleven people: what both look like leaves nothing to nine open in each."""
    places = Places({1: NATION, 2: NATION})
    possible: dict[tuple[Cell, ...], list[tuple[int, ...]]] = defaultdict(list)
    for first in product(range(12), repeat=2):
        then = told(places, *first)
        for second in product(range(12), repeat=2):
            now = told(places, *second, before=then.bases)
            seen = (then.cells[1], then.cells[2], now.cells[1], now.cells[2], then.cells[NATION], now.cells[NATION])
            possible[seen].append((*first, *second))
    for cells, months in possible.items():
        for index, cell in enumerate(cells[:4]):
            if not cell.band:
                assert set(range(10)) <= {counts[index] for counts in months}
