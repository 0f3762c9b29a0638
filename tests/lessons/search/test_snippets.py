"""What is shown of a result: the words as they are written, marked, safe."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from lessons.search.normalising import words
from lessons.search.snippets import LENGTH, marked, snippet
from lessons.search.stemming import stem


def wanted(text: str) -> set[str]:
    return {stem(word.form) for word in words(text)}


def test_the_word_is_marked_as_it_is_written() -> None:
    assert marked("صوت الصَّفّارة عالٍ", wanted("صفارة")) == "صوت <mark>الصَّفّارة</mark> عالٍ"


def test_other_forms_of_the_word_are_marked_too() -> None:
    shown = marked("It bleeds; bleeding stops.", wanted("bleed"))
    assert shown == "It <mark>bleeds</mark>; <mark>bleeding</mark> stops."


def test_markup_in_a_text_is_shown_not_obeyed() -> None:
    shown = marked("<b>fire</b> & <script>", wanted("fire"))
    assert shown == "&lt;b&gt;<mark>fire</mark>&lt;/b&gt; &amp; &lt;script&gt;"


def test_the_piece_shown_holds_the_word() -> None:
    text = "Nothing here. " * 40 + "\nThen comes a tourniquet above the wound. " + "More. " * 60
    assert "<mark>tourniquet</mark>" in snippet(text, wanted("tourniquet"))


def test_the_piece_shown_is_cut_between_words() -> None:
    shown = snippet("alpha beta gamma delta " * 60, wanted("delta"))
    assert set(re.sub("</?mark>|…", "", shown).split()) == {"alpha", "beta", "gamma", "delta"}


def test_without_the_word_the_beginning_is_shown() -> None:
    assert snippet("Cool the burn with water.", wanted("fire")) == "Cool the burn with water."


@given(st.text(max_size=60), st.text(max_size=20))
def test_marks_change_nothing_of_the_text(text: str, typed: str) -> None:
    shown = marked(text, wanted(typed)).replace("<mark>", "").replace("</mark>", "")
    assert unescape(shown) == unescape(str(marked(text, set())))


@given(st.text(alphabet="ab <>&\nحري", max_size=600), st.text(alphabet="ab حري", max_size=5))
def test_a_piece_is_never_long(text: str, typed: str) -> None:
    shown = unescape(re.sub("</?mark>", "", snippet(text, wanted(typed)))).replace(" · ", "\n")
    assert len(shown) <= LENGTH + len("…  …")
