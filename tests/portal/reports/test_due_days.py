"""The day that counts for a place is the earliest of all that it and the places above it ask."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from portal.accounts.trees import Place, Tree
from portal.reports.due_days import DueDays, _inherit

FIRST = date(2026, 1, 1)
PARENTS = st.lists(st.integers(0, 6), min_size=1, max_size=7)
DAYS = st.dictionaries(st.tuples(st.integers(0, 6), st.integers(1, 3)), st.integers(0, 60), max_size=12)


def tree_of(parents: list[int]) -> Tree:
    """Place n stands below an earlier one; where the number is not earlier, at the top."""
    return Tree(
        Place(pk, parent if parent < pk else None, f"p{pk}", f"Place {pk}") for pk, parent in enumerate(parents)
    )


@given(PARENTS, DAYS)
def test_each_place_has_the_earliest_day_of_its_line(parents: list[int], asked: dict[tuple[int, int], int]) -> None:
    tree = tree_of(parents)
    own: dict[int, dict[int, date]] = {}
    for (place, course), days in asked.items():
        own.setdefault(place, {})[course] = FIRST + timedelta(days=days)
    found: dict[int, dict[int, date]] = {}
    _inherit(tree, tree.children(None), {}, own, found)
    for each in tree.places.values():
        line = [own.get(above.pk, {}) for above in tree.line(each)]
        courses = {course for days in line for course in days}
        assert found[each.pk] == {course: min(d[course] for d in line if course in d) for course in courses}


def test_a_window_takes_its_first_day_and_not_its_last() -> None:
    days = DueDays({1: {7: FIRST}, 2: {7: FIRST + timedelta(days=1)}, 3: {7: FIRST + timedelta(days=2)}})
    assert days.places_by_course(FIRST, FIRST + timedelta(days=2)) == {7: {1, 2}}
    assert days.places_by_course(None, FIRST + timedelta(days=1)) == {7: {1}}
