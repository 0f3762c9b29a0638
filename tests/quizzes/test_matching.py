"""Matching: grading, the form, what is shown before and after."""

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
from tests.factories import MATCHING
from tests.quizzes.sitting import fields_of

KIND: Any = kind_named("matching")
STRUCTURE, KEY = KIND.parse(MATCHING["structure"], MATCHING["answer_key"])
WORDS = KIND.parse_words(MATCHING["words"]["en"], STRUCTURE, KEY)
RIGHT = MATCHING["answer_key"]["right"]

# Any answer that the field lets through: choices without repetition.
answers = st.permutations(STRUCTURE.options).map(lambda order: dict(zip(STRUCTURE.prompts, order, strict=False)))


@pytest.mark.parametrize(
    ("changed", "earned"),
    [
        ({}, 1),
        ({"flood": "down"}, Fraction(2, 3)),
        ({"flood": "in", "cloud": "up"}, Fraction(1, 3)),
        ({"fire": "up", "flood": "in", "cloud": "out"}, 0),
    ],
)
def test_the_share_of_right_pairs(changed: dict[str, str], earned: Fraction) -> None:
    assert KIND.grade(STRUCTURE, KEY, RIGHT | changed) == earned


@given(answers)
def test_a_match_earns_a_share_and_everything_only_where_it_is_right(answer: dict[str, str]) -> None:
    earned = KIND.grade(STRUCTURE, KEY, answer)
    assert 0 <= earned <= 1
    assert (earned == 1) == (answer == RIGHT)


@given(answers, st.sampled_from(STRUCTURE.prompts))
def test_putting_a_pair_right_never_earns_less(answer: dict[str, str], prompt: str) -> None:
    others = {one: "" if choice == RIGHT[prompt] else choice for one, choice in answer.items()}
    mended = others | {prompt: RIGHT[prompt]}
    assert KIND.grade(STRUCTURE, KEY, mended) >= KIND.grade(STRUCTURE, KEY, answer)


@given(answers)
def test_a_critical_match_is_all_or_nothing(answer: dict[str, str]) -> None:
    assert KIND.grade(STRUCTURE, KEY, answer, critical=True) == (1 if answer == RIGHT else 0)


@given(answers)
def test_every_match_without_repetition_can_be_sent(answer: dict[str, str]) -> None:
    assert read_answer(KIND.field(STRUCTURE), fields_of(answer)) == answer


values = st.text(max_size=50) | st.sampled_from(["", *STRUCTURE.options])


@given(st.lists(values, min_size=3, max_size=3))
def test_whatever_is_sent_is_a_match_or_refused(sent: list[str]) -> None:
    data = fields_of(dict(zip(STRUCTURE.prompts, sent, strict=True)))
    with suppress(ValidationError):
        answer = read_answer(KIND.field(STRUCTURE), data)
        assert 0 <= KIND.grade(STRUCTURE, KEY, answer) <= 1


@pytest.mark.parametrize(
    ("sent", "said", "beside"),
    [
        ({}, ["Choose what belongs together, then send it."], {}),
        (
            {"fire": "out", "flood": "up"},
            ["Something is still without its match. Choose one for each."],
            {"cloud": "Choose what belongs to this."},
        ),
        (
            {"fire": "out", "flood": "out", "cloud": "nowhere"},
            [
                "Something is still without its match. Choose one for each.",
                "The same match is chosen more than once. Each belongs to one only.",
            ],
            {
                "fire": "This is chosen elsewhere too.",
                "flood": "This is chosen elsewhere too.",
                "cloud": "Choose what belongs to this.",
            },
        ),
    ],
)
def test_what_is_wrong_is_said_above_and_beside(sent: dict[str, str], said: list[str], beside: dict[str, str]) -> None:
    data = fields_of(sent)
    with pytest.raises(ValidationError) as fault:
        read_answer(KIND.field(STRUCTURE), data)
    assert fault.value.messages == said
    lines = KIND.lines(STRUCTURE, WORDS, KIND.ids(STRUCTURE), "answer", KIND.typed(STRUCTURE, data))
    assert {line.id: line.fault for line in lines if line.fault} == beside
    kept = {line.id: choice.value for line in lines for choice in line.choices if choice.chosen}
    assert kept == {prompt: choice for prompt, choice in sent.items() if choice != "nowhere"}


@given(st.integers())
def test_both_sides_are_shuffled_and_whole(seed: int) -> None:
    order = KIND.option_order(STRUCTURE, KEY, Random(seed))
    lines = KIND.lines(STRUCTURE, WORDS, order, "answer", None)
    assert sorted(line.id for line in lines) == sorted(STRUCTURE.prompts)
    assert all(sorted(one.value for one in line.choices) == sorted(STRUCTURE.options) for line in lines)


def review(answer: Any) -> Review:
    return KIND.review(STRUCTURE, KEY, WORDS, KIND.ids(STRUCTURE), answer)


def test_the_review_shows_each_right_pair_and_what_was_chosen_instead() -> None:
    seen = review(RIGHT | {"flood": "down"})
    assert [(line.label, line.text, line.given, line.right) for line in seen.lines] == [
        ("Fire at home", "Outside", "Your answer, and it is right", True),
        ("A flood", "Uphill", "Your answer: Into the basement", False),
        ("A gas cloud", "Indoors", "Your answer, and it is right", True),
    ]
    assert seen.whys == ("WHY-FLOOD-UP water runs down.",)
    assert seen.counted == "Rightly matched: 2 of 3"
    assert seen.spare == ("Into the basement",)


def test_nothing_is_counted_where_everything_is_right_or_nothing_was_sent() -> None:
    assert [review(answer).counted for answer in (RIGHT, None)] == ["", ""]


@pytest.mark.parametrize(
    ("prompts", "options", "right"),
    [
        (["a"], ["x"], {"a": "x"}),
        (["a", "b"], ["x"], {"a": "x", "b": "x"}),
        (["a", "b"], ["x", "y"], {"a": "x"}),
        (["a", "b"], ["x", "y"], {"a": "x", "b": "x"}),
        (["a", "b"], ["x", "y"], {"a": "x", "b": "z"}),
        (["a", "b"], ["x", "y"], {"a": "x", "b": "y", "c": "y"}),
        (["a", "a"], ["x", "y"], {"a": "x"}),
        (["a", "b"], ["a", "y"], {"a": "a", "b": "y"}),
        (["a", "b"], list("uvwxyz"), {"a": "x", "b": "y"}),
        (["a", "b"], ["x", "y"], ["x", "y"]),
    ],
)
def test_a_key_that_does_not_fit_is_refused(prompts: list[str], options: list[str], right: Any) -> None:
    with pytest.raises(ValueError, match=r"right|options|prompts"):
        KIND.parse({"prompts": prompts, "options": options}, {"right": right})


@pytest.mark.parametrize("part", ["prompts", "options", "feedback"])
def test_words_for_what_is_not_there_are_refused(part: str) -> None:
    words = MATCHING["words"]["en"]
    with pytest.raises(ValueError, match=f"{part}: unknown nobody"):
        KIND.parse_words(words | {part: words[part] | {"nobody": "Who?"}}, STRUCTURE, KEY)
