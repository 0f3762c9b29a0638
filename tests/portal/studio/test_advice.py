"""What may be better about a question is said where it is written, listed and reviewed, and hinders nothing."""

import pytest
from django.test import Client

from lessons.models import CourseEdition, Lesson
from quizzes.models import Question
from tests.factories import SINGLE, TRUE_FALSE, check_of, published_course, published_lesson
from tests.portal.studio.people import (
    LESSON,
    compose,
    publish,
    question_fields,
    question_url,
    release_url,
    send_to_review,
    text_of,
)

pytestmark = pytest.mark.django_db
NEGATIVE = "Which of these is not right?"
SAID = "It asks for what is not so"


@pytest.fixture
def question(course: CourseEdition, lesson: Lesson) -> Question:
    return lesson.questions.get(versions__kind="single_choice")


def test_a_good_question_is_shown_without_advice(writing: Client, question: Question) -> None:
    assert "What may be better" not in text_of(writing.get(question_url(question)))


def test_advice_is_given_and_the_question_saved_all_the_same(writing: Client, question: Question) -> None:
    assert compose(writing, question, stem_en=NEGATIVE).status_code == 302
    page = text_of(writing.get(question_url(question)))
    assert SAID in page
    assert "Advice only" in page


def test_the_lessons_list_counts_what_may_be_better(writing: Client, question: Question) -> None:
    compose(writing, question, stem_en=NEGATIVE)
    page = text_of(writing.get(LESSON))
    assert "1 thing may be better" in page
    assert SAID in page


def test_the_reviewer_reads_it_and_can_publish(writing: Client, reviewing: Client, question: Question) -> None:
    compose(writing, question, stem_en=NEGATIVE)
    release = send_to_review(writing)
    assert SAID in text_of(reviewing.get(release_url(release)))
    assert publish(reviewing, release).status_code == 302
    release.refresh_from_db()
    assert release.state == "published"


def test_it_is_said_while_somebody_types(writing: Client, question: Question) -> None:
    typed = question_fields(writing.get(question_url(question))) | {"stem_en": NEGATIVE, "language": "en"}
    answer = writing.post(f"{question_url(question)}live/", typed).json()
    assert SAID in answer["faults"]
    assert answer["stale"] is False


def test_nothing_is_said_of_what_is_not_written_yet(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    typed = {"stem_en": "What stops the blood?", "language": "en"}
    answer = writing.post(f"{LESSON}questions/new/single_choice/live/", typed).json()
    assert "What may be better" not in answer["faults"]


def test_a_check_whose_keys_all_stand_first_is_noticed(writing: Client) -> None:
    lesson = published_lesson(slug="four")
    check_of(lesson, [SINGLE, SINGLE, SINGLE, SINGLE, TRUE_FALSE])
    published_course(slug="fours", lessons=[lesson])
    page = text_of(writing.get("/en/studio/lessons/four/"))
    assert "In 4 of 4 questions the right option stands in place 1" in page
