"""Which places of a month and course are hidden, so that no hidden group can be worked out from what is shown.

A place's people are those of the places below it and those who gave no place below it. So three things hold wherever a
place is shown:
- hidden places below it are at least two, unless all are, and together they have `fewest` people or more: whoever
  subtracts what is shown gets a sum of which each of them may have any part, from nothing to all;
- where none is hidden, what the figures leave for those who gave no place below may be `fewest` - 1 people or more;
- below a hidden place everything is hidden, so that it cannot be added up from its parts.
Moving people from one hidden place to its hidden sibling changes no figure of any month, so months taken together tell
no more of them than one. Courses are not added up at all: who takes two is in both.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from portal.reports.public.cells import HIDDEN, LIMITS, NOBODY, Basis, Cell, Counts, Limits, cell_of

NATION, NOWHERE = -1, 0  # in place of a region: everybody, and who lives in none


@dataclass(frozen=True)
class Places:
    """The places of a month: what each stands right below. The nation is above all and in no row."""

    above: Mapping[int, int]

    @cached_property
    def below(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for place, above in self.above.items():
            found.setdefault(above, []).append(place)
        return found

    def line(self, place: int) -> Iterator[int]:
        """From the place up to the nation."""
        yield place
        while place != NATION:
            place = self.above[place]
            yield place

    def add_up(self, own: Mapping[int, Counts]) -> dict[int, Counts]:
        """Of every place and the nation, the people of the place itself and of those below it."""
        totals = dict.fromkeys((NATION, *self.above), NOBODY)
        for place, counts in own.items():
            for above in self.line(place):
                totals[above] = totals[above].plus(counts)
        return totals


@dataclass(frozen=True)
class Group:
    """A place as the rule sees it; `fresh`: its basis is the count of this very month."""

    place: int
    count: int
    cell: Cell
    was_shown: bool
    fresh: bool

    def bounds(self, limits: Limits) -> tuple[int, int]:
        """Between what numbers a reader knows the count to lie, where the cell is shown."""
        low, high = self.cell.band or (0, 0)
        drift = 0 if self.fresh else limits.fewest - 1
        return max(low - drift, limits.fewest), high + drift


@dataclass(frozen=True)
class Told:
    """A month and course as published, and the bases that the next month goes by; of every place and the nation."""

    cells: dict[int, Cell]
    bases: dict[int, Basis]


def tell(
    places: Places, own: Mapping[int, Counts], before: Mapping[int, Basis] | None = None, limits: Limits = LIMITS
) -> Told:
    """Of the counts of each place itself and the bases of the month before, what is published."""
    former = before or {}
    groups, bases = {}, {}
    for place, counts in places.add_up(own).items():
        was = former.get(place, Basis())
        bases[place] = was.moved(counts, limits)
        cell = cell_of(bases[place], limits)
        groups[place] = Group(place, counts.held, cell, was.shown, bases[place].held == counts.held)
    shown = set(_shown(places, groups, limits))
    return Told(
        {place: group.cell if place in shown else HIDDEN for place, group in groups.items()},
        {place: Basis(basis.held, basis.shared, place in shown) for place, basis in bases.items()},
    )


def _shown(places: Places, groups: Mapping[int, Group], limits: Limits) -> Iterator[int]:
    """The nation and downwards, as far as places are shown."""
    ways = [NATION] if groups[NATION].cell.band else []
    while ways:
        place = ways.pop()
        yield place
        ways += shown_below(groups[place], [groups[below] for below in places.below.get(place, ())], limits)


def shown_below(above: Group, below: Iterable[Group], limits: Limits) -> list[int]:
    """Of the places right below a shown one those that are shown as well.

    Those hidden for the sake of others are the smallest, and first those that were hidden already.
    """
    hidden = [group for group in below if not group.cell.band]
    shown = sorted(
        (group for group in below if group.cell.band), key=lambda group: (group.was_shown, group.count, group.place)
    )
    while shown and not _is_safe(above, shown, hidden, limits):
        hidden.append(shown.pop(0))
    return [group.place for group in shown]


def _is_safe(above: Group, shown: list[Group], hidden: list[Group], limits: Limits) -> bool:
    if hidden:
        return len(hidden) > 1 and sum(group.count for group in hidden) >= limits.fewest
    _lowest, most = above.bounds(limits)
    return most - sum(group.bounds(limits)[0] for group in shown) >= limits.fewest - 1
