"""Which of many places differ from each other by more than chance makes likely."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from portal.reports.intervals import LEVEL, Counted, Interval, chance, difference, holm

MOST_PLACES = 60  # of more there are too many pairs for a page
MOST_TOLD = 20  # pairs on a page

Told = tuple[str, Counted]


@dataclass(frozen=True)
class Pair:
    """`more` has the greater share; `sure`: it differs also when all pairs are judged together, as by Holm."""

    more: str
    less: str
    interval: Interval
    sure: bool

    @property
    def points(self) -> tuple[float, float]:
        """By how many percentage points the one is ahead, from and to."""
        return round(self.interval.low * 100, 1), round(self.interval.high * 100, 1)


@dataclass(frozen=True)
class Pairs:
    """`differ` are the pairs that differ, the surest first; `of` is how many were looked at, None for too many."""

    differ: tuple[Pair, ...]
    of: int | None

    @property
    def told(self) -> tuple[Pair, ...]:
        return self.differ[:MOST_TOLD]

    @property
    def more(self) -> int:
        """How many differ besides those that are told."""
        return len(self.differ) - len(self.told)

    @property
    def sure(self) -> int:
        return sum(pair.sure for pair in self.differ)

    @property
    def by_chance(self) -> int:
        """How many of the pairs would look different if none were, at least one."""
        return max(1, round((self.of or 0) * (1 - LEVEL)))


def differing(places: Sequence[Told]) -> Pairs:
    """The pairs of these places whose difference has an interval without 0."""
    if len(places) > MOST_PLACES:
        return Pairs((), None)
    both = [tuple(sorted(two, key=lambda told: -told[1].share)) for two in combinations(places, 2)]
    chances = [chance(more[1], less[1]) for more, less in both]
    raised = holm(chances)
    found = []
    for (more, less), alone, together in zip(both, chances, raised, strict=True):
        interval = difference(more[1], less[1])
        if interval.excludes_zero:
            found.append((together, alone, Pair(more[0], less[0], interval, together < 1 - LEVEL)))
    found.sort(key=lambda each: each[:2])
    return Pairs(tuple(pair for _together, _alone, pair in found), len(both))
