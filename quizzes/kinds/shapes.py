"""Regions of a picture, in its own pixels: whole numbers from the top left corner, computed exactly."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations, pairwise
from typing import Annotated, Any, Literal, Self

from pydantic import Field, StrictInt, model_validator

from quizzes.kinds.base import OptionId, Schema

Pixels = Annotated[StrictInt, Field(ge=0, le=100_000)]
Length = Annotated[StrictInt, Field(ge=1, le=100_000)]
Point = tuple[Fraction, Fraction]
SHAPES = ("rect", "circle", "polygon")


class Region(Schema):
    """A part of a picture: `rect` [x, y, width, height], `circle` [x, y, radius] or `polygon` [[x, y], …]."""

    id: OptionId
    rect: tuple[Pixels, Pixels, Length, Length] | None = None
    circle: tuple[Pixels, Pixels, Length] | None = None
    polygon: Annotated[list[tuple[Pixels, Pixels]], Field(min_length=3, max_length=24)] | None = None

    @model_validator(mode="after")
    def has_one_shape(self) -> Self:
        if sum(getattr(self, name) is not None for name in SHAPES) != 1:
            raise ValueError("needs one shape: rect, circle or polygon")
        if self.polygon and _crosses_itself(self.polygon):
            raise ValueError("polygon: its sides cross, or it has no inside")
        return self

    @property
    def shape(self) -> Literal["rect", "circle", "polygon"]:
        return "rect" if self.rect else "circle" if self.circle else "polygon"

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Left, top, right and bottom of the smallest upright rectangle around it."""
        if self.circle:
            x, y, radius = self.circle
            return x - radius, y - radius, x + radius, y + radius
        corners = self.corners
        across, down = [x for x, _y in corners], [y for _x, y in corners]
        return min(across), min(down), max(across), max(down)

    @property
    def corners(self) -> list[tuple[int, int]]:
        """Those of a rectangle or polygon, in order; [] for a circle."""
        if self.rect:
            x, y, width, height = self.rect
            return [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
        return list(self.polygon or ())

    @property
    def top(self) -> tuple[int, int]:
        """Where its outline is highest, in the middle of that."""
        left, top, right, _bottom = self.box
        highest = [x for x, y in self.polygon or () if y == top] or [left, right]
        return (min(highest) + max(highest)) // 2, top

    def holds(self, x: Any, y: Any) -> bool:
        """Whether the point is inside; on the outline it is not."""
        if self.circle:
            across, down, radius = self.circle
            return bool((x - across) ** 2 + (y - down) ** 2 < radius**2)
        return _inside(_exact(self.corners), (Fraction(x), Fraction(y)))


def overlap(one: Region, other: Region) -> bool:
    """Whether some point is inside both; touching is no overlap."""
    if one.circle and other.circle:
        (x, y, radius), (across, down, reach) = one.circle, other.circle
        return (x - across) ** 2 + (y - down) ** 2 < (radius + reach) ** 2
    if one.circle:
        return _circle_meets(one.circle, other)
    if other.circle:
        return _circle_meets(other.circle, one)
    return _polygons_meet(_exact(one.corners), _exact(other.corners))


def _exact(corners: Sequence[tuple[int, int]]) -> list[Point]:
    return [(Fraction(x), Fraction(y)) for x, y in corners]


def _sides(corners: Sequence[Point]) -> list[tuple[Point, Point]]:
    return list(zip(corners, [*corners[1:], corners[0]], strict=True))


def _turn(start: Point, end: Point, point: Point) -> Fraction:
    """Above zero where `point` lies to one hand of the way from start to end, below on the other, zero on the line."""
    return (end[0] - start[0]) * (point[1] - start[1]) - (end[1] - start[1]) * (point[0] - start[0])


def _on(side: tuple[Point, Point], point: Point) -> bool:
    (x, y), (across, down) = side
    within = min(x, across) <= point[0] <= max(x, across) and min(y, down) <= point[1] <= max(y, down)
    return within and _turn(*side, point) == 0


def _inside(corners: Sequence[Point], point: Point) -> bool:
    """Even-odd: how often a ray to the right crosses the outline."""
    crossed = False
    for side in _sides(corners):
        if _on(side, point):
            return False
        (low, high) = sorted(side, key=lambda end: end[1])
        if low[1] <= point[1] < high[1] and _turn(low, high, point) > 0:
            crossed = not crossed
    return crossed


def _circle_meets(circle: tuple[int, int, int], region: Region) -> bool:
    x, y, radius = circle
    corners, centre = _exact(region.corners), (Fraction(x), Fraction(y))
    return _inside(corners, centre) or any(_nearest(side, centre) < radius**2 for side in _sides(corners))


def _nearest(side: tuple[Point, Point], point: Point) -> Fraction:
    """The square of the distance from the point to the side."""
    (x, y), (across, down) = side
    length = (across - x) ** 2 + (down - y) ** 2
    along = ((point[0] - x) * (across - x) + (point[1] - y) * (down - y)) / length if length else Fraction(0)
    along = min(max(along, Fraction(0)), Fraction(1))
    return (x + along * (across - x) - point[0]) ** 2 + (y + along * (down - y) - point[1]) ** 2


def _polygons_meet(one: list[Point], other: list[Point]) -> bool:
    """Some piece of either outline runs inside the other, or both have the same inside."""
    if any(_inside(other, point) for point in _pieces(one, other)):
        return True
    if any(_inside(one, point) for point in _pieces(other, one)):
        return True
    return _inside(other, _within(one))


def _pieces(one: list[Point], other: list[Point]) -> list[Point]:
    """A point of each piece into which `other` cuts the sides of `one`."""
    found = []
    for start, end in _sides(one):
        cuts = sorted({Fraction(0), Fraction(1), *_cuts((start, end), other)})
        for low, high in pairwise(cuts):
            along = (low + high) / 2
            found.append((start[0] + along * (end[0] - start[0]), start[1] + along * (end[1] - start[1])))
    return found


def _cuts(side: tuple[Point, Point], other: list[Point]) -> list[Fraction]:
    """How far along the side, 0 to 1, the outline of `other` meets it."""
    start, end = side
    found = []
    for low, high in _sides(other):
        from_low, from_high = _turn(low, high, start), _turn(low, high, end)
        if from_low != from_high:
            found.append(from_low / (from_low - from_high))
    return [along for along in found if 0 < along < 1]


def _within(corners: list[Point]) -> Point:
    """Some point inside the polygon: between two neighbouring crossings of a level line that meets no corner."""
    levels = sorted({y for _x, y in corners})
    level = (levels[0] + levels[1]) / 2
    across = sorted(
        x + (level - y) / (down - y) * (right - x)
        for (x, y), (right, down) in _sides(corners)
        if min(y, down) < level < max(y, down)
    )
    return (across[0] + across[1]) / 2, level


def _crosses_itself(polygon: Sequence[tuple[int, int]]) -> bool:
    """Sides that meet elsewhere than at the corner they share, or a polygon without area."""
    corners = _exact(polygon)
    sides = _sides(corners)
    if len(set(corners)) < len(corners) or all(_turn(*sides[0], corner) == 0 for corner in corners):
        return True
    for (at, one), (after, other) in combinations(enumerate(sides), 2):
        if after - at in {1, len(sides) - 1}:
            first, second = (one, other) if after - at == 1 else (other, one)
            if _on(first, second[1]) or _on(second, first[0]):
                return True
        elif _meet(one, other):
            return True
    return False


def _meet(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    """Whether two sides have a point in common."""
    if any(_on(one, end) for end in other) or any(_on(other, end) for end in one):
        return True
    across = (_turn(*one, other[0]) > 0) != (_turn(*one, other[1]) > 0)
    return across and (_turn(*other, one[0]) > 0) != (_turn(*other, one[1]) > 0)
