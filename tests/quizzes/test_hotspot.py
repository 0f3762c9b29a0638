"""A place in a picture: its schemas, grading, what is drawn before and after."""

from contextlib import suppress
from copy import deepcopy
from random import Random
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from quizzes.kinds import kind_named
from quizzes.kinds.base import Review, read_answer
from tests.factories import HOTSPOT

KIND: Any = kind_named("hotspot")
STRUCTURE, KEY = KIND.parse(HOTSPOT["structure"], HOTSPOT["answer_key"])
WORDS = KIND.parse_words(HOTSPOT["words"]["en"], STRUCTURE, KEY)
ORDER = KIND.option_order(STRUCTURE, KEY, Random(1))
IDS = ["belly", "bone", "side"]


def key(right: Any) -> Any:
    return KIND.parse(HOTSPOT["structure"], {"right": right})[1]


def parse(change: dict[str, Any]) -> Any:
    return KIND.parse(deepcopy(HOTSPOT["structure"]) | change, HOTSPOT["answer_key"])


@given(st.sampled_from(IDS), st.sets(st.sampled_from(IDS), min_size=1, max_size=2), st.booleans())
def test_any_right_region_earns_everything_and_no_other_anything(answer: str, right: set[str], critical: bool) -> None:
    assert KIND.grade(STRUCTURE, key(sorted(right)), answer, critical=critical) == (answer in right)


@given(st.text(max_size=60) | st.sampled_from(IDS))
def test_whatever_is_sent_is_a_region_or_refused(sent: str) -> None:
    with suppress(ValidationError):
        assert read_answer(KIND.field(STRUCTURE), {"answer": sent}) in IDS


@pytest.mark.parametrize(("sent", "said"), [({}, "Choose a place in the picture"), ({"answer": "toe"}, "That place")])
def test_what_is_wrong_with_an_answer_is_said(sent: dict[str, str], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        read_answer(KIND.field(STRUCTURE), sent)


@given(st.integers())
def test_the_regions_are_numbered_from_the_top_whatever_the_attempt(seed: int) -> None:
    assert KIND.option_order(STRUCTURE, KEY, Random(seed)) == ["bone", "side", "belly"]


def test_the_picture_and_the_list_have_the_same_numbers_and_inputs() -> None:
    lines = KIND.lines(STRUCTURE, WORDS, ORDER, "answer", "side")
    marks = KIND.drawing(STRUCTURE, WORDS, ORDER, "answer", "side").marks
    assert [(line.id, line.input_id, line.text) for line in lines] == [(m.id, m.input_id, m.text) for m in marks]
    assert [mark.number for mark in marks] == [1, 2, 3]
    assert [line.id for line in lines if line.checked] == [mark.id for mark in marks if mark.chosen] == ["side"]


def test_nothing_drawn_before_the_answer_tells_the_right_place() -> None:
    assert not any(mark.right for mark in KIND.drawing(STRUCTURE, WORDS, ORDER, "answer", None).marks)


def review(answer: Any, right: Any = "bone") -> Review:
    return KIND.review(STRUCTURE, key(right), WORDS, ORDER, answer)


def test_the_review_shows_the_right_and_the_chosen_region_in_list_and_picture() -> None:
    seen = review("side")
    assert [(line.id, line.chosen, line.right) for line in seen.options] == [
        ("bone", False, True),
        ("side", True, False),
        ("belly", False, False),
    ]
    assert seen.drawing
    assert [(mark.id, mark.chosen, mark.right) for mark in seen.drawing.marks] == [
        (line.id, line.chosen, line.right) for line in seen.options
    ]
    assert seen.whys == ("WHY-NOT-SIDE ribs break there.",)
    assert [(line.text, line.why) for line in seen.options] == [
        ("The breastbone", ""),
        ("The left side", "WHY-NOT-SIDE ribs break there."),
        ("The upper belly", ""),
    ]
    assert (seen.answer_display, seen.right_display) == ("The left side", "The breastbone")


def test_a_right_answer_has_nothing_to_be_said_of() -> None:
    assert review("bone").whys == ()


def test_the_review_without_an_answer_shows_what_is_right() -> None:
    seen = review(None, ["bone", "belly"])
    assert [line.id for line in seen.options if line.right] == ["bone", "belly"]
    assert (seen.answer_display, seen.right_display, seen.whys) == ("", "The breastbone · The upper belly", ())
    assert not any(line.chosen for line in seen.options)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            {"regions": [{"id": "bone", "circle": [10, 180, 60]}, {"id": "side", "rect": [300, 0, 9, 9]}]},
            "bone reaches out",
        ),
        (
            {"regions": [{"id": "bone", "circle": [90, 90, 60]}, {"id": "side", "rect": [600, 0, 60, 9]}]},
            "side reaches out",
        ),
        (
            {"regions": [{"id": "bone", "circle": [320, 59, 60]}, {"id": "side", "rect": [0, 0, 9, 9]}]},
            "bone reaches out of the picture, which is 640 × 400",
        ),
        ({"regions": [{"id": "bone", "circle": [59, 180, 60]}, {"id": "side", "rect": [0, 0, 9, 9]}]}, "bone reaches"),
        ({"regions": [{"id": "bone", "rect": [0, 392, 9, 9]}, {"id": "side", "rect": [0, 0, 9, 9]}]}, "bone reaches"),
        (
            {"regions": [{"id": "bone", "rect": [0, 0, 9, 9]}, {"id": "bone", "rect": [20, 0, 9, 9]}]},
            "bone stands twice",
        ),
        (
            {"regions": [{"id": "bone", "rect": [0, 0, 9, 9]}, {"id": "x", "rect": [8, 8, 9, 9]}]},
            "bone is right and overlaps x",
        ),
        ({"regions": [{"id": "bone", "rect": [0, 0, 9, 9]}]}, "at least 2"),
        ({"picture": {"file": "chest.svg", "width": 640, "height": 400}}, "picture.file"),
        ({"picture": {"file": f"{'c' * 64}.svg", "width": 640}}, "picture.height"),
        ({"map": []}, "map"),
    ],
)
def test_a_structure_that_does_not_fit_is_refused(change: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        parse(change)


def test_right_regions_in_another_order_are_the_same_key() -> None:
    assert key(["bone", "belly"]) == key(["belly", "bone"])


@pytest.mark.parametrize("right", ["toe", [], IDS, 4, ["bone", "bone"]])
def test_a_key_that_does_not_fit_is_refused(right: Any) -> None:
    with pytest.raises(ValueError, match="right"):
        key(right)


def test_two_wrong_regions_may_overlap() -> None:
    regions = [*HOTSPOT["structure"]["regions"], {"id": "hip", "rect": [300, 300, 120, 90]}]
    assert parse({"regions": regions})


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"alt": "A chest; The Breastbone is marked."}, "gives the answer away"),
        ({"regions": {"belly": "The belly", "bone": "The bone"}}, "regions: missing side"),
        ({"feedback": {"belly": "No."}}, "missing side"),
        ({"feedback": {"belly": "No.", "side": "No.", "bone": "No."}}, "unknown bone"),
        ({"alt": " "}, "alt"),
    ],
)
def test_words_that_do_not_fit_are_refused(change: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        KIND.parse_words(HOTSPOT["words"]["en"] | change, STRUCTURE, KEY)


def test_an_alternative_text_may_name_places_that_are_wrong_too() -> None:
    alt = {"alt": "A chest: the breastbone, the left side, the upper belly."}
    assert KIND.parse_words(HOTSPOT["words"]["en"] | alt, STRUCTURE, KEY)


def test_a_region_too_small_for_a_finger_is_doubted() -> None:
    edge = {"id": "arm", "rect": [20, 20, 88, 88]}
    small = [{"id": "toe", "rect": [500, 50, 87, 300]}, {"id": "ear", "rect": [20, 300, 300, 87]}]
    assert KIND.doubts(STRUCTURE, KEY) == []
    [doubt] = KIND.doubts(*parse({"regions": [HOTSPOT["structure"]["regions"][1], edge, *small]}))
    assert doubt == "Too small for a finger on a phone, below 44 pixels there: toe, ear."


def test_each_region_can_be_counted() -> None:
    found = KIND.countables(STRUCTURE, KEY, WORDS)
    assert [(one.id, one.label, one.right) for one in found] == [
        ("belly", "The upper belly", False),
        ("bone", "The breastbone", True),
        ("side", "The left side", False),
    ]
    assert [KIND.counted(STRUCTURE, KEY, answer) for answer in ("bone", "elsewhere")] == [["bone"], []]


def test_regions_may_reach_to_the_very_edge_of_the_picture() -> None:
    regions = [{"id": "bone", "rect": [0, 0, 100, 400]}, {"id": "side", "rect": [540, 0, 100, 400]}]
    assert KIND.ids(parse({"regions": regions})[0]) == ["bone", "side"]
