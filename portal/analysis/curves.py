"""A drawing of one question: who chooses what, by thirds of what people know. Drawn by `analysis/curves.html`.

In a language that is read from right to left the axis stands on the right and ability rises towards the left. Lines are
told apart by letters and dashes, not by colour alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from portal.analysis.words import rounded
from quizzes.models import ItemStatistic

WIDTH, HEIGHT = 340, 220
TOP, BOTTOM, AXIS, LETTERS = 14, 34, 50, 10  # room above, for the thirds, for the numbers, at the far side
MOST = 6  # lines; more cannot be followed
APART = 14  # between two letters
TICKS = (0, 25, 50, 75, 100)


@dataclass(frozen=True)
class Curve:
    """One line: its letter, where it begins and bends, and where its letter stands."""

    letter: str
    right: bool
    dash: int
    points: tuple[tuple[float, float], ...]
    letter_y: float

    @property
    def path(self) -> str:
        return " ".join(f"{x},{y}" for x, y in self.points)


@dataclass(frozen=True)
class Curves:
    curves: tuple[Curve, ...]
    ticks: tuple[tuple[float, float], ...]
    thirds: tuple[float, ...]
    rtl: bool
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def start(self) -> int:
        return LETTERS if self.rtl else AXIS

    @property
    def end(self) -> int:
        return WIDTH - AXIS if self.rtl else WIDTH - LETTERS

    @property
    def number_x(self) -> int:
        return self.end + 6 if self.rtl else self.start - 6

    @property
    def letter_x(self) -> int:
        return round(self.thirds[-1]) + (-10 if self.rtl else 10)

    @property
    def ground(self) -> int:
        return HEIGHT - BOTTOM


def letters(count: int) -> list[str]:
    """A, B, C… for the choices in their order; Latin ones in either language, as on an answer sheet."""
    return [chr(ord("A") + at) if at < 26 else str(at + 1) for at in range(count)]


def draw(statistic: ItemStatistic, *, rtl: bool) -> Curves | None:
    """The curves of what is right and of the wrong choices made most often; None where thirds cannot be told."""
    named = list(zip(letters(len(statistic.choices)), statistic.choices, strict=True))
    shown = sorted(named, key=lambda pair: (not pair[1]["right"], -pair[1]["share"]))[:MOST]
    if not shown or not all(choice["thirds"] for _letter, choice in shown):
        return None
    room = WIDTH - AXIS - LETTERS
    steps = [room * (at + 0.5) / 3 for at in range(3)]
    xs = [round(WIDTH - AXIS - step if rtl else AXIS + step, 1) for step in steps]
    heights = [
        [_y(rounded(each, choice["told"] // 3)) for each in reversed(choice["thirds"])] for _letter, choice in shown
    ]
    places = _apart([height[-1] for height in heights])
    wrong = 0
    curves = []
    for (letter, choice), height, place in zip(shown, heights, places, strict=True):
        wrong += not choice["right"]
        dash = 0 if choice["right"] else wrong
        curves.append(Curve(letter, choice["right"], dash, tuple(zip(xs, height, strict=True)), place))
    ticks = tuple((_y(tick / 100), tick / 100) for tick in TICKS)
    return Curves(tuple(curves), ticks, tuple(xs), rtl)


def _y(share: float) -> float:
    return round(TOP + (HEIGHT - BOTTOM - TOP) * (1 - share), 1)


def _apart(heights: Sequence[float]) -> list[float]:
    """Where the letters stand: beside their lines, but never over one another."""
    order = sorted(range(len(heights)), key=heights.__getitem__)
    places = list(heights)
    for before, after in pairwise(order):
        places[after] = max(places[after], places[before] + APART)
    lowest: float = HEIGHT - BOTTOM
    for at in reversed(order):
        places[at] = min(places[at], lowest)
        lowest = places[at] - APART
    return [round(place, 1) for place in places]
