"""The tools above a text offer the lessons and local facts that there are."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lessons.models import CourseEdition, Lesson, LessonText, LocalFact, LocalFactText
from portal.accounts.models import RoleGrant
from tests.factories import LessonFactory, RevisionFactory
from tests.portal.studio.people import LESSON, staff

pytestmark = pytest.mark.django_db
FIND = "/{}/studio/find-lessons/"


def drafted(key: str, **titles: str) -> Lesson:
    """A lesson of which nothing is published."""
    lesson: Lesson = LessonFactory(key=key, slug=key.lower())
    for language, title in titles.items():
        text = LessonText.objects.create(lesson=lesson, language=language)
        RevisionFactory(text=text, title=title, number=1)
    return lesson


def found(client: Client, query: str = "", reader: str = "en", language: str = "en", **more: Any) -> Any:
    response = client.get(FIND.format(reader), {"q": query, "language": language} | more)
    assert response.status_code == 200
    return response.json()


def keys(client: Client, query: str, **more: Any) -> list[str]:
    return [line["key"] for line in found(client, query, **more)["lessons"]]


def test_a_lesson_is_found_by_words_of_its_title_in_any_order_and_case(writing: Client) -> None:
    drafted("B-1", en="Cool a burn with water")
    drafted("B-2", en="Leave a burning house")
    assert keys(writing, "WATER burn") == ["B-1"]
    assert sorted(keys(writing, "burn")) == ["B-1", "B-2"]


def test_arabic_is_found_however_its_letters_are_written(writing: Client) -> None:
    drafted("B-1", ar="الإسعافات الأوّليّة للحروق")
    assert keys(writing, "الاسعافات الاولية") == ["B-1"]


def test_a_lesson_is_found_by_its_key_and_in_the_language_that_the_reader_does_not_read(writing: Client) -> None:
    drafted("ES-7", en="Go to a shelter", ar="اذهبوا إلى ملجأ")
    assert keys(writing, "es-7") == ["ES-7"]
    assert keys(writing, "ملجأ") == ["ES-7"]


def test_the_title_is_the_readers_and_the_words_are_those_of_the_text(writing: Client) -> None:
    drafted("ES-7", en="Go to a shelter", ar="اذهبوا إلى ملجأ")
    line = found(writing, "shelter", reader="ar", language="en")["lessons"][0]
    assert (line["title"], line["words"]) == ("اذهبوا إلى ملجأ", "Go to a shelter")


def test_what_is_published_is_told_from_a_draft(writing: Client, lesson: Lesson) -> None:
    drafted("B-1", en="Burns")
    assert {line["key"]: line["draft"] for line in found(writing)["lessons"]} == {lesson.key: False, "B-1": True}


def test_titles_that_begin_with_what_was_typed_come_first(writing: Client) -> None:
    drafted("A-1", en="Never pour water on oil")
    drafted("A-2", en="Water that is safe")
    assert keys(writing, "water") == ["A-2", "A-1"]


def test_a_lesson_that_was_put_away_is_not_offered(writing: Client) -> None:
    drafted("B-1", en="Burns")
    Lesson.objects.update(archived_at="2026-01-01T00:00Z")
    said = found(writing, "burns")
    assert said["lessons"] == []
    assert said["says"] == "No lesson is called that. Try another word of its title."


def test_of_many_the_first_are_sent_and_all_are_counted(writing: Client) -> None:
    for number in range(14):
        drafted(f"M-{number}", en=f"Many {number}")
    said = found(writing, "many")
    assert len(said["lessons"]) == 12
    assert said["says"] == "The first 12 of 14 lessons. Type more of the title."


def test_more_lessons_cost_no_more_queries(writing: Client) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as counted:
            found(writing, "many")
        return len(counted)

    drafted("M-0", en="Many 0", ar="كثير")
    once = cost()
    for number in range(1, 6):
        drafted(f"M-{number}", en=f"Many {number}", ar="كثير")
    assert cost() == once


def test_a_lesson_is_named_by_its_address(writing: Client) -> None:
    drafted("B-1", en="Burns")
    drafted("B-2", en="Bites")
    said = found(writing, slug=["b-1", "nowhere"])
    assert [(line["slug"], line["key"]) for line in said["lessons"]] == [("b-1", "B-1")]


@pytest.mark.parametrize("language", ["", "xx", "../en"])
def test_words_for_an_unknown_language_are_the_readers(writing: Client, language: str) -> None:
    drafted("B-1", en="Burns", ar="حروق")
    assert found(writing, "burns", language=language)["lessons"][0]["words"] == "Burns"


@pytest.mark.parametrize("role", [RoleGrant.Role.REVIEWER, None])
def test_only_who_writes_may_ask(db: None, role: RoleGrant.Role | None) -> None:
    client = Client()
    client.force_login(staff("Somebody", *([role] if role else [])))
    assert client.get(FIND.format("en")).status_code == 403


def test_only_a_question_is_taken(writing: Client) -> None:
    assert writing.post(FIND.format("en")).status_code == 405


def test_local_facts_are_offered_by_their_label_in_the_readers_language(writing: Client, course: CourseEdition) -> None:
    fact = LocalFact.objects.create(key="emergency-number", kind="phone")
    LocalFactText.objects.create(fact=fact, language="en", label="Emergency number", default="112")
    LocalFactText.objects.create(fact=fact, language="ar", label="رقم الطوارئ", default="112")
    LocalFact.objects.create(key="resuscitation-profile", kind="choice")
    english = " ".join(writing.get(LESSON).content.decode().split())
    arabic = writing.get(LESSON.replace("/en/", "/ar/")).content.decode()
    assert 'data-fact="emergency-number"> <bdi>Emergency number</bdi>' in english
    assert "<bdi>رقم الطوارئ</bdi>" in arabic
    assert "resuscitation-profile" not in english
