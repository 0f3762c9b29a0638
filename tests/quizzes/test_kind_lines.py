"""What a page draws of a question before the answer: its lines, its fields, its picture."""

from random import Random
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict

from quizzes.kinds import KINDS, kind_named
from quizzes.kinds.base import Drawing, Kind, OptionLine, read_answer, verdict
from quizzes.kinds.hotspot import marks_of
from quizzes.kinds.shapes import Region
from tests.factories import GAPS, HOTSPOT, MATCHING, MULTIPLE, NUMERICAL, ORDERING, SHORT, SINGLE, TRUE_FALSE
from tests.quizzes.riddle import Riddle

PICTURE = {"file": f"{'c' * 64}.svg", "width": 640, "height": 400}


def lines(spec: dict[str, Any], order: list[str], answer: Any) -> list[OptionLine]:
    kind = kind_named(spec["kind"])
    structure, key = kind.parse(spec["structure"], spec["answer_key"])
    return kind.lines(structure, kind.parse_words(spec["words"]["en"], structure, key), order, "q1", answer)


@pytest.mark.parametrize(
    ("spec", "order", "answer", "seen"),
    [
        (SINGLE, ["wash", "press"], "press", [("wash", "Wash the wound", False), ("press", "Press hard", True)]),
        (SINGLE, ["wash", "press"], None, [("wash", "Wash the wound", False), ("press", "Press hard", False)]),
        (MULTIPLE, ["ice", "hand"], ["hand", "cloth"], [("ice", "Ice", False), ("hand", "A hand", True)]),
        (TRUE_FALSE, [], "false", [("true", "True", False), ("false", "False", True)]),
        (MATCHING, ["cloud", "fire", "up"], None, [("cloud", "A gas cloud", False), ("fire", "Fire at home", False)]),
        (ORDERING, ["press", "look"], None, [("press", "Press", False), ("look", "Look round", False)]),
        (GAPS, [], None, [("where", "Gap 1 of 2: choose", False), ("deep", "Gap 2 of 2: choose", False)]),
        (HOTSPOT, ["side", "bone"], "bone", [("side", "The left side", False), ("bone", "The breastbone", True)]),
    ],
    ids=lambda value: value["kind"] if isinstance(value, dict) else "",
)
def test_each_line_has_its_text_and_an_input_of_its_own(
    spec: dict[str, Any], order: list[str], answer: Any, seen: list[tuple[str, str, bool]]
) -> None:
    found = lines(spec, order, answer)
    assert [(line.id, line.text, line.checked) for line in found] == seen
    assert [line.input_id for line in found] == [f"q1-{line.id}" for line in found]


@pytest.mark.parametrize(
    ("spec", "order", "choices"),
    [
        (MATCHING, ["fire", "down", "up"], [("down", "Into the basement", False), ("up", "Uphill", True)]),
        (ORDERING, ["look", "press"], [("1", "1", False), ("2", "2", True)]),
        (
            GAPS,
            ["where:side", "where:belly", "where:chest"],
            [("side", "left side", False), ("belly", "belly", True), ("chest", "chest", False)],
        ),
    ],
    ids=lambda value: value["kind"] if isinstance(value, dict) else "",
)
def test_each_choice_has_its_text_and_the_chosen_one_is_known(
    spec: dict[str, Any], order: list[str], choices: list[tuple[str, str, bool]]
) -> None:
    answer = {"fire": "up", "look": "2", "where": "belly"}
    first = lines(spec, order, answer)[0]
    assert [(one.value, one.text, one.chosen) for one in first.choices] == choices


@pytest.mark.parametrize("spec", [SINGLE, MULTIPLE, TRUE_FALSE], ids=lambda spec: spec["kind"])
def test_only_its_own_options_are_taken_and_why_not_is_said(spec: dict[str, Any]) -> None:
    kind = kind_named(spec["kind"])
    field = kind.field(kind.parse(spec["structure"], spec["answer_key"])[0])
    for sent, said in (("", "Choose an answer, then send it."), ("answer=toe", "not one of this question's")):
        with pytest.raises(ValidationError, match=said):
            read_answer(field, QueryDict(sent))
    for option in ("true", "false") if spec is TRUE_FALSE else spec["structure"]["options"]:
        assert read_answer(field, QueryDict(f"answer={option}")) == ([option] if spec is MULTIPLE else option)


def test_a_number_may_be_spread_over_forty_letters_and_no_more() -> None:
    field = kind_named("numerical").field(None)
    assert read_answer(field, {"answer": f"5{' ' * 38}0"}) == "50"
    with pytest.raises(ValidationError, match="at most 40 characters"):
        read_answer(field, {"answer": f"5{' ' * 39}0"})


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Write a number, then send it."),
        ("five", "Write one number in digits"),
    ],
)
def test_what_is_no_number_is_said_so(typed: str, said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        read_answer(kind_named("numerical").field(None), {"answer": typed})


def test_what_was_typed_is_shown_again_but_never_more_than_two_hundred_letters() -> None:
    kind = kind_named("numerical")
    assert kind.typed(None, QueryDict("answer=about five")) == "about five"
    assert kind.typed(None, QueryDict("")) == ""
    assert kind.typed(None, QueryDict(f"answer={'x' * 201}")) == "x" * 200


def test_the_drawing_has_each_region_in_its_own_shape() -> None:
    kind = kind_named("hotspot")
    structure, key = kind.parse(HOTSPOT["structure"], HOTSPOT["answer_key"])
    words = kind.parse_words(HOTSPOT["words"]["en"], structure, key)
    drawing = kind.drawing(structure, words, ["bone", "side", "belly"], "q1", "side")
    assert drawing
    assert (drawing.file, drawing.width, drawing.height) == (PICTURE["file"], 640, 400)
    assert drawing.alt == "A chest seen from above, with three marked places."
    assert [(m.id, m.number, m.shape, m.x, m.y, m.width, m.height, m.points) for m in drawing.marks] == [
        ("bone", 1, "circle", 260, 120, 120, 120, ""),
        ("side", 2, "polygon", 420, 140, 100, 100, "420,140 520,140 520,240"),
        ("belly", 3, "rect", 260, 260, 120, 100, ""),
    ]
    assert [(mark.at_x, mark.at_y) for mark in drawing.marks] == [(320, 120), (470, 140), (320, 260)]
    assert [(mark.input_id, mark.chosen, mark.right) for mark in drawing.marks] == [
        ("q1-bone", False, False),
        ("q1-side", True, False),
        ("q1-belly", False, False),
    ]
    reviewed = kind.review(structure, key, words, ["bone", "side", "belly"], None).drawing
    assert reviewed
    assert [mark.input_id for mark in reviewed.marks] == ["", "", ""]


@pytest.mark.parametrize(
    ("rect", "at"),
    [((0, 0, 10, 10), (26, 26)), ((630, 390, 10, 10), (614, 374)), ((300, 200, 100, 9), (350, 200))],
)
def test_a_number_never_stands_across_the_edge_of_the_picture(rect: Any, at: tuple[int, int]) -> None:
    kind = kind_named("hotspot")
    picture = kind.structure.model_fields["picture"].annotation.model_validate(PICTURE)
    [mark] = marks_of([Region(id="a", rect=rect)], ["a"], picture)
    assert (mark.at_x, mark.at_y, mark.text) == (*at, "")


@pytest.mark.parametrize(
    ("shape", "top"),
    [
        ({"rect": (10, 20, 30, 40)}, (25, 20)),
        ({"circle": (10, 12, 4)}, (10, 8)),
        ({"polygon": [(4, 0), (8, 0), (12, 10), (0, 10)]}, (6, 0)),
        ({"polygon": [(9, 2), (12, 10), (0, 10)]}, (9, 2)),
    ],
)
def test_the_top_is_the_middle_of_the_highest_edge(shape: dict[str, Any], top: tuple[int, int]) -> None:
    assert Region(id="a", **shape).top == top


@pytest.mark.parametrize(("width", "unit"), [(640, 6), (10_000, 100), (40, 1)])
def test_marks_are_measured_by_a_hundredth_of_the_width(width: int, unit: int) -> None:
    assert Drawing("f", width, 10, "", ()).unit == unit


@pytest.mark.parametrize(("fraction", "said"), [(1, "right"), (0.5, "partly"), (0, "wrong")])
def test_what_a_share_is_called(fraction: Any, said: str) -> None:
    assert verdict(fraction) == said


def test_only_a_place_in_a_picture_has_a_picture() -> None:
    found = {name: kind.picture_fields() for name, kind in KINDS.items() if kind.picture_fields()}
    assert found == {"hotspot": ["picture"]}


@pytest.mark.parametrize("spec", [SINGLE, MULTIPLE], ids=lambda spec: spec["kind"])
def test_the_options_are_shuffled_and_whole(spec: dict[str, Any]) -> None:
    kind = kind_named(spec["kind"])
    structure, key = kind.parse(spec["structure"], spec["answer_key"])
    orders = [kind.option_order(structure, key, Random(seed)) for seed in range(9)]
    assert all(sorted(order) == sorted(spec["structure"]["options"]) for order in orders)
    assert len({tuple(order) for order in orders}) > 1
    assert kind.option_order(structure, key, Random(3)) == orders[3]
    assert kind.ids(structure) == spec["structure"]["options"]


def test_a_kind_without_options_has_nothing_to_order_draw_or_doubt() -> None:
    kind = kind_named("numerical")
    structure, key = kind.parse(NUMERICAL["structure"], NUMERICAL["answer_key"])
    words = kind.parse_words(NUMERICAL["words"]["en"], structure, key)
    assert (kind.ids(structure), kind.option_order(structure, key, Random(1))) == ([], [])
    assert (kind.lines(structure, words, [], "q1", "5"), kind.told(structure, key, words)) == ([], [])
    assert (kind.drawing(structure, words, [], "q1", "5"), kind.doubts(structure, key)) == (None, [])
    assert kind.canonical("5") == "5"


def test_a_kind_that_counts_nothing_says_so() -> None:
    class Uncounted(Riddle):
        label = ""
        name = "first_aid"
        countables = Kind.countables
        counted = Kind.counted

    kind: Any = Uncounted()
    assert (kind.countables(None, None, None), kind.counted(None, None, ["red"])) == ([], [])
    assert kind.called == "First aid"


def test_a_kind_is_called_by_its_label() -> None:
    assert (kind_named("numerical").called, Riddle().called) == ("A number", "A riddle")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [(["ice", "cloth"], ["cloth", "ice"], True), (["ice"], ["cloth"], False), (None, [], True)],
)
def test_the_order_of_chosen_options_makes_no_other_answer(one: Any, other: Any, same: bool) -> None:
    kind = kind_named("multiple_choice")
    assert (kind.canonical(one) == kind.canonical(other)) is same


@pytest.mark.parametrize(
    ("spec", "answer", "said"),
    [
        (SINGLE, "wait", "Wait for help"),
        (TRUE_FALSE, "false", "False"),
        (MULTIPLE, ["hand", "cloth"], "A cloth; A hand"),
        (NUMERICAL, "5.50", "5.5 cm"),
        (ORDERING, ["call", "look", "check", "press"], "Call: 1; Look round: 2; Check breathing: 3; Press: 4"),
        (
            MATCHING,
            {"fire": "up", "flood": "in", "cloud": "out"},
            "Fire at home: Uphill; A flood: Indoors; A gas cloud: Outside",
        ),
        (SHORT, "a string", "a string"),
        (GAPS, {"where": "belly", "deep": "two"}, "Press in the middle of the belly, 2 cm deep."),
        (HOTSPOT, "side", "The left side"),
    ],
    ids=lambda value: value["kind"] if isinstance(value, dict) and "kind" in value else None,
)
def test_an_answer_is_said_in_words(spec: dict[str, Any], answer: Any, said: str) -> None:
    kind = kind_named(spec["kind"])
    structure, key = kind.parse(spec["structure"], spec["answer_key"])
    words = kind.parse_words(spec["words"]["en"], structure, key)
    assert kind.said(structure, words, kind.ids(structure), answer) == said
