"""When two spellings are one, in Arabic and English."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quizzes.kinds.spellings import is_near, normal

ALPHABET = "اأإآٱبتةهىيئءؤوكکالـًَُِّْ٠١۲۳aAbBéÉñøſßİ.,-'’ʼ_/ \u200f\u00a0\ufdfa\ufefb123 the an a"
texts = st.text(max_size=40) | st.text(st.sampled_from(ALPHABET), max_size=40)
words = st.text(st.sampled_from("ابجدهوزabcdefgh"), min_size=5, max_size=12)


@given(texts)
@example("الthe cord")
def test_the_one_form_of_a_text_is_its_own(text: str) -> None:
    assert normal(normal(text)) == normal(text)


@pytest.mark.parametrize(
    "spellings",
    [
        ("العاصبة", "عاصبة", "عاصبه", "العَاصِبَة", "عاصـــبة", " «عاصبة»! "),
        ("إسعافات أولية", "الإسعافات الأولية", "اسعافات اوليه", "أسعافات  أُوليّة"),
        ("مستشفى", "المستشفي", "مستشفى."),
        ("مسؤول", "مسئول"),
        ("الألعاب", "العاب", "ألعاب"),
        ("١١٢", "112", "۱۱۲"),
        ("tourniquet", "A Tourniquet", "the  TOURNIQUET.", "Tourniquét"),
        ("cell broadcast", "Cell-Broadcast", "the cell broadcast"),
        ("person's side", "the person’s side", "person side"),
        ("vitamin A", "Vitamin a", "the vitamin A"),
        ("بث", "البث"),
        ("دم", "الدم", "الدّم"),
        ("ألم", "الألم"),
    ],
)
def test_what_people_write_in_many_ways_is_one(spellings: tuple[str, ...]) -> None:
    assert len({normal(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ألم", "م"),
        ("الله", "له"),
        ("a", ""),
        ("heart", "hearth"),
        ("5 cm", "6 cm"),
        ("لا", "ال"),
        ("person's side", "persons side"),
        ("vitamin A", "vitamin"),
        ("class A", "class B"),
        ("class A", "class"),
    ],
)
def test_what_differs_stays_different(one: str, other: str) -> None:
    assert normal(one) != normal(other)


@pytest.mark.parametrize("text", ["", "  ", "…", "+%!", "\u200f", "ـــ", "\u064b"])
def test_what_has_no_letter_and_no_digit_is_nothing(text: str) -> None:
    assert normal(text) == ""


@pytest.mark.parametrize(
    ("typed", "wanted", "near"),
    [
        ("torniquet", "tourniquet", True),
        ("touurniquet", "tourniquet", True),
        ("tourniqeut", "tourniquet", True),
        ("tournaquet", "tourniquet", True),
        ("tornikuet", "tourniquet", False),
        ("cel broadcast", "cell broadcast", False),
        ("cell broadcst", "cell broadcast", True),
        ("broadcst", "cell broadcast", False),
        ("cell", "cell broadcast", False),
        ("cell broadcast", "cell", False),
        ("tournqiuet", "tourniquet", True),
        ("abcxyzde", "abzyxcde", False),
        ("barn", "burn", False),
        ("e0007", "e0008", False),
        ("عاصية", "عاصبه", False),
        ("عاصيه", "عاصبه", True),
    ],
)
def test_one_slip_in_a_longer_word_is_near(typed: str, wanted: str, near: bool) -> None:
    assert is_near(typed, wanted) is near


@given(words, st.data())
def test_any_one_slip_is_forgiven(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("xyzسشص"))
    slips = [
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
    ]
    assert [is_near(slip, word) for slip in slips] == [True] * 4


@given(words)
def test_two_letters_at_the_end_are_no_slip(word: str) -> None:
    assert not is_near(f"{word}xy", word)


@pytest.mark.parametrize(
    ("text", "form"),
    [("The person’s side", "person side"), ("the", "the"), ("An A", "a"), ("الإسعافات، أولًا!", "اسعافات اولا")],
)
def test_the_one_form_is_plain_words_with_a_space_between(text: str, form: str) -> None:
    assert normal(text) == form
