"""Where words stand in a text, and the text with others in their place."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.search.normalising import normalise
from portal.studio.replace.matching import How, Span, form_of, replaced, spans_of

ARABIC = st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهوياأإآؤئءةىـ َُِّْ", max_size=40)
LETTERS = st.text(alphabet="abcABCéÉ ابتأؤئءيو\u064e\u0651\n.", max_size=40)


def found(query: str, text: str, how: How = How.CASE, **fields: bool) -> list[str]:
    return [text[span.start : span.end] for span in spans_of(query, text, how, **fields)]


@pytest.mark.parametrize(
    ("query", "text", "how", "hits"),
    [
        ("press", "Press, press and impress.", How.CASE, ["Press", "press", "press"]),
        ("press", "Press, press and impress.", How.EXACT, ["press", "press"]),
        ("ضغط", "ضَغَطَ على الجرح", How.CASE, []),
        ("ضغط", "ضَغَطَ على الجرح", How.FOLDED, ["ضَغَطَ"]),
        ("إسعاف", "الاسعاف والإسعاف", How.FOLDED, ["اسعاف", "إسعاف"]),
        ("إسعاف", "الاسعاف والإسعاف", How.CASE, ["إسعاف"]),
        ("مسؤول", "المسئول هنا", How.FOLDED, ["مسئول"]),
        ("مدرسه", "في المدرسة", How.FOLDED, ["مدرسة"]),
        ("cafe", "The café.", How.FOLDED, ["café"]),
        ("3", "٣ دقائق", How.FOLDED, ["٣"]),
        ("شيء", "شيء آخر", How.FOLDED, ["شيء"]),
        ("aa", "aaaa", How.CASE, ["aa", "aa"]),
        ("  ", "a  b", How.CASE, []),
        ("nothing", "", How.CASE, []),
    ],
)
def test_words_are_found_as_they_are_to_be_compared(query: str, text: str, how: How, hits: list[str]) -> None:
    assert found(query, text, how) == hits


@pytest.mark.parametrize(
    ("query", "text", "hits"),
    [
        ("press", "Press, impress, pressed.", ["Press"]),
        ("يد", "يد واليد ويده", ["يد"]),
        ("+1", "call +1 now", ["+1"]),
    ],
)
def test_whole_words_are_found_alone(query: str, text: str, hits: list[str]) -> None:
    assert found(query, text, whole_words=True) == hits


@pytest.mark.parametrize(
    "text",
    [
        "Call {fact:emergency-number}.",
        "See [this]({lesson:emergency-number}).",
        "![Hands](emergency-number.webp)",
        "::: emergency-number",
        "https://example.org/emergency-number",
        "Press on the {emergency-number}.",
    ],
)
def test_what_is_no_words_is_left_alone(text: str) -> None:
    assert found("emergency-number", text) == []


def test_words_beside_what_is_no_words_are_found() -> None:
    assert found("hands", "![Hands on a chest](hands.webp) with both hands") == ["Hands", "hands"]


@given(ARABIC)
def test_the_form_is_that_of_the_search_but_for_decomposed_letters(text: str) -> None:
    assert form_of(text, How.FOLDED).replace("يء", "ي") == normalise(text).replace("يء", "ي") or "ء" in text


@given(LETTERS, LETTERS, st.sampled_from(How))
def test_every_hit_compares_equal_and_they_do_not_overlap(query: str, text: str, how: How) -> None:
    spans = spans_of(query, text, how)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert all(form_of(query, how) in form_of(text[span.start : span.end], how) for span in spans)


@given(LETTERS, st.text(alphabet="xyz", max_size=3))
def test_what_is_replaced_exactly_is_not_found_again(text: str, by: str) -> None:
    again = replaced(text, spans_of("ab", text, How.EXACT), "x" + by)
    assert spans_of("ab", again, How.EXACT) == []


@given(LETTERS)
def test_nothing_chosen_changes_nothing(text: str) -> None:
    assert replaced(text, [], "x") == text


def test_places_are_replaced_from_the_end_so_that_the_others_stay_where_they_are() -> None:
    assert replaced("one two one", [Span(0, 3), Span(8, 11)], "three") == "three two three"
