"""What a country may write as a value, and what is only wondered at."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.fact_values import LONGEST, doubts_of, fault_of

PHONE, TEXT, NUMBER = "phone", "text", "number"


@pytest.mark.parametrize("value", ["4", "2.5", "٤", "٢٫٥", "900000"])
def test_a_number_is_written_in_digits(value: str) -> None:
    assert fault_of(NUMBER, value) == ""


@pytest.mark.parametrize("value", ["four", "4 l", "", "-4", "4,5,6", "1/2"])
def test_anything_else_is_no_number(value: str) -> None:
    assert fault_of(NUMBER, value)


@given(st.text(alphabet=st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="{}")))
def test_one_line_of_words_is_a_text_unless_it_is_too_long(value: str) -> None:
    assert bool(fault_of(TEXT, value)) == (len(value) > LONGEST)


DOUBTS = [
    ("emergency-number", PHONE, "", "112", 0),
    ("emergency-number", PHONE, "", "+962 6 (112)", 0),
    ("emergency-number", PHONE, "", "112 or 911", 1),
    ("alert-radio", TEXT, "en", "Radio One, 98.5 FM", 0),
    ("alert-radio", TEXT, "en", "Listen to Radio One.", 1),
    ("alert-radio", TEXT, "ar", "Radio One", 1),
    ("alert-radio", TEXT, "ar", "إذاعة Radio One", 0),
    ("alert-radio", TEXT, "en", "الإذاعة الوطنية", 1),
    ("siren-table", TEXT, "en", "a wave: go inside", 1),
    ("siren-table", TEXT, "en", "a wave: go inside; a steady tone: all clear", 0),
    ("siren-table", TEXT, "ar", "متموجة: ادخلوا؛ ثابتة: زال الخطر", 0),
    ("water-per-day", NUMBER, "", "4", 0),
]


@pytest.mark.parametrize(("key", "kind", "language", "value", "count"), DOUBTS)
def test_what_may_not_be_meant_is_wondered_at(key: str, kind: str, language: str, value: str, count: int) -> None:
    assert len(doubts_of(key, kind, language, value)) == count
