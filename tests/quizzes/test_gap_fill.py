"""A text with gaps: grading, the form, what is shown before and after."""

from contextlib import suppress
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from quizzes.kinds import kind_named
from quizzes.kinds.base import Review, read_answer
from tests.factories import GAPS
from tests.quizzes.sitting import fields_of

KIND: Any = kind_named("gap_fill")
STRUCTURE, KEY = KIND.parse(GAPS["structure"], GAPS["answer_key"])
WORDS = {language: KIND.parse_words(said, STRUCTURE, KEY) for language, said in GAPS["words"].items()}
RIGHT = {"where": "chest", "deep": "five"}
ALL = [f"{gap}:{choice}" for gap, choices in STRUCTURE.gaps.items() for choice in choices]

answers = st.fixed_dictionaries({gap: st.sampled_from(choices) for gap, choices in STRUCTURE.gaps.items()})
values = st.text(max_size=50) | st.sampled_from(["", "chest", "five", "two"])


@given(answers)
def test_the_share_of_right_gaps_is_earned(answer: dict[str, str]) -> None:
    hits = sum(answer[gap] == choice for gap, choice in RIGHT.items())
    assert KIND.grade(STRUCTURE, KEY, answer) == Fraction(hits, 2)
    assert KIND.grade(STRUCTURE, KEY, answer, critical=True) == (hits == 2)


@given(answers, st.sampled_from(sorted(RIGHT)))
def test_filling_a_gap_rightly_never_earns_less(answer: dict[str, str], gap: str) -> None:
    mended = answer | {gap: RIGHT[gap]}
    assert KIND.grade(STRUCTURE, KEY, mended) >= KIND.grade(STRUCTURE, KEY, answer)


def test_any_of_several_right_choices_earns_the_gap() -> None:
    structure, key = KIND.parse({"gaps": {"a": ["x", "y", "z"]}}, {"right": {"a": ["y", "x"]}})
    assert [KIND.grade(structure, key, {"a": choice}) for choice in "xyz"] == [1, 1, 0]


@given(answers)
def test_every_filled_text_can_be_sent(answer: dict[str, str]) -> None:
    assert read_answer(KIND.field(STRUCTURE), fields_of(answer)) == answer


@given(values, values)
def test_whatever_is_sent_is_an_answer_or_refused(where: str, deep: str) -> None:
    with suppress(ValidationError):
        answer = read_answer(KIND.field(STRUCTURE), fields_of({"where": where, "deep": deep}))
        assert 0 <= KIND.grade(STRUCTURE, KEY, answer) <= 1
        assert len(KIND.counted(STRUCTURE, KEY, answer)) == 2


@pytest.mark.parametrize(
    ("sent", "said", "beside"),
    [
        ({}, "Choose a word for each gap, then send it.", []),
        ({"where": "chest"}, "Some gaps are still empty. Choose a word for each.", ["deep"]),
        ({"where": "five", "deep": "five"}, "Some gaps are still empty. Choose a word for each.", ["where"]),
    ],
)
def test_what_is_wrong_is_said_above_and_beside(sent: dict[str, str], said: str, beside: list[str]) -> None:
    data = fields_of(sent)
    with pytest.raises(ValidationError) as fault:
        read_answer(KIND.field(STRUCTURE), data)
    assert fault.value.messages == [said]
    lines = KIND.lines(STRUCTURE, WORDS["en"], [], "answer", KIND.typed(STRUCTURE, data))
    assert {line.id: line.fault for line in lines if line.fault} == dict.fromkeys(beside, "Choose a word for this gap.")


@pytest.mark.parametrize(
    ("language", "around"),
    [
        ("en", [("where", "Press in the middle of the ", ""), ("deep", ", ", " cm deep.")]),
        ("ar", [("deep", "اضغطوا ", ""), ("where", " سم في منتصف ", ".")]),
    ],
)
def test_gaps_stand_where_the_text_of_the_language_has_them(language: str, around: list[tuple[str, ...]]) -> None:
    lines = KIND.lines(STRUCTURE, WORDS[language], ALL, "answer", {"where": "belly", "deep": "five"})
    assert [(line.id, line.before, line.after) for line in lines] == around
    assert [line.text for line in lines] == ["Gap 1 of 2: choose", "Gap 2 of 2: choose"]
    assert {line.id: [one.value for one in line.choices if one.chosen] for line in lines} == {
        "where": ["belly"],
        "deep": ["five"],
    }


@given(st.integers())
def test_the_choices_are_shuffled_and_whole(seed: int) -> None:
    order = KIND.option_order(STRUCTURE, KEY, Random(seed))
    assert sorted(order) == sorted(ALL)
    for line in KIND.lines(STRUCTURE, WORDS["en"], order, "answer", None):
        assert [f"{line.id}:{one.value}" for one in line.choices] == [one for one in order if one.startswith(line.id)]


def review(answer: Any) -> Review:
    return KIND.review(STRUCTURE, KEY, WORDS["en"], ALL, answer)


def test_the_review_shows_what_was_chosen_and_what_is_right() -> None:
    seen: Any = review({"where": "belly", "deep": "five"})
    assert [(line.before, line.chosen, line.text, line.right, line.after) for line in seen.lines] == [
        ("Press in the middle of the ", "belly", "chest", False, ""),
        (", ", "5 to 6", "5 to 6", True, " cm deep."),
    ]
    assert seen.whys == ("WHY-NO-BELLY no heart there.",)
    assert seen.counted == "Gaps filled rightly: 1 of 2"
    assert seen.answer_display == "Press in the middle of the belly, 5 to 6 cm deep."
    assert seen.right_display == "Press in the middle of the chest, 5 to 6 cm deep."


def test_nothing_is_counted_where_everything_is_right_or_nothing_was_sent() -> None:
    assert [(review(answer).counted, review(answer).whys) for answer in (RIGHT, None)] == [("", ())] * 2


def test_what_may_be_counted_are_the_choices_of_every_gap() -> None:
    found = KIND.countables(STRUCTURE, KEY, WORDS["ar"])
    assert [(one.id, one.label, one.right) for one in found] == [
        ("deep:five", "1. 5 إلى 6", True),
        ("deep:two", "1. 2", False),
        ("where:chest", "2. الصدر", True),
        ("where:belly", "2. البطن", False),
        ("where:side", "2. الجانب", False),
    ]
    assert KIND.counted(STRUCTURE, KEY, {"deep": "two", "where": "gone"}) == ["deep:two"]
    assert KIND.counted(STRUCTURE, KEY, None) == []


def test_authors_see_what_is_wrong_in_each_gap() -> None:
    assert KIND.told(STRUCTURE, KEY, WORDS["en"]) == [
        ("Wrong in gap 1:", "belly · WHY-NO-BELLY no heart there."),
        ("Wrong in gap 1:", "left side"),
        ("Wrong in gap 2:", "2 · WHY-NO-TWO too shallow."),
    ]


@pytest.mark.parametrize(
    ("gaps", "right", "said"),
    [
        ({}, {}, "at least 1 item"),
        ({f"g{at}": ["x", "y"] for at in range(9)}, {}, "at most 8 items"),
        ({"a": ["x"]}, {"a": "x"}, "at least 2 items"),
        ({"a": list("vwxyz")}, {"a": "x"}, "at most 4 items"),
        ({"a": ["x", "x"]}, {"a": "x"}, "the choices of a must differ"),
        ({"A!": ["x", "y"]}, {"A!": "x"}, "pattern"),
        ({"a": ["x", "y"]}, {}, "right: missing a"),
        ({"a": ["x", "y"]}, {"a": "x", "b": "x"}, "right: unknown b"),
        ({"a": ["x", "y"]}, {"a": "z"}, "right: z not among the choices of a"),
        ({"a": ["x", "y"]}, {"a": []}, "at least 1 item"),
        ({"a": ["x", "y"]}, {"a": ["x", "x"]}, "right.a\n.*x stands twice"),
        ({"a": ["x", "y"]}, {"a": ["x", "y"]}, "right: at least one choice of a must be wrong"),
        ({"a": ["x", "y"]}, ["x"], "valid dictionary"),
    ],
)
def test_a_key_that_does_not_fit_is_refused(gaps: Any, right: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        KIND.parse({"gaps": gaps}, {"right": right})


@pytest.mark.parametrize(
    ("part", "said", "fault"),
    [
        ("text", "Press the {where}.", "text: missing deep"),
        ("text", "Press the {where}, {deep}, {hard}.", "text: unknown hard"),
        ("text", "Press the {where}, {deep} {deep}.", "text: deep stands twice"),
        ("choices", {"where": {}}, "choices: missing deep"),
        (
            "choices",
            {"where": {"chest": "c"}, "deep": {"five": "5", "two": "2"}},
            "choices: where: missing belly, side",
        ),
        ("feedback", {"where:chest": "No."}, "unknown where:chest"),
        ("feedback", {"where:back": "No."}, "unknown where:back"),
        ("feedback", {"where": "No."}, "pattern"),
    ],
)
def test_words_that_do_not_fit_are_refused(part: str, said: Any, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        KIND.parse_words(GAPS["words"]["en"] | {part: said}, STRUCTURE, KEY)


def test_its_ids_are_those_of_gaps_and_choices() -> None:
    assert KIND.ids(STRUCTURE) == ["where", "deep", "chest", "belly", "side", "five", "two"]


def test_a_wrong_choice_of_which_nothing_is_said_is_only_counted() -> None:
    seen = review({"where": "side", "deep": "five"})
    assert (seen.whys, seen.counted) == ((), "Gaps filled rightly: 1 of 2")


def test_without_an_answer_the_gaps_are_shown_empty() -> None:
    seen = review(None)
    assert seen.answer_display == "Press in the middle of the …, … cm deep."
    assert [(line.label, line.given, line.right) for line in seen.lines] == [("Gap 1", "", False), ("Gap 2", "", False)]


def test_authors_see_the_gaps_in_the_order_of_the_text() -> None:
    assert [label for label, _said in KIND.told(STRUCTURE, KEY, WORDS["ar"])] == [
        "Wrong in gap 1:",
        "Wrong in gap 2:",
        "Wrong in gap 2:",
    ]
