"""A course that was made in the studio, from its first title to a citizen's certificate of having read it, and out."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from lessons.models import Course, CourseEdition, Lesson, SkillText, Source, TopicText
from portal.accounts.models import RoleGrant
from portal.exchange.reading import read_package
from portal.exchange.writing.package import lay_out, write_package
from portal.studio.models import Release
from quizzes.models import Quiz
from tests.factories import SkillFactory, TopicFactory
from tests.portal.studio.courses.pages import COURSE, LESSON, NEW_COURSE, NEW_LESSON, form_fields, press
from tests.portal.studio.people import FIRST, lesson_fields, publish, staff, text_of
from tests.portal.studio.test_new_question import FILLED

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cold_pages")]
EDITION, HERE = "/en/studio/courses/at-home/edition/", "/en/studio/lessons/burns/"
BOTH = ("en", "ar")


def client_of(name: str, role: RoleGrant.Role) -> Client:
    client = Client()
    client.force_login(staff(name, role))
    return client


def done(client: Client, url: str, fields: dict[str, Any]) -> None:
    response: Any = client.post(url, fields)
    assert response.status_code == 302, text_of(response)


def write_lesson(writing: Client, skill: int) -> None:
    """A new lesson in both languages that cites a work and has three questions, and asks two of them."""
    done(writing, NEW_LESSON, LESSON | {"place": "at-home:M1", "skills": [str(skill)], "topics": ["burns"]})
    words = {"title": "Burns", "summary": "Cool it.", "objective": "You cool a burn.", "markdown": FIRST}
    fields = lesson_fields(writing.get(HERE))
    done(writing, HERE, fields | {f"{language}-{name}": said for language in BOTH for name, said in words.items()})
    source = Source.objects.create(key="BURN25", title="Burns", publisher="Council", year=2025)
    sources = f"{HERE}sources/"
    done(writing, sources, form_fields(writing.get(sources)) | {"add": str(source.pk), "review_due": "2028-01-01"})
    for kind in ("single_choice", "true_false", "numerical"):
        page = writing.get(f"{HERE}questions/new/{kind}/")
        mark = {field.html_name: field.value() for field in page.context["form"] if field.is_hidden and field.value()}
        done(writing, f"{HERE}questions/new/{kind}/", mark | FILLED[kind] | {"skills": [str(skill)]})
    check = f"{HERE}check/"
    done(writing, check, form_fields(writing.get(check)) | {"draw": "2", "pass_mark": "50"})


def make_course(writing: Client, reviewing: Client) -> None:
    """From nothing to published."""
    topic, skill = TopicFactory(key="burns"), SkillFactory(key="cool")
    for language in BOTH:
        TopicText.objects.create(topic=topic, language=language, name="Burns")
        SkillText.objects.create(skill=skill, language=language, name="Cool a burn")
    done(writing, NEW_COURSE, COURSE | {"topics": ["burns"], "module": "First"})
    write_lesson(writing, skill.pk)
    assert press(writing, "save", EDITION, **{"title-M1-ar": "أولًا"}).status_code == 302
    fields = {"mark": writing.get(f"{EDITION}words/").context["mark"], "en-title": "At home", "en-summary": "At home."}
    fields |= {"ar-title": "في البيت", "ar-summary": "ماذا نفعل في البيت.", "en-outcomes": "Cool a burn\nCall"}
    done(writing, f"{EDITION}words/", fields)
    rules = f"{EDITION}rules/"
    done(writing, rules, form_fields(writing.get(rules)) | {"has_final": "on", "draw": "2", "pass_mark": "75.5"})
    page = writing.get("/en/studio/courses/at-home/release/")
    sent = {"title": "At home", "picks": sorted(page.context["form"].ticked)}
    done(writing, "/en/studio/courses/at-home/release/", sent)
    assert publish(reviewing, Release.objects.get()).status_code == 302


@pytest.fixture
def made() -> CourseEdition:
    """A course of one new lesson, published."""
    make_course(client_of("Iman", RoleGrant.Role.INSTRUCTOR), client_of("Rana", RoleGrant.Role.REVIEWER))
    return CourseEdition.objects.get(course__slug="at-home", state="published")


def test_a_new_lesson_ends_in_a_check_that_works(made: CourseEdition) -> None:
    quiz = Quiz.objects.get(lesson__slug="burns")
    assert (quiz.draw, str(quiz.pass_mark), quiz.entries.count()) == (2, "0.500", 3)
    assert Lesson.objects.get().check_quiz == quiz
    page = text_of(Client().get("/en/courses/at-home/burns/quiz/"))
    assert "answer-form" in page


def test_a_final_made_in_the_studio_can_be_begun(made: CourseEdition) -> None:
    assert "begin-form" in text_of(Client().get("/en/courses/at-home/final/"))


def test_a_course_made_in_the_studio_is_written_and_read_without_a_change(made: CourseEdition, tmp_path: Path) -> None:
    lay_out(write_package([made.course]).files, tmp_path / "out")
    assert read_package(tmp_path / "out").is_quiet
    assert Course.objects.get().editions.count() == 1
