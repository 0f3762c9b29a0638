"""How many and how long: the most and the fewest of everything is taken, one more or one less is refused."""

from string import ascii_lowercase
from typing import Any

import pytest
from pydantic import ValidationError

from quizzes.kinds import kind_named
from quizzes.kinds.base import BaseWords, Picture
from quizzes.kinds.shapes import Region

Parts = tuple[dict[str, Any], dict[str, Any]]
FILE = f"{'c' * 64}.svg"


def names(count: int) -> list[str]:
    return list(ascii_lowercase[:count])


def single(count: int) -> Parts:
    return {"options": names(count)}, {"right": "a"}


def multiple(count: int) -> Parts:
    return {"options": names(count)}, {"right": ["a"]}


def ordering(count: int) -> Parts:
    return {"options": names(count)}, {"right": names(count)}


def matching(count: int, spare: int = 0) -> Parts:
    right = {f"p{at}": f"o{at}" for at in range(count)}
    return {"prompts": list(right), "options": [f"o{at}" for at in range(count + spare)]}, {"right": right}


def spare(count: int) -> Parts:
    return matching(6, count)


def short(count: int) -> Parts:
    return {"options": names(count)}, {"right": {one: [one * 2] for one in names(count)}}


def spellings(count: int) -> Parts:
    return {"options": ["a"]}, {"right": {"a": [f"word {at}" for at in range(count)]}}


def spelling(count: int) -> Parts:
    return {"options": ["a"]}, {"right": {"a": ["x" * count]}}


def gaps(count: int) -> Parts:
    return {"gaps": {one: ["x", "y"] for one in names(count)}}, {"right": dict.fromkeys(names(count), "x")}


def choices(count: int) -> Parts:
    return {"gaps": {"gap": names(count)}}, {"right": {"gap": "a"}}


def regions(count: int) -> Parts:
    picture = {"file": FILE, "width": 640, "height": 400}
    drawn = [{"id": one, "rect": [at * 50, 0, 40, 40]} for at, one in enumerate(names(count))]
    return {"picture": picture, "regions": drawn}, {"right": "a"}


def option_id(count: int) -> Parts:
    return {"options": ["x" * count, "b", "c"]}, {"right": "b"}


@pytest.mark.parametrize(
    ("kind", "made", "fewest", "most"),
    [
        ("single_choice", single, 3, 5),
        ("multiple_choice", multiple, 3, 6),
        ("ordering", ordering, 3, 8),
        ("matching", matching, 2, 6),
        ("matching", spare, 0, 3),
        ("short_answer", short, 1, 8),
        ("short_answer", spellings, 1, 40),
        ("short_answer", spelling, 1, 100),
        ("gap_fill", gaps, 1, 8),
        ("gap_fill", choices, 2, 4),
        ("hotspot", regions, 2, 8),
        ("single_choice", option_id, 1, 40),
    ],
)
def test_the_fewest_and_the_most_are_taken_and_nothing_beyond(kind: str, made: Any, fewest: int, most: int) -> None:
    for count in (fewest, most):
        assert kind_named(kind).parse(*made(count))
    for count in (fewest - 1, most + 1):
        with pytest.raises(ValueError, match=r"option|right|gaps|regions|prompts|String|choices"):
            kind_named(kind).parse(*made(count))


def test_a_text_has_between_one_letter_and_two_thousand() -> None:
    for text in ("x", "x" * 2000, f"  {'x' * 2000}  "):
        assert BaseWords(stem=text, explanation="-").stem == text.strip()
    for text in ("", "   ", "x" * 2001):
        with pytest.raises(ValidationError, match="stem"):
            BaseWords(stem=text, explanation="-")


@pytest.mark.parametrize("corners", [3, 24])
def test_a_polygon_has_three_to_twenty_four_corners(corners: int) -> None:
    """Along the half of a parabola, so that no side crosses another."""
    points = [(at, at * at) for at in range(corners)]
    assert Region(id="a", polygon=points).corners == points
    beyond = points[:2] if corners == 3 else [*points, (corners, corners * corners)]
    with pytest.raises(ValidationError, match=r"at (least 3|most 24) items"):
        Region(id="a", polygon=beyond)


@pytest.mark.parametrize(
    ("shape", "taken"),
    [
        ({"rect": (0, 0, 1, 1)}, True),
        ({"rect": (100_000, 100_000, 100_000, 100_000)}, True),
        ({"rect": (0, 0, 0, 1)}, False),
        ({"rect": (0, -1, 1, 1)}, False),
        ({"rect": (0, 100_001, 1, 1)}, False),
        ({"rect": (0, 0, 1, 100_001)}, False),
        ({"circle": (0, 0, 1)}, True),
        ({"circle": (0, 0, 0)}, False),
        ({"circle": (0, 0, 100_001)}, False),
        ({"polygon": [(0, 0), (100_000, 0), (0, 100_000)]}, True),
        ({"polygon": [(0, 0), (100_001, 0), (0, 9)]}, False),
        ({"rect": ("0", 0, 1, 1)}, False),
        ({"rect": (0, 0, 1, 1.0)}, False),
    ],
)
def test_pixels_are_whole_numbers_up_to_a_hundred_thousand(shape: dict[str, Any], taken: bool) -> None:
    if taken:
        assert Region(id="a", **shape)
        return
    with pytest.raises(ValidationError):
        Region(id="a", **shape)


@pytest.mark.parametrize(
    ("changed", "taken"),
    [
        ({}, True),
        ({"width": 1, "height": 1}, True),
        ({"width": 100_000, "height": 100_000}, True),
        ({"file": FILE.replace("svg", "webp")}, True),
        ({"width": 0}, False),
        ({"height": 0}, False),
        ({"width": 100_001}, False),
        ({"height": 100_001}, False),
        ({"width": "640"}, False),
        ({"file": "c.svg"}, False),
        ({"file": FILE.replace("svg", "png")}, False),
        ({"file": f"../{FILE}"}, False),
        ({"file": f"{FILE}\n"}, False),
        ({"file": FILE.upper()}, False),
        ({"alt": "-"}, False),
    ],
)
def test_a_picture_is_named_by_its_hash_and_has_a_size(changed: dict[str, Any], taken: bool) -> None:
    fields = {"file": FILE, "width": 640, "height": 400} | changed
    if taken:
        assert Picture.model_validate(fields).model_dump() == fields
        return
    with pytest.raises(ValidationError):
        Picture.model_validate(fields)
