from hypothesis import given
from hypothesis import strategies as st

from lessons.search.terms import MOST_IN_BODY, counted_terms, terms_of, times_in, title_terms

WORD = st.text("abcdeابتث", min_size=3, max_size=6)


def test_a_term_stands_once_however_often_its_word_does() -> None:
    terms = terms_of(["Burns burn.", "A burn!"]).split()
    assert terms.count("burn") == 1
    assert len(terms) == len(set(terms))


def test_a_title_has_its_words_as_they_are_written_too() -> None:
    assert {"bleed", "bleeding"} <= set(title_terms("Bleeding").split())


def test_arabic_with_and_without_vowel_marks_is_one_term() -> None:
    assert terms_of(["حَرِيق"]) == terms_of(["حريق"])


def test_how_often_a_term_stands_in_a_text_can_be_read_back() -> None:
    counted = counted_terms("burn burn burn child")
    assert [times_in(counted, term) for term in ("burn", "child", "fire")] == [3, 1, 0]


def test_oftener_than_the_most_makes_no_difference() -> None:
    assert times_in(counted_terms("burn " * 40), "burn") == MOST_IN_BODY


def test_a_term_is_not_found_in_a_longer_one() -> None:
    assert times_in(counted_terms("burning"), "ning") == 0


def test_nothing_said_is_nothing_counted() -> None:
    assert (counted_terms(""), counted_terms("… !"), terms_of([])) == ("", "", "")


@given(st.lists(WORD, max_size=12))
def test_every_term_of_a_text_is_counted_and_no_other(said: list[str]) -> None:
    text = " ".join(said)
    assert set(counted_terms(text).split()) == set(terms_of([text]).split())
