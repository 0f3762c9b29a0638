import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.search.near_misses import Vocabulary, changes, on_other_keyboard

ENGLISH = {"bleeding": 9, "breathing": 5, "seizure": 2, "fire": 8, "fever": 1}
WORDS = Vocabulary(ENGLISH | {"زلزال": 3, "صفاره": 2, "نزيف": 4})


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("bleding", "bleeding"),
        ("siezure", "seizure"),
        ("fier", "fire"),
        ("زلزل", "زلزال"),
        ("زلظال", "زلزال"),
        ("نزيق", "نزيف"),
    ],
)
def test_a_word_spelt_nearly_so_is_understood(typed: str, meant: str) -> None:
    assert WORDS.nearest(typed) == meant


@pytest.mark.parametrize("typed", ["elephant", "xq", "قلم", "zzzzzzzz", "fervor", "نزيهوف"])
def test_a_word_that_is_like_none_is_not_guessed(typed: str) -> None:
    assert WORDS.nearest(typed) is None


def test_letters_swapped_with_the_next_are_one_change() -> None:
    assert changes("fier", "fire") == 1


def test_a_letter_that_sounds_alike_is_half_a_change() -> None:
    assert changes("فيظان", "فيضان") == 0.5


@given(st.text(max_size=8), st.text(max_size=8))
def test_changes_are_the_same_both_ways(one: str, other: str) -> None:
    assert changes(one, other) == changes(other, one)


@given(st.text(max_size=8))
def test_a_word_needs_no_change_to_be_itself(word: str) -> None:
    assert changes(word, word) == 0


@pytest.mark.parametrize(
    ("typed", "language", "meant"), [("hgpvdr", "ar", "الحريق"), ("بهقث", "en", "fire"), ("سهقثى", "en", "siren")]
)
def test_the_same_keys_on_the_other_keyboard(typed: str, language: str, meant: str) -> None:
    assert on_other_keyboard(typed, language) == meant
