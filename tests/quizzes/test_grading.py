"""Grading, for every answer that a form can let through."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from quizzes.kinds import KINDS, kind_named
from quizzes.kinds.numbers import parse_number

OPTIONS = ["a", "b", "c", "d", "e"]


@st.composite
def multiple_choice(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any], list[str]]:
    options = OPTIONS[: draw(st.integers(3, 5))]
    right = draw(st.lists(st.sampled_from(options), min_size=1, max_size=len(options) - 1, unique=True))
    answer = draw(st.lists(st.sampled_from(options), unique=True))
    return {"options": options}, {"right": right}, answer


@given(multiple_choice(), st.booleans())
def test_a_share_is_never_below_zero_nor_above_one(
    case: tuple[dict[str, Any], dict[str, Any], list[str]], critical: bool
) -> None:
    kind = kind_named("multiple_choice")
    structure, key = kind.parse(case[0], case[1])
    assert 0 <= kind.grade(structure, key, case[2], critical=critical) <= 1


@given(multiple_choice(), st.booleans())
def test_the_right_options_earn_everything(
    case: tuple[dict[str, Any], dict[str, Any], list[str]], critical: bool
) -> None:
    kind = kind_named("multiple_choice")
    structure, key = kind.parse(case[0], case[1])
    assert kind.grade(structure, key, case[1]["right"], critical=critical) == 1


@given(multiple_choice(), st.randoms())
def test_the_order_of_chosen_options_means_nothing(
    case: tuple[dict[str, Any], dict[str, Any], list[str]], random: Any
) -> None:
    kind = kind_named("multiple_choice")
    structure, key = kind.parse(case[0], case[1])
    shuffled = random.sample(case[2], len(case[2]))
    assert kind.grade(structure, key, shuffled) == kind.grade(structure, key, case[2])


@given(multiple_choice())
def test_choosing_one_more_wrong_option_never_earns_more(
    case: tuple[dict[str, Any], dict[str, Any], list[str]],
) -> None:
    kind = kind_named("multiple_choice")
    structure, key = kind.parse(case[0], case[1])
    wrong = [option for option in case[0]["options"] if option not in case[1]["right"] and option not in case[2]]
    for option in wrong:
        assert kind.grade(structure, key, [*case[2], option]) <= kind.grade(structure, key, case[2])


@given(multiple_choice())
def test_a_critical_question_is_all_or_nothing(case: tuple[dict[str, Any], dict[str, Any], list[str]]) -> None:
    kind = kind_named("multiple_choice")
    structure, key = kind.parse(case[0], case[1])
    earned = kind.grade(structure, key, case[2], critical=True)
    assert earned == (1 if set(case[2]) == set(case[1]["right"]) else 0)


@pytest.mark.parametrize(
    ("answer", "earned"),
    [
        (["a", "b"], Fraction(1)),
        (["a"], Fraction(1, 2)),
        (["a", "c"], Fraction(0)),
        (["a", "b", "c"], Fraction(1, 2)),
        (["c"], Fraction(0)),
    ],
)
def test_hits_less_false_alarms_over_right_options(answer: list[str], earned: Fraction) -> None:
    kind = kind_named("multiple_choice")
    structure, key = kind.parse({"options": ["a", "b", "c"]}, {"right": ["a", "b"]})
    assert kind.grade(structure, key, answer) == earned


@given(st.sampled_from(OPTIONS), st.sampled_from(OPTIONS))
def test_one_right_answer_is_right_only_where_it_is_the_key(right: str, answer: str) -> None:
    kind = kind_named("single_choice")
    structure, key = kind.parse({"options": OPTIONS}, {"right": right})
    assert kind.grade(structure, key, answer) == (right == answer)


@given(st.booleans(), st.sampled_from(["true", "false"]))
def test_a_statement_is_right_only_where_it_is_the_key(right: bool, answer: str) -> None:
    kind = kind_named("true_false")
    structure, key = kind.parse({}, {"right": right})
    assert kind.grade(structure, key, answer) == ((answer == "true") == right)


numbers = st.decimals(min_value=-1000, max_value=1000, places=2, allow_nan=False)


@given(numbers, numbers, numbers, st.booleans())
def test_a_number_earns_everything_exactly_within_its_range(
    low: Decimal, high: Decimal, answer: Decimal, critical: bool
) -> None:
    low, high = sorted((low, high))
    kind = kind_named("numerical")
    structure, key = kind.parse({}, {"right": {"min": low, "max": high}})
    assert kind.grade(structure, key, str(answer), critical=critical) == (low <= answer <= high)


@pytest.mark.parametrize(
    ("answer", "critical", "earned"),
    [("5", False, 1), ("6", False, 1), ("4", False, 0.5), ("7", False, 0.5), ("3.9", False, 0), ("4", True, 0)],
)
def test_a_number_nearby_earns_half_unless_it_is_critical(answer: str, critical: bool, earned: float) -> None:
    kind = kind_named("numerical")
    structure, key = kind.parse({}, {"right": {"min": 5, "max": 6}, "near": {"min": 4, "max": 7}})
    assert kind.grade(structure, key, answer, critical=critical) == earned


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("5", "5"),
        (" 5.5 ", "5.5"),
        ("5,5", "5.5"),
        ("٥", "5"),
        ("٥٫٥", "5.5"),
        ("۱۱۰", "110"),
        ("١٬٠٠٠", "1000"),
        ("1,000", "1000"),
        ("0,125", "0.125"),
        ("-2", "-2"),
        ("−2", "-2"),
        ("1 000", "1000"),
        ("\u200f٣٠\u200e", "30"),
    ],
)
def test_a_number_is_read_in_any_digits(typed: str, meant: str) -> None:
    assert parse_number(typed) == Decimal(meant)


@pytest.mark.parametrize("typed", ["", "five", "5 cm", "1/2", "1e9", "NaN", "Infinity", "5..5", "9" * 30, "5–6", "--5"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="no number"):
        parse_number(typed)


@given(st.text(max_size=50))
def test_reading_a_number_gives_a_finite_number_or_refuses(typed: str) -> None:
    try:
        number = parse_number(typed)
    except ValueError:
        return
    assert number.is_finite()


@pytest.mark.parametrize(
    ("kind", "structure", "key"),
    [
        ("single_choice", {"options": ["a", "b", "c"]}, {"right": "z"}),
        ("single_choice", {"options": ["a", "b"]}, {"right": "a"}),
        ("single_choice", {"options": ["a", "a", "b"]}, {"right": "a"}),
        ("single_choice", {"options": ["a", "b", "c", "d", "e", "f"]}, {"right": "a"}),
        ("single_choice", {"options": ["a", "b", "c"], "extra": 1}, {"right": "a"}),
        ("multiple_choice", {"options": ["a", "b", "c"]}, {"right": ["a", "b", "c"]}),
        ("multiple_choice", {"options": ["a", "b", "c"]}, {"right": []}),
        ("multiple_choice", {"options": ["a", "b", "c"]}, {"right": ["a", "a"]}),
        ("true_false", {}, {"right": "yes"}),
        ("numerical", {}, {"right": {}}),
        ("numerical", {}, {"right": {"min": 6, "max": 5}}),
        ("numerical", {}, {"right": {"min": 5, "max": 6}, "near": {"min": 5.5, "max": 7}}),
    ],
)
def test_a_key_that_does_not_fit_its_structure_is_refused(
    kind: str, structure: dict[str, Any], key: dict[str, Any]
) -> None:
    with pytest.raises((ValidationError, ValueError)):
        kind_named(kind).parse(structure, key)


def test_every_kind_is_registered_under_its_own_name() -> None:
    assert all(kind.name == name for name, kind in KINDS.items())
