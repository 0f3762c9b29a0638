"""What a learner sees after the answer."""

from typing import Any

import pytest

from quizzes.facts import filled
from quizzes.kinds import kind_named
from quizzes.kinds.base import Review
from tests.factories import MULTIPLE, NUMERICAL, SINGLE, TRUE_FALSE


def review(spec: dict[str, Any], answer: Any) -> Review:
    kind = kind_named(spec["kind"])
    structure, key = kind.parse(spec["structure"], spec["answer_key"])
    words = kind.parse_words(spec["words"]["en"], structure, key)
    return kind.review(structure, key, words, spec["structure"].get("options", []), answer)


@pytest.mark.parametrize(
    ("spec", "answer", "whys"),
    [
        (SINGLE, "press", ()),
        (SINGLE, "wait", ("WHY-NOT-WAIT minutes count.",)),
        (TRUE_FALSE, "true", ()),
        (TRUE_FALSE, "false", ("It does help.",)),
        (MULTIPLE, ["cloth", "hand"], ()),
        (MULTIPLE, ["cloth"], ("A hand works.",)),
        (MULTIPLE, ["cloth", "hand", "ice"], ("No.",)),
        (NUMERICAL, "5", ()),
        (NUMERICAL, "4", ("Too shallow.",)),
        (NUMERICAL, "50", ("Too deep.",)),
    ],
)
def test_the_feedback_names_what_was_wrong_and_only_that(spec: dict[str, Any], answer: Any, whys: Any) -> None:
    assert review(spec, answer).whys == whys


WAIT, FALSE, HAND, ICE = "WHY-NOT-WAIT minutes count.", "It does help.", "A hand works.", "No."


@pytest.mark.parametrize(
    ("spec", "answer", "seen"),
    [
        (SINGLE, "wait", [("press", False, True, ""), ("wait", True, False, WAIT), ("wash", False, False, "")]),
        (SINGLE, "press", [("press", True, True, ""), ("wait", False, False, ""), ("wash", False, False, "")]),
        (SINGLE, None, [("press", False, True, ""), ("wait", False, False, ""), ("wash", False, False, "")]),
        (TRUE_FALSE, "false", [("true", False, True, ""), ("false", True, False, FALSE)]),
        (TRUE_FALSE, None, [("true", False, True, ""), ("false", False, False, "")]),
        (
            MULTIPLE,
            ["ice", "cloth"],
            [
                ("cloth", True, True, ""),
                ("hand", False, True, HAND),
                ("ice", True, False, ICE),
                ("dirt", False, False, ""),
            ],
        ),
    ],
)
def test_each_option_says_whether_it_was_chosen_is_right_and_why_not(
    spec: dict[str, Any], answer: Any, seen: list[tuple[Any, ...]]
) -> None:
    found = review(spec, answer)
    assert [(option.id, option.chosen, option.right, option.why) for option in found.options] == seen
    called = spec["words"]["en"].get("options", {"true": "True", "false": "False"})
    assert {option.id: option.text for option in found.options} == called
    assert found.beside == (spec is MULTIPLE)


@pytest.mark.parametrize(
    ("spec", "answer", "given", "right"),
    [
        (SINGLE, "wait", "Wait for help", "Press hard"),
        (SINGLE, None, "", "Press hard"),
        (TRUE_FALSE, "false", "False", "True"),
        (TRUE_FALSE, None, "", "True"),
        (MULTIPLE, ["ice", "cloth"], "A cloth · Ice", "A cloth · A hand"),
        (MULTIPLE, [], "", "A cloth · A hand"),
        (NUMERICAL, "5.50", "5.5 cm", "\u20665–6\u2069 cm"),
        (NUMERICAL, "10", "10 cm", "\u20665–6\u2069 cm"),
        (NUMERICAL, "7.00", "7 cm", "\u20665–6\u2069 cm"),
        (NUMERICAL, None, "", "\u20665–6\u2069 cm"),
    ],
)
def test_the_answer_given_stands_beside_the_right_one(
    spec: dict[str, Any], answer: Any, given: str, right: str
) -> None:
    seen = review(spec, answer)
    assert (seen.answer_display, seen.right_display) == (given, right)


@pytest.mark.parametrize("spec", [SINGLE, TRUE_FALSE, MULTIPLE])
def test_the_options_say_which_are_right(spec: dict[str, Any]) -> None:
    right = spec["answer_key"]["right"]
    expected = {"true"} if right is True else set(right if isinstance(right, list) else [right])
    assert {option.id for option in review(spec, "wait").options if option.right} == expected


def test_a_number_has_no_options_to_show() -> None:
    assert review(NUMERICAL, "5").options == ()


def test_a_range_is_kept_in_reading_order_in_an_arabic_sentence() -> None:
    assert review(NUMERICAL, "5").right_display == "\u20665–6\u2069 cm"


@pytest.mark.parametrize(
    ("right", "told"),
    [
        ({"max": 60}, "60 cm or less"),
        ({"max": 0}, "0 cm or less"),
        ({"min": 60}, "60 cm or more"),
        ({"min": 6, "max": 6}, "6 cm"),
    ],
)
def test_the_unit_stands_with_its_number(right: dict[str, int], told: str) -> None:
    feedback = {end: "No." for end, bound in (("low", "min"), ("high", "max")) if bound in right}
    words = {"en": NUMERICAL["words"]["en"] | {"feedback": feedback}}
    spec = NUMERICAL | {"answer_key": {"right": right}, "words": words}
    assert review(spec, "60").right_display == told


def test_a_range_in_the_words_of_a_question_is_kept_in_reading_order() -> None:
    assert filled({"stem": "من 100–120 في الدقيقة"}, {})["stem"] == "من \u2066100–120\u2069 في الدقيقة"


def test_a_local_fact_is_filled_in() -> None:
    assert filled({"stem": "Call {fact:emergency-number}."}, {"emergency-number": "112"})["stem"] == "Call 112."
