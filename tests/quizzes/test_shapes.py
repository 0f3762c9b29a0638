"""Regions of a picture: what is inside, what overlaps, what is no shape at all."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError

from quizzes.kinds.shapes import Region, overlap

small, length = st.integers(0, 30), st.integers(1, 12)
rects = st.tuples(small, small, length, length).map(lambda numbers: Region(id="a", rect=numbers))
circles = st.tuples(small, small, length).map(lambda numbers: Region(id="a", circle=numbers))


@st.composite
def polygons(draw: Any) -> Region:
    corners = draw(st.lists(st.tuples(small, small), min_size=3, max_size=6))
    try:
        return Region(id="a", polygon=corners)
    except ValidationError:
        assume(condition=False)
        raise


regions = rects | circles | polygons()
GRID = [Fraction(step, 2) + Fraction(1, 7) for step in range(-30, 100)]


@given(regions, regions)
def test_overlap_does_not_ask_who_comes_first(one: Region, other: Region) -> None:
    assert overlap(one, other) == overlap(other, one)


@given(regions)
def test_a_region_overlaps_itself(region: Region) -> None:
    assert overlap(region, region)


@given(regions, regions, st.sampled_from(GRID), st.sampled_from(GRID))
def test_a_point_inside_both_is_an_overlap(one: Region, other: Region, x: Fraction, y: Fraction) -> None:
    if one.holds(x, y) and other.holds(x, y):
        assert overlap(one, other)


@given(rects, rects)
def test_rectangles_overlap_where_their_sides_do(one: Region, other: Region) -> None:
    (left, top, right, bottom), (west, north, east, south) = one.box, other.box
    meets = left < east and west < right and top < south and north < bottom
    assert overlap(one, other) == meets


@given(regions, regions)
def test_regions_whose_boxes_lie_apart_do_not_overlap(one: Region, other: Region) -> None:
    (left, top, right, bottom), (west, north, east, south) = one.box, other.box
    if left >= east or west >= right or top >= south or north >= bottom:
        assert not overlap(one, other)


@given(regions)
def test_nothing_outside_its_box_is_inside(region: Region) -> None:
    left, top, right, bottom = region.box
    assert not any(region.holds(x, (top + bottom) / Fraction(2)) for x in (left - 1, left, right, right + 1))
    assert not any(region.holds((left + right) / Fraction(2), y) for y in (top - 1, top, bottom, bottom + 1))


@given(regions)
def test_the_number_stands_on_the_highest_part(region: Region) -> None:
    x, y = region.top
    assert y == region.box[1]
    assert region.box[0] <= x <= region.box[2]


@pytest.mark.parametrize(
    ("one", "other", "meets"),
    [
        ({"rect": (0, 0, 10, 10)}, {"rect": (10, 0, 10, 10)}, False),
        ({"rect": (0, 4, 20, 4)}, {"rect": (8, 0, 4, 20)}, True),
        ({"rect": (0, 0, 20, 20)}, {"circle": (10, 10, 2)}, True),
        ({"rect": (8, 8, 2, 2)}, {"circle": (10, 10, 9)}, True),
        ({"rect": (0, 0, 10, 10)}, {"circle": (15, 5, 5)}, False),
        ({"rect": (0, 0, 10, 10)}, {"circle": (14, 14, 5)}, False),
        ({"circle": (0, 0, 5)}, {"circle": (10, 0, 5)}, False),
        ({"circle": (0, 0, 5)}, {"circle": (9, 0, 5)}, True),
        ({"polygon": [(0, 0), (20, 0), (20, 20), (10, 5), (0, 20)]}, {"rect": (8, 12, 4, 6)}, False),
        ({"polygon": [(0, 0), (10, 0), (10, 10)]}, {"polygon": [(0, 0), (10, 10), (0, 10)]}, False),
        ({"polygon": [(0, 0), (10, 0), (10, 10), (0, 10)]}, {"rect": (0, 0, 10, 10)}, True),
        ({"rect": (0, 0, 20, 20)}, {"rect": (8, 8, 2, 2)}, True),
        ({"polygon": [(4, 6), (6, 5), (4, 0), (3, 5)]}, {"polygon": [(6, 3), (6, 5), (0, 3)]}, True),
        ({"polygon": [(5, 6), (0, 1), (6, 4)]}, {"polygon": [(2, 6), (0, 6), (6, 2)]}, True),
        ({"polygon": [(6, 3), (2, 3), (6, 2)]}, {"polygon": [(1, 3), (4, 3), (3, 0)]}, True),
        ({"polygon": [(0, 4), (0, 3), (2, 5)]}, {"polygon": [(2, 2), (1, 3), (6, 0)]}, False),
        ({"polygon": [(2, 1), (1, 1), (3, 3)]}, {"polygon": [(3, 2), (4, 0), (4, 5)]}, False),
        ({"polygon": [(5, 1), (0, 2), (0, 6), (4, 2)]}, {"polygon": [(1, 2), (2, 2), (1, 4)]}, True),
        ({"polygon": [(3, 5), (0, 2), (4, 2), (6, 4)]}, {"polygon": [(4, 0), (5, 1), (5, 3)]}, False),
        ({"rect": (8, 8, 2, 2)}, {"rect": (0, 0, 20, 20)}, True),
        ({"circle": (3, 4, 2)}, {"circle": (6, 8, 3)}, False),
        ({"circle": (3, 4, 2)}, {"circle": (6, 8, 4)}, True),
    ],
)
def test_touching_is_no_overlap(one: dict[str, Any], other: dict[str, Any], meets: bool) -> None:
    assert overlap(Region(id="a", **one), Region(id="b", **other)) == meets


@pytest.mark.parametrize(
    "shape",
    [
        {},
        {"rect": (0, 0, 1, 1), "circle": (0, 0, 1)},
        {"rect": (0, 0, 0, 5)},
        {"rect": (-1, 0, 5, 5)},
        {"rect": (0, 0, 5)},
        {"circle": (0, 0, 0)},
        {"circle": (0.5, 0, 4)},
        {"circle": ("1", 0, 4)},
        {"polygon": [(0, 0), (5, 5)]},
        {"polygon": [(0, 0), (5, 5), (10, 10)]},
        {"polygon": [(0, 0), (10, 10), (10, 0), (0, 10)]},
        {"polygon": [(0, 0), (10, 0), (5, 0), (5, 9)]},
        {"polygon": [(0, 0), (10, 0), (0, 0), (5, 9)]},
        {"polygon": [(0, 0), (1, 1), (1, 0), (0, 1)]},
        {"polygon": [(0, 1), (1, 0), (1, 1), (0, 0)]},
        {"polygon": [(0, 0), (10, 0), (10, 10), (5, 0), (0, 10)]},
        {"polygon": [(0, 10), (5, 0), (10, 10), (10, 0), (0, 0)]},
        {"polygon": [(0, 10), (10, 10), (10, 0), (5, 10), (0, 0)]},
    ],
)
def test_what_is_no_shape_is_refused(shape: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Region(id="a", **shape)


TRIANGLE = {"polygon": [(0, 0), (10, 5), (0, 10)]}
DIAMOND = {"polygon": [(5, 0), (10, 5), (5, 10), (0, 5)]}
NOTCHED = {"polygon": [(0, 0), (10, 0), (10, 10), (5, 5), (0, 10)]}
RING = {"circle": (5, 5, 5)}
STAIR = {"polygon": [(0, 0), (10, 0), (10, 10), (20, 10), (20, 20), (0, 20)]}


@pytest.mark.parametrize(
    ("shape", "point", "inside"),
    [
        (TRIANGLE, (5, 5), True),
        (TRIANGLE, (-1, 5), False),
        (TRIANGLE, (-1, 0), False),
        (TRIANGLE, (-1, 10), False),
        (TRIANGLE, (8, 2), False),
        (DIAMOND, (5, 5), True),
        (DIAMOND, (-1, 5), False),
        (DIAMOND, (1, 2), False),
        (DIAMOND, (3, 3), True),
        (NOTCHED, (2, 5), True),
        (NOTCHED, (8, 5), True),
        (NOTCHED, (5, 4), True),
        (NOTCHED, (5, 6), False),
        (STAIR, (5, 10), True),
        (STAIR, (10, 15), True),
        (STAIR, (15, 10), False),
        (STAIR, (10, 5), False),
        (RING, (5, 5), True),
        (RING, (8, 8), True),
        (RING, (8, 9), False),
        (RING, (9, 9), False),
    ],
)
def test_a_point_level_with_a_corner_is_inside_once(
    shape: dict[str, Any], point: tuple[int, int], inside: bool
) -> None:
    assert Region(id="a", **shape).holds(*point) is inside


@pytest.mark.parametrize(
    ("one", "other", "meets"),
    [
        ({"circle": (5, 12, 3)}, {"rect": (0, 0, 10, 10)}, True),
        ({"circle": (12, 5, 3)}, {"rect": (0, 0, 10, 10)}, True),
        ({"circle": (8, 5, 3)}, {"rect": (10, 0, 10, 10)}, True),
        ({"circle": (5, 12, 2)}, {"rect": (0, 0, 10, 10)}, False),
        ({"circle": (12, 12, 3)}, {"rect": (0, 0, 10, 10)}, True),
        ({"circle": (12, 12, 2)}, {"rect": (0, 0, 10, 10)}, False),
        ({"circle": (10, 0, 7)}, TRIANGLE, True),
        ({"circle": (10, 0, 4)}, TRIANGLE, False),
        ({"circle": (10, 1, 4)}, DIAMOND, True),
        ({"circle": (5, 9, 3)}, NOTCHED, True),
        ({"circle": (5, 9, 2)}, NOTCHED, False),
    ],
)
def test_a_circle_overlaps_what_has_a_side_nearer_than_its_radius(
    one: dict[str, Any], other: dict[str, Any], meets: bool
) -> None:
    assert overlap(Region(id="a", **one), Region(id="b", **other)) is meets
