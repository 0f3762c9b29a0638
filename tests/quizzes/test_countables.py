"""What is counted of an answer, kind by kind."""

from itertools import permutations
from typing import Any

import pytest

from quizzes.kinds import kind_named
from quizzes.kinds.base import Countable
from tests.factories import MATCHING, MULTIPLE, NUMERICAL, ORDERING, SINGLE, TRUE_FALSE
from tests.quizzes.sitting import RIGHT, WRONG

SPECS = [SINGLE, MULTIPLE, TRUE_FALSE, NUMERICAL, ORDERING, MATCHING]


def countables(spec: dict[str, Any], **changed: Any) -> list[Countable]:
    kind = kind_named(spec["kind"])
    structure, key = kind.parse(spec["structure"], spec["answer_key"] | changed)
    return kind.countables(structure, key, kind.parse_words(spec["words"]["en"], structure, key))


def counted(spec: dict[str, Any], answer: Any, **changed: Any) -> list[str]:
    kind = kind_named(spec["kind"])
    return kind.counted(*kind.parse(spec["structure"], spec["answer_key"] | changed), answer)


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec["kind"])
def test_whatever_is_counted_is_countable(spec: dict[str, Any]) -> None:
    known = [each.id for each in countables(spec)]
    assert len(set(known)) == len(known)
    for answers in (RIGHT, WRONG):
        assert set(counted(spec, answers[spec["kind"]])) <= set(known)


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec["kind"])
def test_the_right_answer_counts_as_everything_that_is_right(spec: dict[str, Any]) -> None:
    right = [each.id for each in countables(spec) if each.right]
    assert counted(spec, RIGHT[spec["kind"]]) == right


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec["kind"])
def test_no_answer_counts_as_nothing(spec: dict[str, Any]) -> None:
    assert counted(spec, kind_named(spec["kind"]).blank) == []


@pytest.mark.parametrize(
    ("typed", "where"), [("5", "right"), ("6", "right"), ("4.5", "near"), ("7", "near"), ("3", "low"), ("8", "high")]
)
def test_a_number_is_right_near_low_or_high(typed: str, where: str) -> None:
    assert counted(NUMERICAL, typed) == [where]


def test_a_key_without_a_near_range_has_none_to_count() -> None:
    assert [each.id for each in countables(NUMERICAL, near=None)] == ["right", "low", "high"]
    assert counted(NUMERICAL, "4.5", near=None) == ["low"]


def test_an_open_range_has_nothing_beyond_its_open_end() -> None:
    spec = NUMERICAL | {"answer_key": {"right": {"min": 5}}}
    spec["words"] = {"en": NUMERICAL["words"]["en"] | {"feedback": {"low": "Too shallow."}}}
    assert [each.id for each in countables(spec)] == ["right", "low"]


def test_an_order_counts_as_its_first_step_that_stands_too_early() -> None:
    assert counted(ORDERING, ["look", "press", "call", "check"]) == ["astray-press"]
    assert counted(ORDERING, ["check", "press", "look", "call"]) == ["astray-check"]


@pytest.mark.parametrize("answer", list(permutations(["look", "check", "call", "press"])))
def test_every_order_counts_as_one_thing(answer: tuple[str, ...]) -> None:
    assert len(counted(ORDERING, list(answer))) == 1


def test_a_match_counts_pair_by_pair() -> None:
    assert counted(MATCHING, {"fire": "down", "flood": "up"}) == ["fire:down", "flood:up"]


def test_an_option_that_is_none_of_the_question_s_is_not_counted() -> None:
    assert counted(SINGLE, "pray") == []
    assert counted(MULTIPLE, ["cloth", "pray"]) == ["cloth"]
    assert counted(MULTIPLE, None) == []


def test_a_range_that_is_open_below_has_nothing_below_it() -> None:
    spec = NUMERICAL | {"answer_key": {"right": {"max": 6}}}
    spec["words"] = {"en": NUMERICAL["words"]["en"] | {"feedback": {"high": "Too deep."}}}
    assert [(each.id, each.label) for each in countables(spec)] == [
        ("right", "6 cm or less"),
        ("high", "More than 6 cm"),
    ]


@pytest.mark.parametrize(
    ("spec", "found"),
    [
        (SINGLE, [("press", "Press hard", True), ("wait", "Wait for help", False), ("wash", "Wash the wound", False)]),
        (TRUE_FALSE, [("true", "True", True), ("false", "False", False)]),
        (
            MULTIPLE,
            [("cloth", "A cloth", True), ("hand", "A hand", True), ("ice", "Ice", False), ("dirt", "Earth", False)],
        ),
        (
            NUMERICAL,
            [
                ("right", "\u20665–6\u2069 cm", True),
                ("near", "Near: \u20664–7\u2069 cm", False),
                ("low", "Less than 4 cm", False),
                ("high", "More than 7 cm", False),
            ],
        ),
        (
            ORDERING,
            [
                ("right", "Exactly in order", True),
                ("astray-call", "Too early: Call", False),
                ("astray-check", "Too early: Check breathing", False),
                ("astray-press", "Too early: Press", False),
            ],
        ),
    ],
    ids=lambda value: value["kind"] if isinstance(value, dict) else "",
)
def test_what_is_counted_has_a_name_and_says_whether_it_is_right(
    spec: dict[str, Any], found: list[tuple[str, str, bool]]
) -> None:
    assert [(one.id, one.label, one.right) for one in countables(spec)] == found


def test_every_pair_of_a_match_is_counted_under_both_its_names() -> None:
    found = countables(MATCHING)
    assert len(found) == 3 * 4
    assert [(one.id, one.label) for one in found if one.right] == [
        ("fire:out", "Fire at home: Outside"),
        ("flood:up", "A flood: Uphill"),
        ("cloud:in", "A gas cloud: Indoors"),
    ]
