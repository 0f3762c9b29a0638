"""The first minute card: what its words may be."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from lessons.first_minute import LONGEST, check_agreement, check_card, check_line, lines_of

THREE = "Press hard.\nCall {fact:emergency-number}.\nDo not let go."


def test_a_card_of_plain_lines_is_taken() -> None:
    check_card(THREE)


def test_no_lines_are_no_card() -> None:
    check_card(" \n")


@pytest.mark.parametrize("count", [1, 2, 6])
def test_a_card_has_three_to_five_lines(count: int) -> None:
    with pytest.raises(ValidationError, match=f"3 to 5 lines, and this has {count}"):
        check_card("Press.\n" * count)


def test_a_line_is_short() -> None:
    check_line("x" * LONGEST)
    with pytest.raises(ValidationError, match="has 91 characters"):
        check_line("x" * (LONGEST + 1))


@pytest.mark.parametrize(
    "line",
    [
        "**Press** hard.",
        "- Press hard.",
        "1. Press hard.",
        "[Press](lesson:LS-1)",
        "<b>Press</b>",
        "# Press",
        "{fact:X Y}",
    ],
)
def test_a_line_is_plain_words_and_facts(line: str) -> None:
    with pytest.raises(ValidationError, match="more than plain words"):
        check_line(line)


@pytest.mark.parametrize("line", ["Count 100–120 a minute.", "10 seconds at most.", "اضغطوا 5–7 سم فوق الجرح."])
def test_numbers_are_plain_words(line: str) -> None:
    assert check_line(line) == line


def test_everything_wrong_with_a_card_is_said_at_once() -> None:
    with pytest.raises(ValidationError) as refused:
        check_card(f"*Press*\n{'x' * 91}")
    assert len(refused.value.messages) == 3


def test_every_language_has_as_many_lines() -> None:
    check_agreement([3, 3])
    with pytest.raises(ValidationError, match="same number of lines"):
        check_agreement([3, 4])


@given(st.lists(st.text(st.characters(whitelist_categories=("L", "Nd")), min_size=1, max_size=LONGEST), max_size=8))
def test_lines_come_back_as_they_were_stored(lines: list[str]) -> None:
    assert lines_of("\n".join(f"  {line} " for line in lines)) == lines
