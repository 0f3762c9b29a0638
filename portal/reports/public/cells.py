"""What may be told of a group of people to everybody: nothing, a band, a rounded share.

Three rules make a cell. A group under `fewest` is hidden. A number is told as a band whose ends stand on round numbers,
so that what is left between bands is never narrower than a group that may not be told. And a cell follows the people
in steps: it goes by the count at which it last changed (its basis) until at least `fewest` people more or less are
there, so that no change between two months says that one person came or went. Only a group that falls under `fewest`
is hidden at once.
"""

from dataclasses import dataclass
from typing import NamedTuple

WIDE_FROM = 100  # people; from here on bands are as narrow as they get, and shares as fine
ROUNDINGS = (10, 20, 50, 100)  # people; how narrow bands may be
FEWEST_SHARE, MOST_SHARE = 5, 95  # percent; what is less or more is told as that or less, that or more


@dataclass(frozen=True)
class Limits:
    """How many people a group must have to be told at all, and to have a share: at most `WIDE_FROM`."""

    fewest: int = 10
    for_share: int = 30


LIMITS = Limits()


class Counts(NamedTuple):
    """Of those who live in a place: whose completion of a course is valid, and who has begun it."""

    held: int = 0
    begun: int = 0

    def plus(self, other: "Counts") -> "Counts":
        return Counts(self.held + other.held, self.begun + other.begun)


NOBODY = Counts()


class Band(NamedTuple):
    """From the lowest to the highest number of people, both included."""

    low: int
    high: int


@dataclass(frozen=True)
class Cell:
    """What is published of a group: no band is "hidden"; `share` in percent, where there may be one."""

    band: Band | None = None
    share: int | None = None


HIDDEN = Cell()


@dataclass(frozen=True)
class Basis:
    """The counts by which a cell goes; never published. `shared` are those of its share."""

    held: int = 0
    shared: Counts = NOBODY
    shown: bool = False

    def moved(self, now: Counts, limits: Limits = LIMITS) -> "Basis":
        """The basis after the people of a month have been counted; `shown` is as it was."""
        return Basis(_stepped(self.held, now.held, limits), _shared(self.shared, now, limits), self.shown)


def cell_of(basis: Basis, limits: Limits = LIMITS) -> Cell:
    """What may be told of a group by itself."""
    if basis.held < limits.fewest:
        return HIDDEN
    return Cell(band_of(basis.held, limits), share_of(basis.shared, limits))


def band_of(count: int, limits: Limits = LIMITS) -> Band:
    """10 to 29, 30 to 99, then tens, from 10,000 hundreds and so on: three figures are told of a number.

    No band is narrower than the smallest group that may be told.
    """
    if count < limits.for_share:
        return Band(limits.fewest, limits.for_share - 1)
    if count < WIDE_FROM:
        return Band(limits.for_share, WIDE_FROM - 1)
    narrowest = next(width for width in ROUNDINGS if width >= limits.fewest)
    width = max(narrowest, 10 ** (len(str(count)) - 3))
    low = count // width * width
    return Band(low, low + width - 1)


def share_of(counts: Counts, limits: Limits = LIMITS) -> int | None:
    """Percent of those who have begun whose completion is valid: whole ones from 100 people on, below that fives.

    None where fewer than `for_share` have begun, and where those who hold it or those who do not are under `fewest`.
    """
    held, begun = counts
    if begun < limits.for_share or min(held, begun - held) < limits.fewest:
        return None
    if begun < WIDE_FROM:
        return _rounded(held, begun, 5)
    if held * 100 <= begun * FEWEST_SHARE:
        return FEWEST_SHARE
    if held * 100 >= begun * MOST_SHARE:
        return MOST_SHARE
    return min(max(_rounded(held, begun, 1), FEWEST_SHARE + 1), MOST_SHARE - 1)


def _rounded(part: int, whole: int, step: int) -> int:
    """Percent, rounded to the nearest multiple of `step`, halves up."""
    return (200 * part + step * whole) // (2 * step * whole) * step


def _stepped(before: int, now: int, limits: Limits) -> int:
    fell = now < limits.fewest <= before
    return now if fell or abs(now - before) >= limits.fewest else before


def _shared(before: Counts, now: Counts, limits: Limits) -> Counts:
    lost = share_of(now, limits) is None and share_of(before, limits) is not None
    far = max(abs(now.held - before.held), abs(now.begun - before.begun)) >= limits.fewest
    return now if lost or far else before
