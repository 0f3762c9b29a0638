"""A share drawn on a line from nothing to all, beside its words in a table: a bar, or a point with its interval.

In a language that is read from right to left the line begins on the right.
"""

from dataclasses import dataclass

from portal.reports.intervals import Interval

WIDTH, HEIGHT, EDGE = 200, 24, 6
QUARTERS = (0.0, 0.25, 0.5, 0.75, 1.0)


@dataclass(frozen=True)
class Strip:
    """`share` and the ends of `interval` are from 0 to 1; without an interval the share is a bar."""

    share: float
    rtl: bool
    interval: Interval | None = None
    width: int = WIDTH
    height: int = HEIGHT

    def at(self, share: float) -> float:
        """Where a share stands along the line."""
        along = (WIDTH - 2 * EDGE) * min(max(share, 0.0), 1.0)
        return round(WIDTH - EDGE - along if self.rtl else EDGE + along, 1)

    @property
    def x(self) -> float:
        return self.at(self.share)

    @property
    def low(self) -> float:
        return self.at(self.interval.low) if self.interval else self.x

    @property
    def high(self) -> float:
        return self.at(self.interval.high) if self.interval else self.x

    @property
    def bar(self) -> float:
        """Left end of the bar."""
        return min(self.x, self.at(0))

    @property
    def length(self) -> float:
        return round(abs(self.x - self.at(0)), 1)

    @property
    def lines(self) -> list[float]:
        return [self.at(share) for share in QUARTERS]
