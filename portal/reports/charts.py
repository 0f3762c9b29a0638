"""A small chart over time, worked out here and drawn by `templates/reports/chart.html`: bars, or a line with marks.

Everything is in the units of the drawing, whose width is `WIDTH`. In a language that is read from right to left time
runs from right to left too, and the axis stands on the right.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

WIDTH, HEIGHT = 340, 190
TOP, BOTTOM, AXIS, EDGE = 12, 42, 46, 8  # room above, for the months, for the numbers, at the far side
MOST_LABELS = 6
FEWEST_STEPS, MOST_STEPS = 2, 5


@dataclass(frozen=True)
class Point:
    """A value; `label` stands under it, `above` under that where a new year begins."""

    value: int
    label: str
    year: str = ""


@dataclass(frozen=True)
class Tick:
    """A line across at height `y` for a round value; its number stands at `x`."""

    y: float
    value: int


@dataclass(frozen=True)
class Mark:
    """Where a point is drawn: its middle, its top, and the bar below it."""

    x: float
    y: float
    left: float
    width: float
    height: float
    point: Point
    labelled: bool


@dataclass(frozen=True)
class Chart:
    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]
    rtl: bool
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def start(self) -> int:
        """Left end of the lines across."""
        return EDGE if self.rtl else AXIS

    @property
    def end(self) -> int:
        return WIDTH - AXIS if self.rtl else WIDTH - EDGE

    @property
    def ground(self) -> int:
        return HEIGHT - BOTTOM

    @property
    def number_x(self) -> int:
        """Where the numbers of the axis stand, beside the lines."""
        return self.end + 6 if self.rtl else self.start - 6

    @property
    def path(self) -> str:
        """The line through the points, as SVG's `points`."""
        return " ".join(f"{mark.x},{mark.y}" for mark in self.marks)


def draw(points: Sequence[Point], *, rtl: bool) -> Chart:
    """The chart of these points, the earliest first; at least one."""
    ticks = round_ticks(max(point.value for point in points))
    top, ground = ticks[-1], HEIGHT - BOTTOM
    room = WIDTH - AXIS - EDGE
    slot = room / len(points)
    every = ceil(len(points) / MOST_LABELS)
    marks = []
    for index, point in enumerate(points):
        along = slot * (index + 0.5)
        x = EDGE + room - along if rtl else AXIS + along
        height = (ground - TOP) * point.value / top
        width = slot * 0.64
        marks.append(
            Mark(
                round(x, 1),
                round(ground - height, 1),
                round(x - width / 2, 1),
                round(width, 1),
                round(height, 1),
                point,
                labelled=index % every == 0,
            )
        )
    across = [Tick(round(ground - (ground - TOP) * value / top, 1), value) for value in ticks]
    return Chart(tuple(marks), tuple(across), rtl)


def round_ticks(highest: int) -> list[int]:
    """Round whole numbers from 0 to `highest` or a little above, evenly spaced: 0 20 40 60."""
    step = _round_step(max(highest, FEWEST_STEPS))
    return list(range(0, max(ceil(highest / step), 1) * step + 1, step))


def _round_step(highest: int) -> int:
    """The smallest of 1, 2, 5, 10, 20, 50… that reaches the highest value in few steps."""
    size = 10 ** floor(log10(highest / MOST_STEPS)) if highest > MOST_STEPS else 1
    return next(int(size * unit) for unit in (1, 2, 5, 10) if highest <= size * unit * MOST_STEPS)
