"""Putting steps in order: grading, the form, what is shown before and after."""

from contextlib import suppress
from fractions import Fraction
from itertools import pairwise, permutations
from random import Random
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from quizzes.kinds import kind_named
from quizzes.kinds.base import Review, read_answer
from quizzes.kinds.ordering import out_of_line
from tests.factories import ORDERING
from tests.quizzes.sitting import fields_of

KIND: Any = kind_named("ordering")
STEPS = list("abcdefgh")


def parsed(right: list[Any]) -> tuple[Any, Any]:
    steps = [step for entry in right for step in entry]
    return KIND.parse({"options": sorted(steps)}, {"right": right})


@st.composite
def orders(draw: st.DrawFn) -> tuple[Any, Any, list[str]]:
    """Structure, key with groups, and any answer."""
    steps = draw(st.permutations(STEPS[: draw(st.integers(3, 8))]))
    cuts = draw(st.sets(st.integers(1, len(steps) - 1), min_size=1))
    ends = [0, *sorted(cuts), len(steps)]
    groups = [steps[start:end] for start, end in pairwise(ends)]
    structure, key = parsed([group[0] if len(group) == 1 else group for group in groups])
    return structure, key, draw(st.permutations(steps))


def right_order(key: Any, random: Random) -> list[str]:
    return [step for group in key.right for step in random.sample(group, len(group))]


@pytest.mark.parametrize(
    ("right", "answer", "earned"),
    [
        ("abcd", "abcd", 1),
        ("abcd", "dcba", 0),
        ("abcd", "bacd", Fraction(1, 3)),
        ("abcd", "dabc", Fraction(2, 3)),
        ("abcd", "acbd", 0),
        ("abcde", "abced", Fraction(2, 4)),
        (["a", ["b", "c"], "d"], "acbd", 1),
        (["a", ["b", "c"], "d"], "abcd", 1),
        (["a", ["b", "c"], "d"], "abdc", Fraction(2, 3)),
        (["a", ["b", "c"], "d"], "bcad", 0),
        ([["a", "b"], ["c", "d"]], "badc", 1),
        ([["a", "b"], ["c", "d"]], "cdab", 0),
    ],
)
def test_the_share_of_neighbours_in_the_right_order(right: Any, answer: str, earned: Fraction) -> None:
    structure, key = parsed(list(right))
    assert KIND.grade(structure, key, list(answer)) == earned


@given(orders())
def test_an_order_earns_a_share_and_everything_only_where_it_is_right(case: tuple[Any, Any, list[str]]) -> None:
    structure, key, answer = case
    earned = KIND.grade(structure, key, answer)
    ranks = [key.ranks[step] for step in answer]
    assert 0 <= earned <= 1
    assert (earned == 1) == (ranks == sorted(ranks))


@given(orders(), st.randoms(use_true_random=False))
def test_within_a_group_any_order_is_right(case: tuple[Any, Any, list[str]], random: Random) -> None:
    structure, key, _answer = case
    assert KIND.grade(structure, key, right_order(key, random)) == 1
    assert KIND.grade(structure, key, right_order(key, random), critical=True) == 1


@given(orders(), st.randoms(use_true_random=False))
def test_steps_of_one_group_may_change_places_in_any_answer(case: tuple[Any, Any, list[str]], random: Random) -> None:
    structure, key, answer = case
    shuffled = {rank: random.sample(group, len(group)) for rank, group in enumerate(key.right)}
    other = [shuffled[key.ranks[step]].pop() for step in answer]
    assert KIND.grade(structure, key, other) == KIND.grade(structure, key, answer)


@given(orders())
def test_a_critical_order_is_all_or_nothing(case: tuple[Any, Any, list[str]]) -> None:
    structure, key, answer = case
    earned = KIND.grade(structure, key, answer)
    assert KIND.grade(structure, key, answer, critical=True) == (1 if earned == 1 else 0)


@given(st.permutations(STEPS[:6]), st.data())
def test_joining_two_stretches_that_belong_together_earns_more(answer: list[str], data: st.DataObject) -> None:
    structure, key = parsed(STEPS[:6])
    breaks = [at for at in range(1, 6) if STEPS.index(answer[at]) != STEPS.index(answer[at - 1]) + 1]
    stretches = [answer[start:end] for start, end in zip([0, *breaks], [*breaks, 6], strict=True)]
    fitting = [(one, two) for one, two in permutations(stretches, 2) if ord(two[0]) == ord(one[-1]) + 1]
    if not fitting:
        assert answer == STEPS[:6]
        return
    one, two = data.draw(st.sampled_from(fitting))
    rest = [step for stretch in stretches if stretch not in (one, two) for step in stretch]
    assert KIND.grade(structure, key, [*one, *two, *rest]) > KIND.grade(structure, key, answer)


@given(orders(), st.integers())
def test_what_is_shown_is_never_right_already(case: tuple[Any, Any, list[str]], seed: int) -> None:
    structure, key, _answer = case
    order = KIND.option_order(structure, key, Random(seed))
    assert sorted(order) == sorted(structure.options)
    assert KIND.grade(structure, key, order) < 1


@given(orders())
def test_every_permutation_can_be_sent(case: tuple[Any, Any, list[str]]) -> None:
    structure, _key, answer = case
    assert read_answer(KIND.field(structure), fields_of(answer, ordered=True)) == answer


values = st.text(max_size=50) | st.sampled_from(["", "0", "1", "2", "3", "4", "9", "-1", "١", "1.0", " 1"])


@given(st.lists(values, min_size=3, max_size=3))
def test_whatever_is_sent_is_an_order_or_refused(sent: list[str]) -> None:
    structure, key = parsed(list("abc"))
    data = dict(zip(("answer-a", "answer-b", "answer-c"), sent, strict=True))
    with suppress(ValidationError):
        answer = read_answer(KIND.field(structure), data)
        assert 0 <= KIND.grade(structure, key, answer) <= 1


@pytest.mark.parametrize(
    ("sent", "said", "beside"),
    [
        ({}, ["Put the steps in order, then send them."], {}),
        (
            {"look": "1", "check": "2", "call": "3"},
            ["Some steps have no place yet. Give every step a place."],
            {"press": "Choose a place for this step."},
        ),
        (
            {"look": "1", "check": "2", "call": "2", "press": "4"},
            ["Some steps have the same place. Give every step a place of its own."],
            {"check": "Another step has this place too.", "call": "Another step has this place too."},
        ),
        (
            {"look": "1", "check": "2", "call": "3", "press": "5"},
            ["Some steps have no place yet. Give every step a place."],
            {"press": "Choose a place for this step."},
        ),
    ],
)
def test_what_is_wrong_is_said_above_and_beside(sent: dict[str, str], said: list[str], beside: dict[str, str]) -> None:
    structure, key = KIND.parse(ORDERING["structure"], ORDERING["answer_key"])
    words = KIND.parse_words(ORDERING["words"]["en"], structure, key)
    data = fields_of(sent)
    with pytest.raises(ValidationError) as fault:
        read_answer(KIND.field(structure), data)
    assert fault.value.messages == said
    lines = KIND.lines(structure, words, structure.options, "answer", KIND.typed(structure, data))
    assert {line.id: line.fault for line in lines if line.fault} == beside
    kept = {line.id: choice.value for line in lines for choice in line.choices if choice.chosen}
    assert kept == {step: place for step, place in sent.items() if place != "5"}


def test_who_has_sent_an_order_finds_it_so() -> None:
    structure, key = KIND.parse(ORDERING["structure"], ORDERING["answer_key"])
    words = KIND.parse_words(ORDERING["words"]["en"], structure, key)
    lines = KIND.lines(structure, words, structure.options, "answer", ["call", "look", "press", "check"])
    assert [line.id for line in lines] == ["call", "look", "press", "check"]
    assert [choice.value for line in lines for choice in line.choices if choice.chosen] == ["1", "2", "3", "4"]


def review(answer: Any) -> Review:
    structure, key = KIND.parse(ORDERING["structure"], ORDERING["answer_key"])
    words = KIND.parse_words(ORDERING["words"]["en"], structure, key)
    return KIND.review(structure, key, words, structure.options, answer)


def test_the_review_is_in_the_right_order_with_ones_own_places() -> None:
    lines = review(["call", "look", "check", "press"]).lines
    assert [(line.label, line.id, line.given, line.right) for line in lines] == [
        ("1", "look", "You had it in place 2", False),
        ("\u20662–3\u2069", "call", "You had it in place 1", False),
        ("\u20662–3\u2069", "check", "You had it in its right place", True),
        ("4", "press", "You had it in its right place", True),
    ]


@pytest.mark.parametrize(
    ("answer", "whys", "counted"),
    [
        (["look", "call", "check", "press"], (), ""),
        (["press", "look", "call", "check"], ("WHY-PRESS-LAST after the check.",), "1 of 2"),
        (["call", "check", "look", "press"], ("WHY-LOOK-FIRST two victims help nobody.",), "0 of 2"),
    ],
)
def test_only_steps_that_stand_out_are_explained(answer: list[str], whys: tuple[str, ...], counted: str) -> None:
    seen = review(answer)
    assert (seen.whys, seen.counted[-6:]) == (whys, counted)


@pytest.mark.parametrize(
    ("ranks", "out"),
    [([0, 1, 1, 2], []), ([1, 0, 0, 1], [0]), ([2, 0, 1, 1], [0]), ([1, 1, 0], [2]), ([], [])],
)
def test_steps_of_one_group_stand_in_each_others_way_nowhere(ranks: list[int], out: list[int]) -> None:
    assert out_of_line(ranks) == out


def test_the_review_names_every_step() -> None:
    assert [line.text for line in review(None).lines] == ["Look round", "Check breathing", "Call", "Press"]


def test_without_an_answer_the_review_shows_the_right_order() -> None:
    seen = review(None)
    assert [(line.id, line.given, line.right) for line in seen.lines] == [
        (step, "", False) for step in ("look", "check", "call", "press")
    ]


@given(st.lists(st.integers(0, 5), max_size=8))
def test_without_the_steps_that_stand_out_the_rest_is_in_order(ranks: list[int]) -> None:
    out = out_of_line(ranks)
    rest = [rank for at, rank in enumerate(ranks) if at not in out]
    assert rest == sorted(rest)
    assert bool(out) == (ranks != sorted(ranks))


@pytest.mark.parametrize(
    ("options", "right"),
    [
        (["a", "b"], ["a", "b"]),
        (list("abcdefghi"), list("abcdefghi")),
        (["a", "a", "b"], ["a", "b"]),
        (["a", "b", "c"], ["a", "b"]),
        (["a", "b", "c"], ["a", "b", "c", "z"]),
        (["a", "b", "c"], ["a", "b", ["c", "a"]]),
        (["a", "b", "c"], [["a", "b", "c"]]),
        (["a", "b", "c"], ["a", [], ["b", "c"]]),
        (["a", "b", "c"], "abc"),
        (["a", "b", "c"], {"a": 1}),
    ],
)
def test_a_key_that_does_not_fit_the_steps_is_refused(options: list[str], right: Any) -> None:
    with pytest.raises(ValueError, match=r"right|option"):
        KIND.parse({"options": options}, {"right": right})


def test_feedback_for_a_step_that_is_not_there_is_refused() -> None:
    words = ORDERING["words"]["en"] | {"feedback": {"nobody": "Why?"}}
    structure, key = KIND.parse(ORDERING["structure"], ORDERING["answer_key"])
    with pytest.raises(ValueError, match="feedback: unknown nobody"):
        KIND.parse_words(words, structure, key)
