"""Making a course, and changing one by a new edition."""

from typing import Any

import pytest
from django.test import Client

from lessons.models import Course, CourseEdition, EditionText, Lesson, Placement
from portal.accounts.models import AuditEntry, User
from quizzes.models import CourseProgress, DrawRow, Quiz
from tests.factories import LearnerFactory, check_of, published_course, published_lesson, topic_with_card
from tests.portal.studio.courses.pages import (
    COURSE,
    EDITION,
    NEW_COURSE,
    begun,
    form_fields,
    lines_of,
    order_fields,
    press,
)
from tests.portal.studio.people import HOME, publish, release_url, send_to_review, text_of

pytestmark = pytest.mark.django_db
WORDS, RULES = f"{EDITION}words/", f"{EDITION}rules/"


@pytest.fixture
def lessons() -> list[Lesson]:
    return [published_lesson(slug, slug.title()) for slug in ("look", "call", "press")]


@pytest.fixture
def three(lessons: list[Lesson]) -> CourseEdition:
    """A published course of three lessons with a final."""
    check_of(lessons[0])
    return published_course(lessons=lessons, final={"draw": 2, "cooldown": 3600})


# A new course


def test_a_new_course_is_a_draft_with_one_module(writing: Client, instructor: User) -> None:
    topic_with_card("burns")
    response = writing.post(NEW_COURSE, COURSE | {"topics": ["burns"], "module": "Begin here"})
    assert response.url == "/en/studio/courses/at-home/edition/"  # type: ignore[attr-defined]
    course = Course.objects.get()
    edition = course.editions.get()
    assert (course.key, edition.state, edition.author, edition.valid_months) == ("at-home", "draft", instructor, 12)
    assert edition.modules.get().texts.get(language="en").title == "Begin here"
    assert edition.texts.get().title == "At home"
    assert "At home" in text_of(writing.get(HOME))


def test_a_new_course_stands_last(writing: Client, course: CourseEdition) -> None:
    writing.post(NEW_COURSE, COURSE)
    assert list(Course.objects.values_list("slug", flat=True)) == ["first-aid", "at-home"]


@pytest.mark.parametrize(("field", "typed"), [("title", ""), ("summary", ""), ("slug", "first-aid"), ("slug", "new")])
def test_bad_input_makes_no_course(writing: Client, course: CourseEdition, field: str, typed: str) -> None:
    response = writing.post(NEW_COURSE, COURSE | {field: typed})
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert Course.objects.count() == 1


def test_only_who_writes_makes_and_changes_courses(reviewing: Client, three: CourseEdition) -> None:
    for url in (NEW_COURSE, EDITION, WORDS, RULES, "/en/studio/courses/first-aid/duplicate/"):
        assert reviewing.get(url).status_code == 403
        assert reviewing.post(url).status_code == 403


# A new edition


def test_a_draft_begins_as_a_copy_of_what_is_published(writing: Client, three: CourseEdition) -> None:
    draft = begun(writing)
    assert (draft.number, draft.state, draft.valid_months) == (2, "draft", 12)
    assert lines_of(draft) == lines_of(three)
    assert set(draft.texts.values_list("language", "title")) == set(three.texts.values_list("language", "title"))
    final = Quiz.objects.get(edition=draft)
    assert (final.draw, final.cooldown) == (2, 3600)


def test_a_draft_that_is_there_is_gone_on_with(writing: Client, three: CourseEdition) -> None:
    assert begun(writing) == begun(writing)


def test_the_rows_of_a_draw_come_with_the_final_and_name_the_new_modules(writing: Client) -> None:
    other = CourseEdition.objects.create(
        course=Course.objects.create(key="c", slug="c"), number=1, label="1", minutes=1, source_language="en"
    )
    module = other.modules.create(key="M1", position=1)
    other.texts.create(language="en", title="C", summary="C")
    final = Quiz.objects.create(purpose="final", edition=other, pass_mark="0.8", feedback="at_end", draw=1)
    DrawRow.objects.create(quiz=final, position=1, count=1, module=module)
    writing.post("/en/studio/courses/c/duplicate/", {"title_en": "Copy", "slug": "copy"})
    row = DrawRow.objects.get(quiz__edition__course__slug="copy")
    assert row.module.edition.course.slug == "copy"  # type: ignore[union-attr]


def test_lessons_are_moved_by_their_buttons(writing: Client, three: CourseEdition, lessons: list[Lesson]) -> None:
    draft = begun(writing)
    response = press(writing, f"down l:{lessons[0].pk}")
    assert response.url == f"{EDITION}#l-{lessons[0].pk}"
    assert lines_of(draft) == [("M1", ["call", "look", "press"])]
    press(writing, f"up l:{lessons[2].pk}")
    assert lines_of(draft) == [("M1", ["call", "press", "look"])]
    assert lines_of(three) == [("M1", ["look", "call", "press"])]


def test_modules_are_added_named_moved_and_taken_out(
    writing: Client, three: CourseEdition, lessons: list[Lesson]
) -> None:
    draft = begun(writing)
    press(writing, "module")
    press(writing, f"down l:{lessons[2].pk}", **{"title-M2-en": "Afterwards", "title-M2-ar": "بعد ذلك"})
    assert lines_of(draft) == [("M1", ["look", "call"]), ("M2", ["press"])]
    assert draft.modules.get(key="M2").texts.get(language="ar").title == "بعد ذلك"
    press(writing, "up m:M2")
    assert lines_of(draft) == [("M2", ["press"]), ("M1", ["look", "call"])]
    press(writing, "out m:M2")
    assert lines_of(draft) == [("M1", ["press", "look", "call"])]


def test_a_lesson_is_added_and_taken_out(writing: Client, three: CourseEdition, lessons: list[Lesson]) -> None:
    draft = begun(writing)
    published_lesson("burns", "Burns", minutes=9)
    press(writing, "add", lesson="burns", module="M1")
    press(writing, f"out l:{lessons[0].pk}")
    assert lines_of(draft) == [("M1", ["call", "press", "burns"])]
    draft.refresh_from_db()
    assert draft.minutes == 4 + 4 + 9


def test_adding_nothing_says_what_to_choose(writing: Client, three: CourseEdition) -> None:
    begun(writing)
    response = press(writing, "add", lesson="")
    assert response.status_code == 422
    assert "Choose the lesson to add." in text_of(response)


def test_a_lesson_in_two_courses_is_one_lesson_and_says_so(
    writing: Client, three: CourseEdition, lessons: list[Lesson]
) -> None:
    published_course("school", lessons[:1], title="At school")
    begun(writing)
    page = writing.get(EDITION)
    assert [row.also for row in page.context["modules"][0].lessons] == [["At school"], [], []]


def test_two_who_order_do_not_overwrite_each_other(
    writing: Client, three: CourseEdition, lessons: list[Lesson]
) -> None:
    draft = begun(writing)
    mine = order_fields(writing.get(EDITION))
    press(writing, f"down l:{lessons[0].pk}")
    mine["line"].reverse()
    mine["line"] = ["m:M1", *mine["line"][:-1]]
    response = writing.post(EDITION, mine | {"deed": "save"})
    assert response.status_code == 409
    assert [row.slug for row in response.context["modules"][0].lessons] == ["press", "call", "look"]
    assert lines_of(draft) == [("M1", ["call", "look", "press"])]
    again = writing.post(EDITION, order_fields(response) | {"deed": "save"})
    assert again.status_code == 302
    assert lines_of(draft) == [("M1", ["press", "call", "look"])]


def test_saving_the_same_order_twice_is_no_clash(writing: Client, three: CourseEdition, lessons: list[Lesson]) -> None:
    begun(writing)
    fields = order_fields(writing.get(EDITION))
    fields["line"] = ["m:M1", *reversed(fields["line"][1:])]
    assert writing.post(EDITION, fields).status_code == 302
    assert writing.post(EDITION, fields).status_code == 302


def test_nothing_of_an_edition_in_review_changes(writing: Client, three: CourseEdition, lessons: list[Lesson]) -> None:
    draft = begun(writing)
    press(writing, f"down l:{lessons[0].pk}")
    fields = order_fields(writing.get(EDITION))
    words = {"mark": writing.get(WORDS).context["mark"]}
    send_to_review(writing)
    fields["line"] = ["m:M1", *reversed(fields["line"][1:])]
    writing.post(EDITION, fields | {"deed": "save"})
    assert lines_of(draft) == [("M1", ["call", "look", "press"])]
    response = writing.post(WORDS, words | {"en-title": "New", "en-summary": "New"})
    assert response.status_code == 409
    assert writing.post(f"{EDITION}discard/").status_code == 302
    assert CourseEdition.objects.filter(pk=draft.pk).exists()


def test_a_draft_is_thrown_away(writing: Client, three: CourseEdition) -> None:
    draft = begun(writing)
    assert writing.get(f"{EDITION}discard/").status_code == 200
    writing.post(f"{EDITION}discard/")
    assert not CourseEdition.objects.filter(pk=draft.pk).exists()
    assert Course.objects.filter(slug="first-aid").exists()


def test_a_course_that_was_nothing_but_a_draft_goes_with_it(writing: Client) -> None:
    writing.post(NEW_COURSE, COURSE)
    writing.post("/en/studio/courses/at-home/edition/discard/")
    assert not Course.objects.exists()


@pytest.mark.parametrize("count", [2, 12])
def test_the_number_of_queries_does_not_grow_with_the_lessons(
    writing: Client, count: int, django_assert_max_num_queries: Any
) -> None:
    published_course(lessons=[published_lesson(f"lesson-{at}") for at in range(count)], final={})
    begun(writing)
    writing.get(EDITION)
    with django_assert_max_num_queries(32):
        writing.get(EDITION)


# Words and rules


def test_words_are_written_in_every_language(writing: Client, three: CourseEdition) -> None:
    draft = begun(writing)
    page = writing.get(WORDS)
    fields = {"mark": page.context["mark"], "ar-title": "إسعافات", "ar-summary": "ماذا نفعل", "en-title": "Aid"}
    fields |= {"en-summary": "What to do", "en-audience": "Everyone", "en-outcomes": "  Call \r\n\r\nPress "}
    assert writing.post(WORDS, fields).status_code == 302
    english = EditionText.objects.get(edition=draft, language="en")
    assert (english.title, english.audience, english.outcomes) == ("Aid", "Everyone", "Call\nPress")
    assert EditionText.objects.get(edition=draft, language="ar").title == "إسعافات"


def test_a_course_keeps_a_title_and_a_summary_in_its_own_language(writing: Client, three: CourseEdition) -> None:
    begun(writing)
    page = writing.get(WORDS)
    response = writing.post(WORDS, {"mark": page.context["mark"], "en-summary": "Kept words", "ar-title": "عنوان"})
    assert response.status_code == 422
    assert "Kept words" in text_of(response)
    assert [list(form.errors) for form in response.context["forms"]] == [["summary"], ["title"]]


def test_two_who_write_the_words_do_not_overwrite_each_other(writing: Client, three: CourseEdition) -> None:
    draft = begun(writing)
    fields = {"mark": writing.get(WORDS).context["mark"], "en-title": "Mine", "en-summary": "Mine"}
    writing.post(WORDS, fields)
    response = writing.post(WORDS, fields | {"en-title": "Theirs"})
    assert response.status_code == 409
    assert "Theirs" in text_of(response)
    assert EditionText.objects.get(edition=draft, language="en").title == "Mine"


def test_rules_are_changed(writing: Client, three: CourseEdition) -> None:
    draft = begun(writing)
    fields = form_fields(writing.get(RULES))
    assert (fields["pass_mark"], fields["cooldown"]) == (80, 60)
    changed = {"label": "2027.1", "valid_months": "24", "attempt_limit": "3", "cooldown": "1440"}
    assert writing.post(RULES, fields | changed).status_code == 302
    draft.refresh_from_db()
    final = Quiz.objects.get(edition=draft)
    assert (draft.label, draft.valid_months, final.attempt_limit, final.cooldown) == ("2027.1", 24, 3, 86400)


def test_a_final_is_taken_away_and_made_again(writing: Client, three: CourseEdition) -> None:
    draft = begun(writing)
    fields = form_fields(writing.get(RULES))
    del fields["has_final"]
    writing.post(RULES, fields)
    assert not Quiz.objects.filter(edition=draft).exists()
    writing.post(RULES, form_fields(writing.get(RULES)) | {"has_final": "on"})
    assert Quiz.objects.get(edition=draft).draw == 15


@pytest.mark.parametrize(
    ("field", "typed"),
    [("label", "1"), ("pass_mark", "101"), ("draw", "0"), ("valid_months", "0"), ("due_at", "2027-01-01T10:00")],
)
def test_bad_rules_are_refused(writing: Client, three: CourseEdition, field: str, typed: str) -> None:
    begun(writing)
    response = writing.post(RULES, form_fields(writing.get(RULES)) | {field: typed})
    assert response.status_code == 422
    assert field in response.context["form"].errors


# Review and publishing


def test_an_edition_is_reviewed_published_and_read(
    writing: Client, reviewing: Client, three: CourseEdition, lessons: list[Lesson]
) -> None:
    draft = begun(writing)
    press(writing, f"out l:{lessons[1].pk}")
    fields = form_fields(writing.get(RULES))
    writing.post(RULES, fields | {"valid_months": "24"})
    release = send_to_review(writing, "Shorter")
    page = text_of(reviewing.get(release_url(release)))
    assert "A completion holds for" in page
    assert "What it does to people under way" in page
    assert publish(reviewing, release).status_code == 302
    draft.refresh_from_db()
    three.refresh_from_db()
    assert (draft.state, three.state) == ("published", "superseded")
    assert "/en/courses/first-aid/press/" in text_of(Client().get("/en/courses/first-aid/"))


def test_the_author_of_an_edition_does_not_review_it(writing: Client, three: CourseEdition, instructor: User) -> None:
    draft = begun(writing)
    assert AuditEntry.objects.filter(actor=instructor, detail__row=f"courseedition-{draft.pk}").exists()


def test_a_module_without_a_lesson_does_not_go_out(writing: Client, three: CourseEdition) -> None:
    begun(writing)
    press(writing, "module", **{"title-M2-en": "Afterwards"})
    press(writing, "save", **{"title-M2-en": "Afterwards"})
    page = writing.get("/en/studio/courses/first-aid/release/")
    response = writing.post(
        "/en/studio/courses/first-aid/release/", {"title": "T", "picks": sorted(page.context["form"].ticked)}
    )
    assert response.status_code == 422
    assert "has no lesson" in text_of(response)


def test_a_module_has_a_title_in_each_language_of_the_course(writing: Client, three: CourseEdition) -> None:
    begun(writing)
    press(writing, "save", **{"title-M1-ar": ""})
    page = writing.get("/en/studio/courses/first-aid/release/")
    sent = {"title": "T", "picks": sorted(page.context["form"].ticked)}
    response = writing.post("/en/studio/courses/first-aid/release/", sent)
    assert response.status_code == 422
    assert "has no title in: ar" in text_of(response)


def test_a_final_that_draws_more_than_there_is_is_told_before_the_review(writing: Client, three: CourseEdition) -> None:
    begun(writing)
    fields = form_fields(writing.get(RULES))
    writing.post(RULES, fields | {"draw": "9"})
    page = writing.get("/en/studio/courses/first-aid/release/")
    sent = {"title": "T", "picks": sorted(page.context["form"].ticked)}
    response = writing.post("/en/studio/courses/first-aid/release/", sent)
    assert response.status_code == 422
    assert "9 questions are drawn, but only 2 can be asked" in text_of(response)


def test_what_it_does_is_said_before_it_is_sent(writing: Client, three: CourseEdition, lessons: list[Lesson]) -> None:
    begun(writing)
    press(writing, f"out l:{lessons[1].pk}")
    for url in (EDITION, "/en/studio/courses/first-aid/release/"):
        page = " ".join(text_of(writing.get(url)).split())
        assert "Lessons taken out" in page
        assert "In the middle of the course: 0." in page


def test_few_people_are_not_told_apart(writing: Client, three: CourseEdition) -> None:
    for _each in range(3):
        CourseProgress.objects.create(
            learner=LearnerFactory(),
            course=three.course,
            edition=three,
            started_on="2026-01-01",
            active_on="2026-01-01",
        )
    begun(writing)
    assert "In the middle of the course: fewer than 10." in text_of(writing.get(EDITION))


# Duplicates


def test_a_duplicate_has_the_same_lessons_and_rules(writing: Client, three: CourseEdition) -> None:
    page = writing.get("/en/studio/courses/first-aid/duplicate/")
    assert page.context["form"]["title_en"].value() == "First aid (copy)"
    response = writing.post(
        "/en/studio/courses/first-aid/duplicate/", {"title_en": "At school", "title_ar": "في المدرسة", "slug": ""}
    )
    assert response.url == "/en/studio/courses/at-school/edition/"  # type: ignore[attr-defined]
    copy = CourseEdition.objects.get(course__slug="at-school")
    assert lines_of(copy) == lines_of(three)
    assert Lesson.objects.count() == 3
    assert Placement.objects.filter(lesson__slug="look").count() == 2
    assert Quiz.objects.get(edition=copy).draw == 2
    assert copy.texts.get(language="ar").title == "في المدرسة"


# Settings of a course


SETTINGS = "/en/studio/courses/first-aid/settings/"


def test_what_is_taken_first_counts_at_once(writing: Client, three: CourseEdition, lessons: list[Lesson]) -> None:
    published_course("basics", lessons[:1], title="Basics")
    fields = form_fields(writing.get(SETTINGS))
    assert "slug" not in fields
    assert writing.post(SETTINGS, fields | {"take_first": ["basics"]}).status_code == 302
    assert "Basics" in text_of(Client().get("/en/courses/first-aid/"))


def test_two_who_change_the_settings_of_a_course_do_not_overwrite_each_other(
    writing: Client, three: CourseEdition
) -> None:
    topic_with_card("burns")
    fields = form_fields(writing.get(SETTINGS))
    writing.post(SETTINGS, fields | {"topics": ["burns"]})
    assert writing.post(SETTINGS, fields).status_code == 409


def test_the_address_of_a_course_that_nobody_reads_may_change(writing: Client) -> None:
    writing.post(NEW_COURSE, COURSE)
    url = "/en/studio/courses/at-home/settings/"
    response = writing.post(url, form_fields(writing.get(url)) | {"slug": "safe-at-home"})
    assert response.url == "/en/studio/courses/safe-at-home/"  # type: ignore[attr-defined]
