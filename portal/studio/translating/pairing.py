"""Two lists of blocks set side by side in order, by what they are: the cheapest way to pair all of both."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from lessons.search.normalising import normalise
from portal.studio.translating.blocks import Block

MOST = 40_000  # pairs to weigh; longer lists are paired at their ends, and the rest stands together
ALONE, TOGETHER, UNLIKE = 2.2, 2.3, 3.0
SIGNS = re.compile(r"[0-9]+|\{fact:[^}]*\}|lesson:[\w-]+|\]\([^)\s]*")


@dataclass(frozen=True)
class Bead:
    """Blocks of the source and of ours that belong together; one of both may be empty."""

    source: slice
    ours: slice

    def uneven(self, source: Sequence[Block], ours: Sequence[Block]) -> bool:
        """Whether both have blocks here, and not one of each of the same kind."""
        theirs, mine = source[self.source], ours[self.ours]
        return bool(theirs and mine) and [block.kind for block in theirs] != [block.kind for block in mine]


def pair(source: Sequence[Block], ours: Sequence[Block], *, alike: bool = False) -> list[Bead]:
    """Every block of both in one bead, in order. With `alike` both are in one language: words decide."""
    if len(source) * len(ours) > MOST:
        return _by_their_ends(source, ours)
    cost, way = _weighed(source, ours, alike)
    return list(reversed(_steps_back(way, len(cost) - 1, len(cost[0]) - 1)))


Way = list[list[tuple[int, int]]]


def _weighed(source: Sequence[Block], ours: Sequence[Block], alike: bool) -> tuple[list[list[float]], Way]:
    rows, columns = len(source) + 1, len(ours) + 1
    cost = [[math.inf] * columns for _ in range(rows)]
    way = [[(0, 0)] * columns for _ in range(rows)]
    cost[0][0] = 0.0
    steps = ((1, 1), (1, 0), (0, 1)) if alike else ((1, 1), (1, 0), (0, 1), (2, 1), (1, 2))
    for i in range(rows):
        for j in range(columns):
            for down, right in steps:
                if down <= i and right <= j and cost[i - down][j - right] < math.inf:
                    price = cost[i - down][j - right] + _price(source[i - down : i], ours[j - right : j], alike)
                    if price < cost[i][j]:
                        cost[i][j], way[i][j] = price, (down, right)
    return cost, way


def _steps_back(way: Way, i: int, j: int) -> list[Bead]:
    found = []
    while i or j:
        down, right = way[i][j]
        found.append(Bead(slice(i - down, i), slice(j - right, j)))
        i, j = i - down, j - right
    return found


def _price(theirs: Sequence[Block], mine: Sequence[Block], alike: bool) -> float:
    if not theirs or not mine:
        return ALONE
    price = 0.0 if {block.kind for block in theirs} == {block.kind for block in mine} else UNLIKE
    price += TOGETHER if len(theirs) != len(mine) else 0.0
    here, there = "".join(block.words for block in theirs), "".join(block.words for block in mine)
    if here == there:
        return price
    return price + (_by_words(here, there) if alike else _by_length(here, there) + _by_signs(here, there))


def _by_words(here: str, there: str) -> float:
    """From 0 for the same words to more than standing alone twice for words that have little in common."""
    return 6.0 * (1 - SequenceMatcher(None, here.split(), there.split(), autojunk=False).ratio())


def _by_length(here: str, there: str) -> float:
    """Languages differ in length, so only much counts."""
    return min(1.5, 0.9 * abs(math.log((len(here) + 12) / (len(there) + 12))))


def _by_signs(here: str, there: str) -> float:
    """Numbers, facts, links and pictures are the same in every language."""
    ours, theirs = (set(SIGNS.findall(normalise(text))) for text in (here, there))
    every = ours | theirs
    return 1.2 * (1 - len(ours & theirs) / len(every)) if every else 0.0


def _by_their_ends(source: Sequence[Block], ours: Sequence[Block]) -> list[Bead]:
    """Block by block from both ends as long as the kinds are the same; what is between stands together."""
    most = min(len(source), len(ours))
    head = next((at for at in range(most) if source[at].kind != ours[at].kind), most)
    left = most - head
    tail = next((at for at in range(left) if source[-1 - at].kind != ours[-1 - at].kind), left)
    first = [Bead(slice(at, at + 1), slice(at, at + 1)) for at in range(head)]
    middle = Bead(slice(head, len(source) - tail), slice(head, len(ours) - tail))
    last = [
        Bead(slice(len(source) - at, len(source) - at + 1), slice(len(ours) - at, len(ours) - at + 1))
        for at in range(tail, 0, -1)
    ]
    has_middle = middle.source.stop > middle.source.start or middle.ours.stop > middle.ours.start
    return [*first, *([middle] if has_middle else []), *last]
