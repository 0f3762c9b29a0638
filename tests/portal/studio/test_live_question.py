"""A question that is being typed is shown as a citizen would be asked it, and nothing of it is kept."""

import json
from typing import Any

import pytest
from django.test import Client

from lessons.models import CourseEdition, Lesson
from portal.studio.questions import FORMS
from quizzes.models import Question, QuestionText, QuestionVersion
from tests.factories import (
    MATCHING,
    MULTIPLE,
    NUMERICAL,
    ORDERING,
    SINGLE,
    TRUE_FALSE,
    published_question,
)
from tests.portal.studio.people import LESSON, SCRIPT, question_fields, question_url

pytestmark = pytest.mark.django_db
EACH = [SINGLE, MULTIPLE, TRUE_FALSE, NUMERICAL, ORDERING, MATCHING]


@pytest.fixture
def single(lesson: Lesson, course: CourseEdition) -> Question:
    return published_question(lesson, SINGLE).question


def live(client: Client, question: Question, language: str = "en", **typed: str) -> Any:
    url = question_url(question)
    fields = question_fields(client.get(url)) | typed | {"language": language}
    response = client.post(f"{url}live/", fields)
    assert response.status_code == 200
    return json.loads(response.content)


@pytest.mark.parametrize("spec", EACH, ids=lambda spec: spec["kind"])
def test_a_question_of_every_kind_is_shown_as_it_would_be_asked(
    writing: Client, lesson: Lesson, course: CourseEdition, spec: dict[str, Any]
) -> None:
    said = live(writing, published_question(lesson, spec).question, stem_en="Typed just now?")
    assert "Typed just now?" in said["page"]
    assert (said["stale"], "To be mended" in said["faults"]) == (False, False)


def test_no_script_and_no_explanation_is_in_the_page(writing: Client, single: Question) -> None:
    page = live(writing, single, explanation_en="Because it is so.", stem_en=SCRIPT)["page"]
    assert "<script" not in page
    assert "Because it is so." not in page


def test_arabic_is_shown_in_an_arabic_page(writing: Client, single: Question) -> None:
    said = live(writing, single, "ar", stem_ar="سؤال مكتوب الآن؟")
    assert '<html lang="ar" dir="rtl"' in said["page"]
    assert "سؤال مكتوب الآن؟" in said["page"]


def test_what_is_missing_is_named_while_the_rest_is_shown(writing: Client, single: Question) -> None:
    said = live(writing, single, explanation_en="")
    assert "Why the right answer is right · English: " in said["faults"]
    assert said["page"]


def test_a_question_without_a_right_answer_cannot_be_shown(writing: Client, single: Question) -> None:
    said = live(writing, single, right="")
    assert (said["page"], said["stale"]) == (None, True)
    assert "Mark the option that is right." in said["faults"]


def test_nothing_of_it_is_kept(writing: Client, single: Question) -> None:
    before = (QuestionVersion.objects.count(), QuestionText.objects.count())
    live(writing, single, stem_en="Typed just now?")
    assert (QuestionVersion.objects.count(), QuestionText.objects.count()) == before


@pytest.mark.parametrize("kind", list(FORMS))
def test_a_new_question_of_every_kind_says_first_that_nothing_is_written(
    writing: Client, lesson: Lesson, course: CourseEdition, kind: str
) -> None:
    response = writing.post(f"{LESSON}questions/new/{kind}/live/", {"language": "en"})
    said = json.loads(response.content)
    assert said["page"] is None
    assert "Nothing is written in this language yet." in said["faults"]


def test_who_may_not_write_is_shown_nothing(client: Client, single: Question) -> None:
    assert client.post(f"{question_url(single)}live/", {"language": "en"}).status_code == 302


def test_a_language_that_the_form_does_not_have_is_not_there(writing: Client, single: Question) -> None:
    assert writing.post(f"{question_url(single)}live/", {"language": "xx"}).status_code == 404
