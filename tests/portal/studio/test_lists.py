"""The studio's first page and the page of a course."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lessons.models import Course, CourseEdition, Lesson, LessonText
from portal.accounts.models import RoleGrant
from tests.factories import LessonFactory, RevisionFactory, check_of, published_course, published_lesson
from tests.portal.studio.people import COURSE, HOME, compose, send_to_review, staff, text_of, write

pytestmark = pytest.mark.django_db


def test_every_course_is_listed(writing: Client, course: CourseEdition) -> None:
    Course.objects.create(key="empty", slug="empty")
    html = " ".join(text_of(writing.get(HOME)).split())
    assert 'href="/en/studio/courses/first-aid/"' in html
    assert "1 lesson" in html
    assert "0 lessons" in html


def test_ones_own_drafts_are_listed_and_nobody_elses(writing: Client, course: CourseEdition) -> None:
    other = Client()
    other.force_login(staff("Omar", RoleGrant.Role.INSTRUCTOR))
    write(writing, en_title="Mine")
    assert "Text in English, draft 2" in text_of(writing.get(HOME))
    assert "Text in English, draft 2" not in text_of(other.get(HOME))


def test_only_reviewers_see_what_waits_for_review(writing: Client, reviewing: Client, course: CourseEdition) -> None:
    assert "Waiting for review" in text_of(reviewing.get(HOME))
    assert "Waiting for review" not in text_of(writing.get(HOME))


def test_who_only_reviews_sees_no_lists_of_drafts(reviewing: Client, course: CourseEdition) -> None:
    html = text_of(reviewing.get(HOME))
    assert "Your drafts" not in html
    assert "Your releases" not in html


def test_each_language_says_where_it_stands(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    bare = LessonFactory(slug="burns", key="burns")
    RevisionFactory(text=LessonText.objects.create(lesson=bare, language="en"), title="Burns", number=1)
    published_course("burns-course", lessons=[bare])
    line = writing.get("/en/studio/courses/burns-course/").context["course"].modules[0][1][0]
    assert {language.name: language.states for language in line.languages} == {
        "Arabic": ("missing",),
        "English": ("draft",),
    }
    write(writing, en_title="New")
    line = writing.get(COURSE).context["course"].modules[0][1][0]
    assert {language.name: language.states for language in line.languages} == {
        "Arabic": ("published", "stale"),
        "English": ("published", "draft"),
    }


def test_questions_and_their_drafts_are_counted(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    question = lesson.questions.first()
    assert question
    compose(writing, question, stem_en="Other words")
    line = writing.get(COURSE).context["course"].modules[0][1][0]
    assert (line.questions, line.drafts, line.in_review) == (3, 1, 0)
    send_to_review(writing)
    line = writing.get(COURSE).context["course"].modules[0][1][0]
    assert (line.questions, line.drafts, line.in_review) == (3, 0, 1)


def test_a_course_without_an_edition_is_not_found(writing: Client) -> None:
    Course.objects.create(key="empty", slug="empty")
    assert writing.get("/en/studio/courses/empty/").status_code == 404


@pytest.mark.parametrize("url", [HOME, COURSE, f"{COURSE}release/"])
def test_a_longer_list_takes_no_more_queries(writing: Client, lesson: Lesson, course: CourseEdition, url: str) -> None:
    write(writing, en_title="Mine")
    small = queries_of(writing, url)
    for number in range(3):
        more = published_lesson(f"lesson-{number}")
        check_of(more)
        published_course(f"course-{number}", lessons=[more])
        path = f"/en/studio/lessons/lesson-{number}/"
        fields = {
            field.html_name: field.value() or "" for c in writing.get(path).context["columns"] for field in c.form
        }
        writing.post(path, fields | {"en-title": "Also mine", "ar-title": "لي أيضًا"})
    assert queries_of(writing, url) == small


def queries_of(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    assert len(captured) <= 20, [query["sql"][:120] for query in captured]
    return len(captured)
