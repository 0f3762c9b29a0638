"""Drafts are looked at as a citizen would see them."""

import pytest
from django.test import Client

from lessons.models import CourseEdition, Lesson, LocalFact, LocalFactText
from quizzes.models import Attempt, Learner, Question
from tests.factories import LessonFactory, published_question
from tests.portal.studio.people import FIRST, LESSON, compose, lesson_fields, question_url, text_of, write

pytestmark = pytest.mark.django_db

PREVIEW = f"{LESSON}preview/"


def test_it_shows_the_draft_and_says_that_it_is_one(writing: Client, course: CourseEdition) -> None:
    write(writing, en_title="Stop the blood", en_markdown=FIRST)
    html = text_of(writing.get(PREVIEW))
    assert "<h1>Stop the blood</h1>" in html
    assert "Press with both hands." in html
    assert "this draft is not published" in html


def test_readers_go_on_seeing_what_is_published(writing: Client, client: Client, course: CourseEdition) -> None:
    write(writing, en_title="Stop the blood", en_markdown=FIRST)
    html = text_of(client.get("/en/courses/first-aid/bleeding/"))
    assert "Severe bleeding" in html
    assert "Stop the blood" not in html


def test_it_is_the_page_of_the_language_asked_for(writing: Client, course: CourseEdition) -> None:
    write(writing, ar_title="وقف النزف", ar_markdown="::: first\nاضغطوا.\n:::\n")
    html = text_of(writing.get(f"{PREVIEW}?language=ar"))
    assert '<html lang="ar" dir="rtl">' in html
    assert "<h1>وقف النزف</h1>" in html
    assert text_of(writing.get(f"{PREVIEW}?language=xx")).count('<html lang="en" dir="ltr">') == 1


def test_it_is_neither_kept_nor_indexed(writing: Client, course: CourseEdition) -> None:
    response = writing.get(PREVIEW)
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in text_of(response)


def test_local_facts_are_filled_in(writing: Client, course: CourseEdition) -> None:
    fact = LocalFact.objects.create(key="emergency-number", kind="phone")
    LocalFactText.objects.create(fact=fact, language="en", label="Number", default="your emergency number")
    write(writing, en_markdown="::: first\nCall {fact:emergency-number}.\n:::")
    assert "Call <bdi>your emergency number</bdi>." in text_of(writing.get(PREVIEW))


def test_faults_stand_in_the_place_of_the_text(writing: Client, course: CourseEdition) -> None:
    write(writing, en_markdown="No block at all")
    html = text_of(writing.get(PREVIEW))
    assert "Line 1:" in html
    assert "must begin with the block" in html


def test_a_lesson_in_no_course_can_be_looked_at(writing: Client) -> None:
    LessonFactory(slug="burns", key="burns")
    page = "/en/studio/lessons/burns/"
    assert writing.get(f"{page}preview/").status_code == 404
    writing.post(page, lesson_fields(writing.get(page)) | {"en-title": "Burns", "en-markdown": FIRST})
    assert "<h1>Burns</h1>" in text_of(writing.get(f"{page}preview/"))


def test_it_shows_each_question_with_its_key_and_all_that_is_said(writing: Client, course: CourseEdition) -> None:
    html = text_of(writing.get(PREVIEW))
    for words in ("EXPLANATION-EN", "WHY-NOT-WAIT", "It does help.", "Too shallow.", "5–6"):
        assert words in html, words


def test_a_draft_question_is_shown_as_it_is_being_written(
    writing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    question = published_question(lesson).question
    compose(writing, question, stem_en="Asked in other words")
    assert "Asked in other words" in text_of(writing.get(PREVIEW))


def test_a_reviewer_may_look_too(reviewing: Client, course: CourseEdition) -> None:
    html = text_of(reviewing.get(PREVIEW))
    assert "Back to the studio" in html
    assert f'href="{LESSON}"' not in html


@pytest.fixture
def trial(writing: Client, lesson: Lesson, course: CourseEdition) -> str:
    """The address of a trial of a question whose words are a draft."""
    question: Question = published_question(lesson).question
    compose(writing, question, stem_en="Asked in other words")
    return f"{question_url(question)}try/"


def test_a_question_is_tried_as_it_will_be_asked(writing: Client, trial: str) -> None:
    html = text_of(writing.get(trial))
    assert "Asked in other words" in html
    assert "EXPLANATION-EN" not in html
    assert "your answer is not kept" in html


def test_a_trial_gives_the_feedback_and_keeps_nothing(writing: Client, trial: str) -> None:
    html = text_of(writing.post(trial, {"answer": "wait"}))
    assert "WHY-NOT-WAIT" in html
    assert "EXPLANATION-EN" in html
    assert not Attempt.objects.exists()
    assert not Learner.objects.exists()


def test_a_trial_without_an_answer_asks_for_one(writing: Client, trial: str) -> None:
    response = writing.post(trial, {})
    assert response.status_code == 422
    assert "Choose an answer" in text_of(response)
