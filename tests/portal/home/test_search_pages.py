"""The search page, its suggestions and the glossary over HTTP: public, safe, quick, and nothing kept."""

import json
import logging
from html import unescape
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lessons import pages
from lessons.models import GlossaryTerm, GlossaryText, TopicText
from lessons.search import near_misses
from lessons.search.index import MOST_COUNTED
from lessons.search.indexing import rebuild
from tests.factories import TopicFactory, UserFactory, published_course, published_lesson

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _published() -> None:
    lesson = published_lesson()
    topic = TopicFactory(key="blood", urgent=True)
    for language, name in (("en", "Blood everywhere"), ("ar", "دم كثير")):
        TopicText.objects.create(topic=topic, language=language, name=name)
    lesson.topics.add(topic)
    published_course(lessons=[lesson])
    for key, term in (("aed", "AED"), ("cpr", "CPR"), ("all-clear", "All-clear")):
        row = GlossaryTerm.objects.create(key=key)
        GlossaryText.objects.create(glossary_term=row, language="en", term=term, definition=f"What {term} is.")
    row = GlossaryTerm.objects.get(key="all-clear")
    GlossaryText.objects.create(glossary_term=row, language="ar", term="الأمان", definition="زوال الخطر.")
    rebuild()
    near_misses._vocabulary.cache_clear()


def text_of(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return unescape(response.content.decode())


def test_a_result_leads_to_its_lesson_with_the_words_marked(client: Client) -> None:
    page = text_of(client, "/en/search/?q=severe")
    assert 'href="/en/courses/first-aid/bleeding/"><mark>Severe</mark> bleeding</a>' in page
    assert "First aid" in page


def test_the_answer_is_public_for_a_minute_and_no_cookie_is_set(client: Client) -> None:
    response = client.get("/en/search/?q=severe")
    assert response.headers["Cache-Control"] == "public, max-age=60"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert not response.cookies


def test_a_person_with_a_session_gets_their_own_page(client: Client) -> None:
    client.force_login(UserFactory(display_name="Salma"))
    response = client.get("/en/search/?q=severe")
    assert "private" in response.headers["Cache-Control"]
    assert "Salma" in response.content.decode()


def test_no_question_is_kept_in_a_cache(client: Client) -> None:
    before = len(pages._pages)
    client.get("/en/search/?q=severe")
    assert len(pages._pages) == before
    assert caches["pages"].get(pages._digest("http://testserver/en/search/")) is None


def test_the_log_does_not_say_what_was_searched_for(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    client.get("/en/search/?q=embarrassing")
    told = [str(record.__dict__) for record in caplog.records if record.name == "portal.request"]
    assert told
    assert "embarrassing" not in " ".join(told)


@pytest.mark.parametrize(
    "typed", ["<script>alert(1)</script>", '"><img src=x>', "%00account%01%01x%00", "%00", "%ff%fe"]
)
def test_what_was_typed_is_shown_never_obeyed(client: Client, typed: str) -> None:
    response = client.get(f"/en/search/?q={typed}")
    assert response.status_code == 200
    page = response.content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "\x00" not in page


def test_a_slot_cannot_be_asked_for(client: Client) -> None:
    client.force_login(UserFactory(display_name="Salma"))
    page = client.get("/en/search/?q=%00account%01%01x%00").content.decode()
    assert page.count("Salma") == client.get("/en/search/?q=account").content.decode().count("Salma")


@pytest.mark.parametrize("page", ["0", "-1", "abc", "99999999999", "٣", "2"])
def test_an_impossible_page_is_one_that_is_there(client: Client, page: str) -> None:
    assert client.get("/en/search/", {"q": "severe", "page": page}).status_code == 200


def test_where_nobody_counted_them_all_the_page_says_more_than(client: Client) -> None:
    for number in range(MOST_COUNTED + 1):
        row = GlossaryTerm.objects.create(key=f"word-{number}")
        GlossaryText.objects.create(glossary_term=row, language="en", term=f"Seiche {number}", definition="A wave.")
    rebuild()
    assert "More than 100 results" in text_of(client, "/en/search/?q=seiche")


def test_nothing_found_offers_topics_courses_and_the_emergency_reminder(client: Client) -> None:
    page = text_of(client, "/en/search/?q=photosynthesis")
    assert "Nothing was found for “photosynthesis”" in page
    assert "Blood everywhere" in page
    assert page.count("call your local emergency number first") == 2


def test_an_empty_search_shows_the_field_and_topics(client: Client) -> None:
    page = text_of(client, "/en/search/")
    assert 'name="q"' in page
    assert "Blood everywhere" in page


def test_a_misspelt_word_is_mended_and_the_page_says_so(client: Client) -> None:
    page = text_of(client, "/en/search/?q=seveer")
    assert "Did you mean" in page
    assert "<mark>Severe</mark>" in page


def test_results_in_the_other_language_are_named_as_such(client: Client) -> None:
    page = text_of(client, "/ar/search/?q=severe")
    assert 'lang="en"' in page
    assert "هذه النتائج بالإنجليزية" in page
    assert "/ar/courses/first-aid/bleeding/" in page


def test_the_way_to_the_other_language_keeps_the_question(client: Client) -> None:
    assert "/ar/search/?q=severe" in text_of(client, "/en/search/?q=severe")


def test_a_page_of_results_costs_few_queries(client: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        client.get("/en/search/?q=severe+bleeding")
    assert len(queries) <= 4


def test_suggestions_are_titles_with_their_kind_and_address(client: Client) -> None:
    response = client.get("/en/search/suggest/?q=seve")
    [found] = json.loads(response.content)["suggestions"]
    assert found == {
        "title": "Severe bleeding",
        "kind": "Lesson",
        "url": "/en/courses/first-aid/bleeding/",
        "language": "en",
    }
    assert response.headers["Cache-Control"] == "public, max-age=300"
    assert not response.cookies


def test_suggestions_cost_two_queries(client: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        client.get("/en/search/suggest/?q=seve")
    assert len(queries) == 2


@pytest.mark.parametrize("url", ["/en/search/", "/en/search/suggest/", "/en/glossary/"])
def test_only_reading_is_allowed(client: Client, url: str) -> None:
    assert client.post(url, {"q": "x"}).status_code == 405


def test_the_glossary_is_in_alphabetical_order_under_letters(client: Client) -> None:
    page = text_of(client, "/en/glossary/")
    assert page.index("AED") < page.index("All-clear") < page.index("CPR")
    assert '<h2 id="letter-1">A</h2>' in page
    assert '<div id="all-clear">' in page


def test_an_arabic_term_stands_under_its_letter_without_the_article(client: Client) -> None:
    assert '<h2 id="letter-3">أ</h2>' in text_of(client, "/ar/glossary/")


def test_a_term_that_was_found_leads_to_its_place_in_the_glossary(client: Client) -> None:
    assert 'href="/en/glossary/#cpr"' in text_of(client, "/en/search/?q=cpr")


def test_the_glossary_is_the_same_for_everybody(client: Client) -> None:
    response: Any = client.get("/en/glossary/")
    assert response.headers["Cache-Control"].startswith("public")
    assert not response.cookies
