"""What search says beside its results, and that nothing typed can make it fail."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lessons.search.searching import A_PAGE, MOST, search
from lessons.search.suggesting import suggestions

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("everything")]

TYPED = st.characters(exclude_characters="\x00", codec="utf-8")
HOSTILE = [
    "",
    " ",
    "a",
    "x" * 1000,
    "fire " * 300,
    '"',
    "fire*",
    "fire NEAR/2 smoke",
    'title_terms : fire OR "',
    "fire AND (smoke",
    "^fire",
    "fire' OR 1=1; DROP TABLE lessons_searchdocument; --",
    "fire & | ! <-> smoke:*",
    "\\'fire\\'",
    "%s %(x)s %",
    "the of and",
    "في من على",
    "🔥🚒",
    "\u202efire\u202c",
    "{fact:emergency-number}",
    "<script>alert(1)</script>",
    "ﷺ",
    "ـــ",
    "\u0651",
    "١",
    "0" * 50,
    "1e5 5-6 a@b.c http://x.y/z",
    "ERE",  # near to a word that says nothing
]


@pytest.mark.parametrize("typed", HOSTILE)
@pytest.mark.parametrize("language", ["ar", "en"])
def test_nothing_typed_makes_it_fail(typed: str, language: str) -> None:
    assert search(typed, language).typed == typed
    suggestions(typed, language)


@given(st.text(alphabet=TYPED, max_size=60), st.sampled_from(["ar", "en"]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)
def test_no_text_makes_it_fail(typed: str, language: str) -> None:
    found = search(typed, language)
    assert len(found.results) <= A_PAGE
    assert len(suggestions(typed, language)) <= 7


@pytest.mark.parametrize("typed", ["", "a", "the of and", "في من على", "🔥"])
def test_what_says_nothing_is_not_searched_for(typed: str) -> None:
    found = search(typed, "en")
    assert (found.asked, found.results) == (False, ())


def test_what_no_text_has_finds_nothing() -> None:
    found = search("photosynthesis", "en")
    assert (found.asked, found.results, found.meant) == (True, (), "")


def test_operators_are_words_like_others() -> None:
    assert [one.key for one in search('fire* "smoke', "en").results][:1] == ["fire"]


def test_a_misspelt_word_is_named_as_the_texts_write_it() -> None:
    assert search("صفارت", "ar").meant == "صفّارة"


def test_words_of_which_no_text_has_all_find_some_of_them() -> None:
    found = search("earthquake photosynthesis", "en")
    assert (found.any_word, found.results[0].key) == (True, "earthquake")


def test_results_in_the_other_language_lead_to_the_same_in_the_readers_own() -> None:
    found = search("tourniquet", "ar")
    assert (found.language, found.results[0].key) == ("en", "LS-9")
    assert found.results[0].twin is not None
    assert found.results[0].twin.title == "العاصبة لوقف النزيف"


def test_a_page_beyond_the_last_is_the_last() -> None:
    last = search("the fire water call", "en", page=10_000)
    assert last.page == max(1, last.pages) <= MOST // A_PAGE


def test_pages_hold_each_result_once() -> None:
    first = search("call", "en")
    keys = [(one.kind, one.key) for page in range(1, first.pages + 1) for one in search("call", "en", page).results]
    assert len(keys) == len(set(keys)) == min(first.total, MOST) > A_PAGE


def test_suggestions_have_the_beginning_of_a_word_in_their_title() -> None:
    assert [row.title for row in suggestions("bleedi", "en")][:2] == [
        "Severe bleeding",
        "Severe bleeding: pressure and packing",
    ]


def test_suggestions_follow_the_letters_typed_not_the_page() -> None:
    assert [row.title for row in suggestions("نزي", "en")][:1] == ["نزيف شديد"]


def test_one_letter_suggests_nothing() -> None:
    assert suggestions("f", "en") == []
