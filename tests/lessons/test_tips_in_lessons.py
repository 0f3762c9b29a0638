"""Terms in a lesson's page: marked and explained below, for everybody and without a script; never in a question."""

from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lessons import stamp
from lessons.models import GlossaryTerm, GlossaryText, LocalFact, LocalFactText, Revision
from tests.factories import SINGLE, check_of, published_course, published_lesson

pytestmark = pytest.mark.django_db

LESSON = "/en/courses/first-aid/press/"
HTML = {
    "en": '<h2 id="part-what">A tourniquet</h2><p>Call {fact:number}. A tourniquet stops blood.</p>',
    "ar": "<p>اتصلوا على {fact:number}، وضعوا العاصبة على الساق.</p>",
}


@pytest.fixture(autouse=True)
def _published(cold_pages: Path) -> None:
    """A lesson with a term and a fact, in pages that nobody has opened yet."""
    lesson = published_lesson("press", "Press", HTML)
    check_of(lesson, [SINGLE])
    published_course(lessons=[lesson], final={})
    term = GlossaryTerm.objects.create(key="tourniquet")
    words = {"en": ("Tourniquet", "A strap that stops <blood>."), "ar": ("العاصبة", "رباط يوقف النزيف.")}
    for language, (name, definition) in words.items():
        GlossaryText.objects.create(glossary_term=term, language=language, term=name, definition=definition)
    fact = LocalFact.objects.create(key="number", kind="text")
    LocalFactText.objects.create(fact=fact, language="en", label="number", default="the tourniquet line")
    LocalFactText.objects.create(fact=fact, language="ar", label="number", default="رقم الطوارئ")


def text_of(url: str) -> str:
    response = Client().get(url)
    assert response.status_code == 200
    return unescape(response.content.decode())


def test_the_first_use_leads_to_its_explanation_below() -> None:
    page = text_of(LESSON)
    assert '<h2 id="part-what">A tourniquet</h2>' in page
    assert 'A <a class="word" href="#word-tourniquet">tourniquet</a> stops blood.' in page
    assert page.index("Words in this lesson") < page.index('<div id="word-tourniquet">')
    assert "A strap that stops <blood>." in page


def test_a_definition_is_text_and_no_markup() -> None:
    assert "stops &lt;blood&gt;." in Client().get(LESSON).content.decode()


def test_the_country_s_own_words_are_no_terms() -> None:
    assert "<bdi>the tourniquet line</bdi>" in text_of(LESSON)


def test_arabic_has_its_own_words() -> None:
    page = text_of("/ar/courses/first-aid/press/")
    assert '<a class="word" href="#word-tourniquet">العاصبة</a>' in page
    assert "كلمات في هذا الدرس" in page


def test_a_lesson_in_another_language_has_the_words_of_its_text() -> None:
    Revision.objects.filter(text__language="ar").update(state="superseded")
    page = text_of("/ar/courses/first-aid/press/")
    assert '<dl class="glossary" lang="en" dir="ltr">' in page
    assert "A strap that stops" in page


def test_a_lesson_without_terms_has_no_list() -> None:
    GlossaryTerm.objects.all().delete()
    page = text_of(LESSON)
    assert "Words in this lesson" not in page
    assert 'class="word"' not in page


def test_a_word_that_is_also_used_in_another_sense_is_not_marked() -> None:
    GlossaryText.objects.update(marked=False)
    assert 'class="word"' not in text_of(LESSON)


def test_a_question_is_left_alone() -> None:
    GlossaryText.objects.filter(language="en").update(term="Press hard")
    page = text_of(f"{LESSON}quiz/")
    assert "Press hard" in page
    assert 'class="word"' not in page


def test_a_changed_explanation_is_seen_at_once(django_capture_on_commit_callbacks: Any) -> None:
    text_of(LESSON)
    GlossaryText.objects.filter(language="en").update(definition="A wide strap.")
    with django_capture_on_commit_callbacks(execute=True):
        stamp.touch()
    assert "A wide strap." in text_of(LESSON)


def test_a_page_with_facts_and_terms_takes_no_more_queries_than_before() -> None:
    with CaptureQueriesContext(connection) as queries:
        text_of(LESSON)
    assert len(queries) == 4
    with CaptureQueriesContext(connection) as queries:
        text_of(LESSON)
    assert len(queries) == 0
