"""An instructor writes a lesson in two languages side by side."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from lessons.models import CourseEdition, Lesson, LessonText, Revision, RevisionSource, Source, State
from lessons.publishing import publish_revision
from portal.accounts.models import RoleGrant, User
from portal.language.formats import moment
from tests.factories import LessonFactory, RevisionFactory
from tests.portal.studio.people import (
    COURSE,
    FIRST,
    LESSON,
    SCRIPT,
    draft_of,
    drafts,
    lesson_fields,
    staff,
    text_of,
    write,
)

pytestmark = pytest.mark.django_db


def test_what_is_published_stands_in_both_columns(writing: Client, course: CourseEdition) -> None:
    fields = lesson_fields(writing.get(LESSON))
    assert fields["en-title"] == "Severe bleeding"
    assert fields["ar-title"] == "Severe bleeding بالعربية"
    html = text_of(writing.get(LESSON))
    assert 'lang="ar" dir="rtl"' in html
    assert 'lang="en" dir="ltr"' in html


def test_saving_makes_a_draft_and_leaves_what_is_published(
    writing: Client, instructor: User, lesson: Lesson, course: CourseEdition
) -> None:
    response = write(writing, en_title="Stop the blood", en_markdown=FIRST)
    assert response.headers["Location"] == LESSON
    draft = draft_of(lesson)
    assert (draft.title, draft.markdown, draft.number, draft.author) == ("Stop the blood", FIRST.strip(), 2, instructor)
    assert Revision.objects.get(text__lesson=lesson, text__language="en", state="published").title == "Severe bleeding"


def test_a_language_that_was_not_changed_gets_no_draft(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    write(writing, ar_title="وقف النزف")
    assert drafts(lesson) == ["ar"]


def test_nothing_changed_saves_nothing(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    response = write(writing)
    assert drafts(lesson) == []
    assert "Nothing had changed" in text_of(writing.get(response.headers["Location"]))


def test_saving_again_goes_on_with_the_same_draft(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    write(writing, en_title="One")
    write(writing, en_title="Two")
    assert (draft_of(lesson).number, draft_of(lesson).title) == (2, "Two")


def test_the_same_form_sent_twice_saves_once(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    fields = lesson_fields(writing.get(LESSON)) | {"en-title": "Once"}
    assert [writing.post(LESSON, fields).status_code for _ in range(2)] == [302, 302]
    assert Revision.objects.filter(text__lesson=lesson, text__language="en").count() == 2


def test_the_page_says_when_and_by_whom_it_was_saved(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    write(writing, en_title="Two")
    html = text_of(writing.get(LESSON))
    assert f"Draft 2, saved {moment(draft_of(lesson).saved_at)}" in html
    assert "Iman" in html


def test_sources_and_the_day_of_review_go_over_to_the_draft(writing: Client, course: CourseEdition) -> None:
    lesson = LessonFactory(slug="burns", key="burns")
    old = RevisionFactory(text=LessonText.objects.create(lesson=lesson, language="en"), review_due=date(2027, 11, 1))
    source = Source.objects.create(key="RCUK25", title="Guidelines", publisher="RCUK", year=2025)
    RevisionSource.objects.create(revision=old, source=source, note="page 4")
    publish_revision(old, timezone.now())
    page = "/en/studio/lessons/burns/"
    writing.post(page, lesson_fields(writing.get(page)) | {"en-title": "Burns and scalds"})
    draft = draft_of(lesson)
    assert draft.review_due == date(2027, 11, 1)
    assert [(c.source, c.note) for c in draft.citations.all()] == [(source, "page 4")]


def test_a_lesson_can_be_written_in_a_language_it_has_not_had(writing: Client) -> None:
    lesson = LessonFactory(slug="burns", key="burns")
    page = "/en/studio/lessons/burns/"
    assert "Nothing is written in this language yet" in text_of(writing.get(page))
    writing.post(page, lesson_fields(writing.get(page)) | {"ar-title": "الحروق", "ar-markdown": FIRST})
    assert drafts(lesson) == ["ar"]
    assert draft_of(lesson, "ar").number == 1


# Translations


def test_a_translation_remembers_what_it_was_made_from(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    write(writing, en_title="New", ar_title="جديد")
    assert draft_of(lesson, "ar").made_from == draft_of(lesson, "en")


def test_a_translation_is_out_of_date_once_its_source_moved_on(
    writing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    write(writing, en_title="New", ar_title="جديد")
    assert "Translation out of date" not in text_of(writing.get(COURSE))
    write(writing, en_title="Newer")
    assert "Translation out of date" in text_of(writing.get(COURSE))


def test_its_translator_may_say_that_it_is_still_right(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    write(writing, en_title="New")
    assert "Translation out of date" in text_of(writing.get(LESSON))
    write(writing, ar_matches="on")
    assert draft_of(lesson, "ar").made_from == draft_of(lesson, "en")
    assert draft_of(lesson, "ar").title == "Severe bleeding بالعربية"
    assert "Translation out of date" not in text_of(writing.get(LESSON))


# What is unfinished


def test_faults_of_the_markdown_are_shown_with_their_line_and_the_draft_is_saved(
    writing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    write(writing, en_markdown="::: first\nPress.\n:::\n\n::: steps\nno list\n:::")
    html = text_of(writing.get(LESSON))
    assert "Line 5:" in html
    assert "The block “steps” holds one numbered list" in html
    assert '<code dir="auto">::: steps</code>' in html
    assert drafts(lesson) == ["en"]


def test_a_text_without_a_title_is_not_saved_and_stays_in_its_fields(
    writing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    response = write(writing, en_title="", en_markdown="A long text", ar_title="عنوان جديد")
    assert response.status_code == 422
    assert "Write a title at least" in text_of(response)
    assert "A long text" in text_of(response)
    assert "عنوان جديد" in text_of(response)
    assert drafts(lesson) == []


def test_a_title_that_is_too_long_is_refused_beside_its_field(
    writing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    response = write(writing, en_title="x" * 161, en_markdown="A long text")
    assert response.status_code == 422
    assert "at most 160 characters" in text_of(response)
    assert "A long text" in text_of(response)


def test_letters_that_no_database_takes_are_refused_beside_their_field(
    writing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    response = write(writing, en_markdown="A long\x00 text")
    assert response.status_code == 422
    assert "Null characters are not allowed" in text_of(response)
    assert drafts(lesson) == []


def test_an_empty_form_changes_nothing(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    assert writing.post(LESSON, {}).status_code == 422
    assert drafts(lesson) == []


def test_scripts_are_kept_as_words_and_run_nowhere(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    write(writing, en_title=SCRIPT, en_summary=SCRIPT, en_markdown=SCRIPT)
    for page in (LESSON, COURSE, f"{LESSON}preview/", "/en/studio/", "/en/studio/courses/first-aid/release/"):
        html = text_of(writing.get(page))
        assert SCRIPT not in html, page
    assert "HTML is not allowed" in text_of(writing.get(LESSON))


def test_lines_ending_as_browsers_send_them_are_no_change(
    writing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    write(writing, en_markdown="::: first\r\nPress hard.\r\n:::\r\n")
    assert drafts(lesson) == []


# Somebody else


@pytest.fixture
def other() -> Client:
    """The browser of a second instructor."""
    client = Client()
    client.force_login(staff("Omar", RoleGrant.Role.INSTRUCTOR))
    return client


def test_two_who_save_at_once_overwrite_nothing_and_see_both_texts(
    writing: Client, other: Client, lesson: Lesson, course: CourseEdition
) -> None:
    mine = lesson_fields(writing.get(LESSON)) | {"en-title": "Mine", "en-markdown": f"{FIRST}\nMy words"}
    write(other, en_title="Theirs", en_markdown=f"{FIRST}\nOther words")
    response = writing.post(LESSON, mine)
    html = text_of(response)
    assert response.status_code == 409
    assert draft_of(lesson).title == "Theirs"
    assert "nothing was overwritten" in html
    assert "My words" in html
    assert "Other" in html
    assert writing.get(LESSON).context["columns"][1].form["title"].value() == "Mine"


def test_who_wrote_the_other_language_meanwhile_is_in_nobodys_way(
    writing: Client, other: Client, lesson: Lesson, course: CourseEdition
) -> None:
    mine = lesson_fields(writing.get(LESSON)) | {"en-title": "Mine"}
    write(other, ar_title="لهم")
    assert writing.post(LESSON, mine).status_code == 302
    assert (draft_of(lesson, "en").title, draft_of(lesson, "ar").title) == ("Mine", "لهم")


def test_a_draft_that_was_overtaken_says_so_and_becomes_the_newest_when_it_is_saved(
    writing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    write(writing, en_title="Mine")
    text = LessonText.objects.get(lesson=lesson, language="en")
    publish_revision(RevisionFactory(text=text, number=3, title="From a package"), timezone.now())
    assert "Something newer was published" in text_of(writing.get(LESSON))
    write(writing, en_title="Mine, compared")
    assert (draft_of(lesson).number, draft_of(lesson).title) == (4, "Mine, compared")


# Throwing away


def test_a_draft_can_be_thrown_away(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    write(writing, en_title="Mine")
    assert writing.post(f"{LESSON}discard/en/").headers["Location"] == LESSON
    assert drafts(lesson) == []
    assert Revision.objects.filter(text__lesson=lesson, state=State.PUBLISHED).count() == 2


def test_throwing_away_where_there_is_no_draft_does_nothing(
    writing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    assert writing.post(f"{LESSON}discard/en/").status_code == 302
    assert writing.get(f"{LESSON}discard/en/").status_code == 405
    assert Revision.objects.count() == 2


def test_a_draft_that_a_published_translation_was_made_from_stays(
    writing: Client, lesson: Lesson, course: CourseEdition
) -> None:
    write(writing, en_title="New", ar_title="جديد")
    publish_revision(draft_of(lesson, "ar"), timezone.now() + timedelta(seconds=1))
    writing.post(f"{LESSON}discard/en/")
    assert "so it stays" in text_of(writing.get(LESSON))
    assert drafts(lesson) == ["en"]
