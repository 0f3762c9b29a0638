"""Pages of topics: the first minute card first, the same for everybody, in both languages."""

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lessons.models import CallWhen, LocalFact, LocalFactText, LocalFactValue, Source, Topic, TopicSource
from lessons.topics import topic_page, topic_tiles
from tests.factories import TopicFactory, published_course, published_lesson, topic_with_card

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cold_pages")]

TOPIC = "/en/topics/bleeding/"
PUBLIC = [TOPIC, "/ar/topics/bleeding/", "/en/topics/", "/ar/topics/"]


@pytest.fixture
def emergency_number() -> LocalFact:
    fact = LocalFact.objects.create(key="emergency-number", kind="phone")
    for language, default in (("en", "your local emergency number"), ("ar", "رقم الطوارئ في بلدكم")):
        LocalFactText.objects.create(fact=fact, language=language, label=language, default=default)
    return fact


@pytest.fixture
def topic(emergency_number: LocalFact) -> Topic:
    """A topic with a card, two sources, a lesson of its own and a related topic with another."""
    topic = topic_with_card(urgent=True)
    related = topic_with_card("collapse", "Someone collapsed", urgent=True)
    topic.related.add(related)
    lessons = [published_lesson(), published_lesson("adult-cpr", "Adult CPR")]
    lessons[0].topics.add(topic)
    lessons[1].topics.add(related)
    published_course(lessons=lessons)
    for position, key in enumerate(("ERC21", "WHO25")):
        source = Source.objects.create(key=key, title=f"{key} title", publisher="WHO", year=2025)
        TopicSource.objects.create(topic=topic, source=source, position=position)
    return topic


def text_of(url: str) -> str:
    response = Client().get(url)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.usefixtures("topic")
@pytest.mark.parametrize("url", PUBLIC)
def test_a_page_is_the_same_for_everybody_and_kept(url: str) -> None:
    response = Client().get(url)
    assert not response.cookies
    assert response.headers["Cache-Control"].startswith("public, max-age=60")
    with CaptureQueriesContext(connection) as queries:
        assert Client().get(url).content == response.content
    assert len(queries) == 0


@pytest.mark.usefixtures("topic")
@pytest.mark.parametrize(("url", "most"), [(TOPIC, 4), ("/ar/topics/bleeding/", 4), ("/en/topics/", 1)])
def test_a_cold_page_takes_few_queries(url: str, most: int, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(most):
        assert Client().get(url).status_code == 200


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_card_says_its_lines_in_order_in_the_readers_language(topic: Topic, language: str) -> None:
    text = text_of(f"/{language}/topics/bleeding/")
    lines = topic.texts.get(language=language).first_minute.splitlines()
    places = [text.index(line.split("{")[0].rstrip()) for line in lines]
    assert places == sorted(places)


@pytest.mark.usefixtures("topic")
def test_without_a_number_of_the_country_the_card_says_so_and_calls_nobody() -> None:
    text = text_of(TOPIC)
    assert "Call <bdi>your local emergency number</bdi> on speaker." in text
    assert "tel:" not in text


@pytest.mark.usefixtures("topic")
def test_the_number_of_the_country_is_in_the_card_and_can_be_called(emergency_number: LocalFact) -> None:
    LocalFactValue.objects.create(fact=emergency_number, value="99 8", state="published", published_at=timezone.now())
    text = text_of(TOPIC)
    assert "Call <bdi>99 8</bdi> on speaker." in text
    assert 'href="tel:998"' in text


CONDITIONS = {
    "outside": "Once you are outside:",
    "outside_or_trapped": "Once you are outside, or trapped:",
    "far_away": "Only from far away:",
    "from_safety": "Once you are safe:",
    "life_in_danger": "Only if a life is in danger:",
}


@pytest.mark.parametrize("when", CallWhen.values)
def test_the_button_says_first_when_the_number_may_be_called(
    topic: Topic, emergency_number: LocalFact, when: str
) -> None:
    Topic.objects.filter(pk=topic.pk).update(call_when=when)
    LocalFactValue.objects.create(fact=emergency_number, value="998", state="published", published_at=timezone.now())
    button = re.search(r'href="tel:998">(.*?)</a>', text_of(TOPIC), re.DOTALL)
    assert button is not None
    words = " ".join(re.sub(r"<svg.*?</svg>|<[^>]+>", " ", button[1], flags=re.DOTALL).split())
    assert words == f"{CONDITIONS.get(when, '')} Call 998".strip()


@pytest.mark.usefixtures("topic")
def test_a_value_that_is_no_number_cannot_be_called(emergency_number: LocalFact) -> None:
    LocalFactValue.objects.create(fact=emergency_number, value="1 or 2", state="published", published_at=timezone.now())
    assert "tel:" not in text_of(TOPIC)


def test_what_an_administrator_writes_is_shown_as_words(topic: Topic) -> None:
    topic.texts.filter(language="en").update(first_minute="<script>alert(1)</script>\nb\nc")
    assert "&lt;script&gt;" in text_of(TOPIC)


def test_a_range_keeps_its_order(topic: Topic) -> None:
    topic.texts.filter(language="ar").update(first_minute="عاصبة فوق الجرح 5–7 سم.\nب\nج")
    assert "<bdi>5–7</bdi>" in text_of("/ar/topics/bleeding/")


@pytest.mark.usefixtures("topic")
def test_own_lessons_come_with_their_course_and_those_of_related_topics_apart() -> None:
    page = topic_page("bleeding", "en")
    assert page is not None
    assert [line.title for line in page.lessons] == ["Severe bleeding"]
    assert [course.title for course in page.courses] == ["First aid"]
    assert [line.title for line in page.nearby_lessons] == ["Adult CPR"]
    assert [tile.name for tile in page.nearby] == ["Someone collapsed"]


def test_a_lesson_in_two_courses_stands_once(topic: Topic) -> None:
    published_course("at-home", lessons=[topic.lessons.get()], title="At home")
    page = topic_page("bleeding", "en")
    assert page is not None
    assert len(page.lessons) == 1
    assert {course.title for course in page.courses} == {"First aid", "At home"}


def test_a_topic_without_a_lesson_says_that_it_is_being_prepared(topic: Topic) -> None:
    topic.lessons.clear()
    text = text_of(TOPIC)
    assert "being prepared" in text
    assert "Adult CPR" in text


def test_the_page_names_sources_in_order_and_that_no_expert_has_signed(topic: Topic) -> None:
    text = text_of(TOPIC)
    assert text.index("ERC21 title") < text.index("WHO25 title")
    assert "Awaiting review by an expert" in text


def test_the_page_says_who_signed_and_when(topic: Topic) -> None:
    Topic.objects.filter(pk=topic.pk).update(expert="Dr Salma", expert_on=date(2026, 5, 4))
    assert "Reviewed by Dr Salma, 4 May 2026" in text_of(TOPIC)


def test_a_topic_in_one_language_is_shown_in_that_and_says_so(topic: Topic) -> None:
    topic.texts.filter(language="ar").delete()
    text = text_of("/ar/topics/bleeding/")
    assert re.search(r'class="minute[^>]*lang="en" dir="ltr"', text, re.DOTALL)


def test_a_topic_that_does_not_exist_is_not_found() -> None:
    assert Client().get("/en/topics/none/").status_code == 404


def test_what_threatens_life_comes_first() -> None:
    topic_with_card("power-cut", "Power cut", position=1)
    topic_with_card("stroke", "Stroke", position=3, urgent=True)
    topic_with_card("fire", "Fire", position=2, urgent=True)
    assert [tile.name for tile in topic_tiles("en")] == ["Fire", "Stroke", "Power cut"]


def test_a_topic_with_neither_card_nor_lesson_is_not_offered() -> None:
    TopicFactory()
    assert topic_tiles("en") == []


def test_the_home_page_leads_to_topics_and_keeps_the_further_ones_small() -> None:
    for number in range(10):
        topic_with_card(f"topic-{number}", f"Topic {number}", position=number, urgent=True)
    text = text_of("/en/")
    assert len(re.findall(r'class="tile ', text)) == 8
    assert text.index("/en/topics/topic-7/") < text.index('class="chips"') < text.index("/en/topics/topic-8/")
    assert 'href="/en/topics/"' in text


@pytest.mark.usefixtures("topic")
def test_a_lesson_leads_to_the_card_of_its_topic() -> None:
    assert 'href="/en/topics/bleeding/"' in text_of("/en/courses/first-aid/bleeding/")


def test_a_lesson_of_a_topic_without_a_card_leads_nowhere_else(topic: Topic) -> None:
    topic.texts.update(first_minute="")
    assert "/en/topics/bleeding/" not in text_of("/en/courses/first-aid/bleeding/")
