"""A lesson from nothing, and what stands beside its words."""

from typing import Any

import pytest
from django.test import Client

from lessons.models import Course, CourseEdition, Lesson, Revision, RevisionSource, Source
from portal.accounts.models import AuditEntry, RoleGrant, User
from quizzes.models import Question, Quiz
from tests.factories import (
    LessonFactory,
    QuestionFactory,
    SkillFactory,
    published_course,
    published_lesson,
    topic_with_card,
)
from tests.portal.studio.courses.pages import LESSON, NEW_LESSON, form_fields, lines_of
from tests.portal.studio.people import draft_of, publish, send_to_review, staff, text_of

pytestmark = pytest.mark.django_db


def make(client: Client, **fields: Any) -> Lesson:
    response: Any = client.post(NEW_LESSON, LESSON | fields)
    assert response.status_code == 302, text_of(response)
    return Lesson.objects.latest("pk")


def test_a_new_lesson_leads_straight_to_writing(writing: Client, instructor: User) -> None:
    topic, skill = topic_with_card("burns"), SkillFactory()
    response = writing.post(NEW_LESSON, LESSON | {"topics": ["burns"], "skills": [str(skill.pk)]}, follow=True)
    lesson = Lesson.objects.get()
    assert response.redirect_chain == [("/en/studio/lessons/burns/", 302)]
    assert (lesson.key, lesson.slug, lesson.minutes, lesson.source_language) == ("burns", "burns", 5, "en")
    assert (list(lesson.topics.all()), list(lesson.skills.all())) == ([topic], [skill])
    assert (draft_of(lesson).title, draft_of(lesson).author) == ("Burns", instructor)
    assert AuditEntry.objects.filter(deed="lesson.created", actor=instructor).exists()


def test_an_arabic_title_gets_an_address_that_can_be_read(writing: Client) -> None:
    assert make(writing, title="الحروق الشديدة", language="ar").slug == "hrwq-shdyda"


def test_two_lessons_with_one_title_have_two_addresses(writing: Client) -> None:
    assert [make(writing).slug, make(writing).slug] == ["burns", "burns-2"]


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("slug", "taken", "This address is taken"),
        ("slug", "Not An Address", "small Latin letters"),
        ("slug", "new", "used by the portal"),
        ("title", "", "This field is required"),
        ("minutes", "0", "greater than or equal to 1"),
        ("place", "gone:M1", "Select a valid choice"),
    ],
)
def test_bad_input_is_told_beside_its_field_and_nothing_typed_is_lost(
    writing: Client, field: str, typed: str, said: str
) -> None:
    LessonFactory(slug="taken")
    response = writing.post(NEW_LESSON, LESSON | {"title": "Typed with care", field: typed})
    assert response.status_code == 422
    assert said in str(response.context["form"].errors[field])
    assert field == "title" or "Typed with care" in text_of(response)
    assert Lesson.objects.count() == 1


def test_a_lesson_is_placed_in_a_draft_and_readers_see_nothing_of_it(writing: Client, course: CourseEdition) -> None:
    make(writing, place="first-aid:M1")
    draft = CourseEdition.objects.get(state="draft")
    assert lines_of(draft) == [("M1", ["bleeding", "burns"])]
    assert lines_of(course) == [("M1", ["bleeding"])]


def test_a_lesson_cannot_be_placed_in_an_edition_under_review(writing: Client, course: CourseEdition) -> None:
    CourseEdition.objects.filter(pk=course.pk).exclude(state="published").delete()
    edition = CourseEdition.objects.create(
        course=Course.objects.create(key="c2", slug="c2"), number=1, label="1", minutes=1, source_language="en"
    )
    edition.modules.create(key="M1", position=1)
    CourseEdition.objects.filter(pk=edition.pk).update(state="in_review")
    response = writing.post(NEW_LESSON, LESSON | {"place": "c2:M1"})
    assert response.status_code == 422
    assert not Lesson.objects.filter(slug="burns").exists()


def test_only_who_writes_makes_lessons(reviewing: Client) -> None:
    assert reviewing.get(NEW_LESSON).status_code == 403
    assert reviewing.post(NEW_LESSON, LESSON).status_code == 403


# Settings


SETTINGS = "/en/studio/lessons/bleeding/settings/"


def test_settings_count_at_once(writing: Client, lesson: Lesson) -> None:
    topic_with_card("burns")
    fields = form_fields(writing.get(SETTINGS))
    assert writing.post(SETTINGS, fields | {"minutes": "7", "topics": ["burns"]}).status_code == 302
    lesson.refresh_from_db()
    assert (lesson.minutes, lesson.topics.get().slug) == (7, "burns")


def test_the_address_of_a_published_lesson_stays(writing: Client, lesson: Lesson) -> None:
    page = writing.get(SETTINGS)
    assert "slug" not in page.context["form"].fields
    writing.post(SETTINGS, form_fields(page) | {"slug": "other"})
    lesson.refresh_from_db()
    assert lesson.slug == "bleeding"


def test_the_address_of_a_lesson_that_nobody_reads_may_change(writing: Client) -> None:
    make(writing)
    page = writing.get("/en/studio/lessons/burns/settings/")
    response = writing.post("/en/studio/lessons/burns/settings/", form_fields(page) | {"slug": "burns-and-scalds"})
    assert response.url == "/en/studio/lessons/burns-and-scalds/"  # type: ignore[attr-defined]


def test_two_who_change_the_settings_do_not_overwrite_each_other(writing: Client, lesson: Lesson) -> None:
    fields = form_fields(writing.get(SETTINGS))
    writing.post(SETTINGS, fields | {"minutes": "7"})
    response = writing.post(SETTINGS, fields | {"minutes": "9"})
    assert response.status_code == 409
    assert response.context["form"]["minutes"].value() == "9"
    lesson.refresh_from_db()
    assert lesson.minutes == 7


# Works


SOURCES = "/en/studio/lessons/bleeding/sources/"


def work(key: str = "RCUK25") -> Source:
    return Source.objects.create(key=key, title=f"Guidelines {key}", publisher="Council", year=2025)


def cited(lesson: Lesson, language: str) -> list[tuple[str, str, str]]:
    rows = RevisionSource.objects.filter(revision=draft_of(lesson, language)).order_by("position")
    return [(row.source.key, row.note, row.note_language) for row in rows.select_related("source")]


def test_a_work_is_cited_in_every_language_with_its_notes(writing: Client, lesson: Lesson) -> None:
    source = work()
    writing.post(SOURCES, form_fields(writing.get(SOURCES)) | {"add": str(source.pk), "review_due": "2027-03-01"})
    fields = form_fields(writing.get(SOURCES))
    writing.post(SOURCES, fields | {f"note-{source.pk}-en": "Page 4"})
    assert cited(lesson, "en") == [("RCUK25", "Page 4", "")]
    assert cited(lesson, "ar") == [("RCUK25", "Page 4", "en")]
    assert str(draft_of(lesson, "ar").review_due) == "2027-03-01"
    fields = form_fields(writing.get(SOURCES))
    writing.post(SOURCES, fields | {f"note-{source.pk}-ar": "الصفحة ٤"})
    assert cited(lesson, "ar") == [("RCUK25", "الصفحة ٤", "")]


def test_a_work_that_is_not_known_is_added(writing: Client, lesson: Lesson) -> None:
    new = {"title": "First aid at home", "publisher": "Red Crescent", "year": "2024", "url": "https://example.org/"}
    assert writing.post(SOURCES, form_fields(writing.get(SOURCES)) | new).status_code == 302
    source = Source.objects.get()
    assert (source.key, source.authority) == ("first-aid-at-home-2024", lesson.authority)
    assert cited(lesson, "en") == [("first-aid-at-home-2024", "", "")]


def test_half_a_work_is_refused_and_kept_in_the_form(writing: Client, lesson: Lesson) -> None:
    response = writing.post(SOURCES, form_fields(writing.get(SOURCES)) | {"title": "First aid at home"})
    assert response.status_code == 422
    assert "First aid at home" in text_of(response)
    assert set(response.context["form"].errors) == {"publisher", "year"}


def test_a_work_can_be_taken_out(writing: Client, lesson: Lesson) -> None:
    source = work()
    writing.post(SOURCES, form_fields(writing.get(SOURCES)) | {"add": str(source.pk)})
    writing.post(SOURCES, form_fields(writing.get(SOURCES)) | {f"out-{source.pk}": "on"})
    assert cited(lesson, "en") == []


def test_nothing_changed_begins_no_draft(writing: Client, lesson: Lesson) -> None:
    writing.post(SOURCES, form_fields(writing.get(SOURCES)))
    assert not Revision.objects.filter(state="draft").exists()


def test_two_who_change_the_works_do_not_overwrite_each_other(writing: Client, lesson: Lesson) -> None:
    one, two = work("A"), work("B")
    fields = form_fields(writing.get(SOURCES))
    writing.post(SOURCES, fields | {"add": str(one.pk)})
    assert writing.post(SOURCES, fields | {"add": str(two.pk)}).status_code == 409
    assert cited(lesson, "en") == [("A", "", "")]


def test_who_changes_the_works_does_not_review_them(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    both = Client()
    both.force_login(staff("Omar", RoleGrant.Role.INSTRUCTOR, RoleGrant.Role.REVIEWER))
    both.post(SOURCES, form_fields(both.get(SOURCES)) | {"add": str(work().pk)})
    release = send_to_review(writing)
    publish(both, release)
    release.refresh_from_db()
    assert release.state == "in_review"


# The check


CHECK = "/en/studio/lessons/bleeding/check/"


def test_the_rules_of_a_check_are_changed(writing: Client, lesson: Lesson) -> None:
    fields = form_fields(writing.get(CHECK))
    assert fields["pass_mark"] == 80
    response = writing.post(CHECK, fields | {"pass_mark": "66.5", "draw": "2", "feedback": "at_end", "time_limit": "3"})
    assert response.status_code == 302
    quiz = Quiz.objects.get(lesson=lesson)
    assert (str(quiz.pass_mark), quiz.draw, quiz.feedback, quiz.time_limit) == ("0.665", 2, "at_end", 180)


def test_no_check_draws_more_than_there_is(writing: Client, lesson: Lesson) -> None:
    response = writing.post(CHECK, form_fields(writing.get(CHECK)) | {"draw": "4"})
    assert response.status_code == 422
    assert "only 3 questions" in text_of(response)


def test_two_who_change_the_rules_do_not_overwrite_each_other(writing: Client, lesson: Lesson) -> None:
    fields = form_fields(writing.get(CHECK))
    writing.post(CHECK, fields | {"draw": "2"})
    assert writing.post(CHECK, fields | {"draw": "1"}).status_code == 409


def test_a_lesson_without_questions_says_how_it_gets_a_check(writing: Client) -> None:
    make(writing)
    assert "Write a question first" in text_of(writing.get("/en/studio/lessons/burns/check/"))


def test_a_published_lesson_gets_no_check_that_asks_nothing(writing: Client) -> None:
    lesson = published_lesson()
    published_course(lessons=[lesson])
    QuestionFactory(lesson=lesson)
    response = writing.post(CHECK, form_fields(writing.get(CHECK)))
    assert response.status_code == 409
    assert not Quiz.objects.exists()


def test_rules_set_before_the_first_publishing_hold_afterwards(writing: Client, reviewing: Client) -> None:
    """Rules can be set as soon as there is a question, and a check with nothing to ask does not go out."""
    lesson = published_lesson()
    question: Question = QuestionFactory(lesson=lesson)
    assert writing.post(CHECK, form_fields(writing.get(CHECK)) | {"pass_mark": "50"}).status_code == 302
    quiz = Quiz.objects.get(lesson=lesson)
    assert [entry.question for entry in quiz.entries.all()] == [question]


# Archiving


def test_a_lesson_in_no_course_is_put_away(arranging: Client, writing: Client) -> None:
    make(writing)
    assert arranging.post("/en/studio/lessons/burns/archive/").status_code == 302
    assert Lesson.objects.get().archived_at is not None


def test_a_lesson_in_a_course_is_not_put_away(arranging: Client, lesson: Lesson, course: CourseEdition) -> None:
    page = arranging.get("/en/studio/lessons/bleeding/archive/")
    assert "First aid" in text_of(page)
    assert "stands in these courses" in text_of(page)
    assert arranging.post("/en/studio/lessons/bleeding/archive/").status_code == 409
    lesson.refresh_from_db()
    assert lesson.archived_at is None


def test_only_who_arranges_puts_lessons_away(writing: Client, lesson: Lesson) -> None:
    assert writing.post("/en/studio/lessons/bleeding/archive/").status_code == 403
