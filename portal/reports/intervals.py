"""How sure a share is, whether two shares differ, and what becomes of that when many are compared.

Wilson, Journal of the American Statistical Association 22 (1927), 209–212; Newcombe, Statistics in Medicine 17 (1998),
857–872 (one share, method 3) and 873–890 (a difference, method 10); Holm, Scandinavian Journal of Statistics 6 (1979),
65–70. All intervals are of 95 %.
"""

from collections.abc import Sequence
from math import erfc, sqrt
from statistics import NormalDist
from typing import NamedTuple

LEVEL = 0.95
Z = NormalDist().inv_cdf((1 + LEVEL) / 2)


class Interval(NamedTuple):
    """Both ends are within the interval."""

    low: float
    high: float

    @property
    def excludes_zero(self) -> bool:
        return self.low > 0 or self.high < 0


class Counted(NamedTuple):
    """Of how many (`of`, at least 1) how many did it."""

    did: int
    of: int

    @property
    def share(self) -> float:
        return self.did / self.of


def wilson(counted: Counted) -> Interval:
    """Wilson’s score interval of a share, within 0 and 1; it ends at 0 or 1 where nobody or everybody did it."""
    did, of = counted
    middle = did + Z * Z / 2
    half = Z * sqrt(did * (of - did) / of + Z * Z / 4)
    low = 0.0 if did == 0 else (middle - half) / (of + Z * Z)
    high = 1.0 if did == of else (middle + half) / (of + Z * Z)
    return Interval(low, high)


def difference(one: Counted, other: Counted) -> Interval:
    """Newcombe's interval of the first share less the second, from the score intervals of both; within -1 and 1."""
    apart = one.share - other.share
    first, second = wilson(one), wilson(other)
    down = sqrt((one.share - first.low) ** 2 + (second.high - other.share) ** 2)
    up = sqrt((first.high - one.share) ** 2 + (other.share - second.low) ** 2)
    return Interval(max(apart - down, -1.0), min(apart + up, 1.0))


def chance(one: Counted, other: Counted) -> float:
    """How probable so great a difference, or a greater one, is by chance alone: the two-sided score test, 0 to 1."""
    pooled = (one.did + other.did) / (one.of + other.of)
    spread = sqrt(pooled * (1 - pooled) * (1 / one.of + 1 / other.of))
    return 1.0 if spread == 0 else erfc(abs(one.share - other.share) / spread / sqrt(2))


def holm(chances: Sequence[float]) -> list[float]:
    """The same chances, in the same order, raised for there being many of them; none above 1."""
    order = sorted(range(len(chances)), key=chances.__getitem__)
    raised, highest = [0.0] * len(chances), 0.0
    for rank, index in enumerate(order):
        highest = max(highest, min(1.0, (len(chances) - rank) * chances[index]))
        raised[index] = highest
    return raised
