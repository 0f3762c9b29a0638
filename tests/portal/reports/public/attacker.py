"""Somebody who knows the rule, keeps every month that was published, and works out what was hidden.

The figures of a month hang together as a tree, each place being in one sum with those beside it, so carrying bounds up
and down once gives the narrowest bounds that there are.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.reports.public.cells import LIMITS, Cell, Limits
from portal.reports.public.suppression import NATION, Places

Bounds = tuple[int, int]
MOST = 10**9


@dataclass(frozen=True)
class Guess:
    """Bounds of each place, of who gave none below it (`rest`), and of its hidden places together (`hidden`)."""

    places: dict[int, Bounds]
    rest: dict[int, Bounds]
    hidden: dict[int, Bounds]


def attack(
    places: Places,
    cells: Mapping[int, Cell],
    fresh: Mapping[int, bool],
    limits: Limits = LIMITS,
) -> Guess:
    """`fresh` is more than is published: which figures are of this very month and have not waited for a step."""
    bounds = {place: _read(cell, limits, fresh[place]) for place, cell in cells.items()}
    order = _downwards(places)
    for place in reversed(order):
        least = sum(bounds[below][0] for below in places.below.get(place, ()))
        bounds[place] = (max(bounds[place][0], least), bounds[place][1])
    rest, hidden = {}, {}
    for place in order:
        low, high = bounds[place]
        below = places.below.get(place, [])
        known = [each for each in below if cells[each].band]
        least, most = (sum(bounds[each][end] for each in known) for end in (0, 1))
        secret = [each for each in below if not cells[each].band]
        left = high - sum(bounds[each][0] for each in below)
        rest[place] = (max(0, low - most) if not secret else 0, left)
        hidden[place] = (0, high - least) if secret else (0, 0)
        for each in below:
            others = high - sum(bounds[other][0] for other in below if other != each)
            bounds[each] = (bounds[each][0], min(bounds[each][1], others))
    return Guess(bounds, rest, hidden)


def _read(cell: Cell, limits: Limits, fresh: bool) -> Bounds:
    if not cell.band:
        return 0, MOST
    drift = 0 if fresh else limits.fewest - 1
    return max(cell.band.low - drift, limits.fewest), cell.band.high + drift


def _downwards(places: Places) -> list[int]:
    order = [NATION]
    for place in order:
        order += places.below.get(place, [])
    return order
