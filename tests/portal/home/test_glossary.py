"""The glossary over HTTP: every term with its word in the other language and the lessons that use it."""

from html import unescape
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lessons.glossary import MOST_LESSONS
from lessons.models import GlossaryTerm, GlossaryText, Revision
from tests.factories import published_course, published_lesson

pytestmark = pytest.mark.django_db

TERMS = {"aed": ("AED", "مزيل الرجفان"), "shock": ("Shock", "الصدمة"), "cpr": ("CPR", None)}


@pytest.fixture(autouse=True)
def terms(cold_pages: Path) -> None:
    for key, words in TERMS.items():
        term = GlossaryTerm.objects.create(key=key)
        for language, word in zip(("en", "ar"), words, strict=True):
            if word:
                GlossaryText.objects.create(glossary_term=term, language=language, term=word, definition=f"({word})")


def lessons_that_say(words: str, count: int) -> None:
    html = {"en": f"<h2>Shock</h2><p>{words}</p>"}
    published_course(lessons=[published_lesson(f"lesson-{at}", f"Lesson {at}", html) for at in range(count)])


def entry(key: str, language: str = "en") -> str:
    """The term's part of the page, its spaces made one."""
    response = Client().get(f"/{language}/glossary/")
    assert response.status_code == 200
    page = " ".join(unescape(response.content.decode()).split())
    return page[page.index(f'<div id="{key}"') :].split("</div>", 1)[0]


def test_a_term_has_its_explanation_and_its_word_in_the_other_language() -> None:
    assert '<dt> AED <bdi lang="ar">مزيل الرجفان</bdi> </dt> <dd> (AED) </dd>' in entry("aed")
    assert '<dt> مزيل الرجفان <bdi lang="en">AED</bdi> </dt>' in entry("aed", "ar")


def test_a_term_that_is_not_translated_is_in_its_own_language() -> None:
    told = entry("cpr", "ar")
    assert '<span lang="en" dir="auto">CPR</span> </dt> <dd lang="en" dir="auto"> (CPR) </dd>' in told
    assert told.count("lang=") == 2  # and not of what the page says beside it
    assert "lang=" not in entry("cpr")


def test_a_term_names_the_lessons_that_use_it() -> None:
    lessons_that_say("Fetch the AED.", 1)
    assert '<a href="/en/courses/first-aid/lesson-0/">Lesson 0</a>' in entry("aed")
    assert "<a " not in entry("shock")
    assert "<a " not in entry("aed", "ar")


def test_a_lesson_that_cannot_be_read_is_not_named() -> None:
    lessons_that_say("Fetch the AED.", 1)
    Revision.objects.update(state="superseded")
    assert "<a " not in entry("aed")


def test_of_many_lessons_the_first_are_named_and_the_search_has_the_others() -> None:
    lessons_that_say("Fetch the AED.", MOST_LESSONS + 2)
    told = entry("aed")
    assert told.count("/courses/first-aid/") == MOST_LESSONS
    assert '<a href="/en/search/?q=AED"> 2 more </a>' in told


def test_a_word_that_lessons_use_in_another_sense_names_none() -> None:
    lessons_that_say("A shock, and another.", 1)
    GlossaryText.objects.filter(term="Shock").update(marked=False)
    assert "<a " not in entry("shock")


@pytest.mark.parametrize("count", [1, 7])
def test_the_page_takes_three_queries_and_none_when_warm(count: int) -> None:
    lessons_that_say("Fetch the AED. Start CPR.", count)
    with CaptureQueriesContext(connection) as queries:
        Client().get("/en/glossary/")
    assert len(queries) == 3
    with CaptureQueriesContext(connection) as queries:
        Client().get("/en/glossary/")
    assert len(queries) == 0


@pytest.mark.parametrize("url", ["/en/", "/en/search/?q=zzzz", "/en/topics/"])
def test_other_pages_lead_to_it(url: str) -> None:
    assert 'href="/en/glossary/"' in Client().get(url).content.decode()
