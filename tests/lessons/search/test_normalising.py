"""One form for what is written in many, whatever the text; words keep their place in the original."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.search.normalising import TATWEEL, normalise, words
from lessons.search.stemming import stem, stems

ARABIC = st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهويءأإآؤئىة ", max_size=30)
ANY = st.text(max_size=40)
SAME = [
    ("إسعافات", "اسعافات"),
    ("مسؤول", "مسئول"),
    ("شدّ", "شد"),
    ("هٰذا", "هذا"),
    ("زلـــزال", "زلزال"),
    ("ﻻ", "لا"),
    ("ﺣﺮﻳﻖ", "حريق"),
    ("کیس", "كيس"),
    ("صفّارة", "صفاره"),
    ("مبنى", "مبني"),
    ("طوارئ", "طوارىء"),
    ("٧٢", "72"),
    ("۷۲", "72"),
    ("\u2067حريق\u2069", "حريق"),
    ("Évacuation", "evacuation"),
    ("FIRE", "fire"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_spellings_of_one_word_are_the_same(one: str, other: str) -> None:
    assert normalise(one) == normalise(other)


@pytest.mark.parametrize(("one", "other"), [("حرم", "هرم"), ("ضل", "ظل"), ("سم", "صم")])
def test_letters_that_make_another_word_stay_apart(one: str, other: str) -> None:
    assert normalise(one) != normalise(other)


@given(ANY)
def test_normalising_again_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(ARABIC, st.sampled_from([TATWEEL, "\u064e", "\u0651", "\u0670", "\u0640\u064f", "\u200f"]))
def test_marks_and_tatweel_make_no_difference(text: str, mark: str) -> None:
    decorated = "".join(letter + mark if letter != " " else letter for letter in text)
    assert normalise(decorated) == normalise(text)


@given(st.text(alphabet="0123456789", min_size=1, max_size=8))
def test_kinds_of_digits_make_no_difference(number: str) -> None:
    eastern, persian = (number.translate(str.maketrans("0123456789", to)) for to in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"))
    assert normalise(eastern) == normalise(persian) == number


@given(ANY)
def test_every_word_is_what_stands_in_its_place(text: str) -> None:
    for word in words(text):
        assert word.form in {inner.form for inner in words(text[word.start : word.end])}


@given(ANY)
def test_words_come_in_order_and_never_overlap_by_half(text: str) -> None:
    places = list(dict.fromkeys((word.start, word.end) for word in words(text)))
    assert all(one[1] <= other[0] for one, other in pairwise(places))


@given(ANY)
def test_a_stem_is_never_empty(text: str) -> None:
    assert all(all(stems(word.form)) for word in words(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("الحريق", "حريق"),
        ("والحريق", "حريق"),
        ("بالحريق", "حريق"),
        ("للحريق", "حريق"),
        ("كالحريق", "حريق"),
        ("فالحريق", "حريق"),
        ("الالغام", "الغام"),
        ("صفارات", "صفاره"),
        ("سيارتكم", "سيارة"),
        ("صفارتها", "الصفارة"),
        ("حقيبتكم", "حقيبة"),
        ("فيضانات", "فيضان"),
        ("الدم", "دم"),
        ("bleeding", "bleed"),
        ("sirens", "siren"),
        ("collapsed", "collapse"),
        ("choking", "choke"),
        ("stopped", "stop"),
        ("injuries", "injury"),
        ("evacuation", "evacuate"),
        ("breathing", "breathe"),
    ],
)
def test_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert stem(normalise(one)) == stem(normalise(other))


@pytest.mark.parametrize(("one", "other"), [("وادي", "الوادي"), ("كهرباء", "بالكهرباء")])
def test_a_letter_that_may_be_a_prefix_is_cut_beside_the_word_not_instead(one: str, other: str) -> None:
    assert set(stems(normalise(one))) & set(stems(normalise(other)))


@pytest.mark.parametrize("word", ["bleed", "need", "ring", "glass", "virus", "ماء", "دخان", "بالغ"])
def test_a_word_that_only_looks_like_a_form_is_left_alone(word: str) -> None:
    assert stem(normalise(word)) == normalise(word)
