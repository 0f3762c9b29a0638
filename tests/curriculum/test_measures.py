"""What the curriculum is measured with says what a person would say of a few plain texts."""

from decimal import Decimal

import pytest

from lessons.reading_level import grade, syllables_of
from portal.exchange.survey import words_in
from tests.curriculum.numbers import in_digits, missing


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("5–6 cm, 100–120 a minute", {5, 6, 100, 120}),
        ("٥–٦ سم", {5, 6}),
        ("30 : 2", {30, 2}),
        ("4.5 hours", {Decimal("4.5")}),
        ("٤٫٥ ساعات", {Decimal("4.5")}),
        ("1,000 people", {1000}),
        ("1. Call", {1}),
        ("no number", set()),
    ],
)
def test_a_number_is_the_same_in_digits_of_any_script(text: str, numbers: set[Decimal]) -> None:
    assert in_digits(text) == numbers


@pytest.mark.parametrize(
    ("text", "other", "language"),
    [
        ("2 breaths", "نفَسين", "ar"),
        ("2 minutes", "كل دقيقتين", "ar"),
        ("3 fingers", "بثلاث أصابع", "ar"),
        ("50 years", "في الخمسين", "ar"),
        ("نفَسان: 2", "two breaths", "en"),
        ("1 علامة", "one sign", "en"),
    ],
)
def test_what_one_language_writes_in_words_is_not_missing(text: str, other: str, language: str) -> None:
    assert not missing(text, other, language)


def test_a_number_that_the_other_language_does_not_say_is_missing() -> None:
    assert missing("20 minutes, 3 times", "10 دقائق", "ar") == ["3", "20"]
    assert missing("٢٠ دقيقة", "many minutes", "en") == ["20"]


@pytest.mark.parametrize(
    ("word", "count"),
    [("call", 1), ("breathe", 1), ("pressed", 1), ("wanted", 2), ("table", 2), ("emergency", 4), ("AED", 3)],
)
def test_syllables_are_counted_as_they_are_spoken(word: str, count: int) -> None:
    assert syllables_of(word) == count


def test_a_grade_is_what_the_formula_says() -> None:
    """Six words of one syllable in one sentence, then twice as many words of three syllables."""
    assert grade(["The cat sat on the mat."]) == pytest.approx(0.39 * 6 + 11.8 - 15.59)
    assert grade(["Emergency ambulance.", "Ambulance emergency."]) == pytest.approx(0.39 * 2 + 11.8 * 3.5 - 15.59)


def test_words_are_counted_without_what_is_said_of_pictures() -> None:
    assert words_in('## Two words\n\n![not counted at all](figures/a.svg "a caption")\n\n- **one** · 2\n') == 6
