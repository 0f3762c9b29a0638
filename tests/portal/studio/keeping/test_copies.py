"""What is typed is kept for its person alone, and no page overwrites what another one has written."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lessons.models import CourseEdition, Lesson
from portal.accounts.deletion import delete_account
from portal.accounts.holdings import sections
from portal.accounts.models import RoleGrant, User
from portal.studio.keeping.copies import DAYS
from portal.studio.models import WorkingCopy
from tests.portal.studio.keeping.typing import (
    ARABIC,
    DROP,
    KEEPING,
    OTHER_TAB,
    copy_of,
    page_fields,
    shown,
    token,
    type_,
    typed,
)
from tests.portal.studio.people import HOME, LESSON, SCRIPT, draft_of, drafts, staff, text_of, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def other() -> Client:
    """The browser of a second instructor."""
    client = Client()
    client.force_login(staff("Omar", RoleGrant.Role.INSTRUCTOR))
    return client


def test_what_is_typed_stands_in_the_fields_when_the_page_is_opened_again(
    writing: Client, course: CourseEdition
) -> None:
    assert type_(writing, ar_markdown=ARABIC, en_title="  Half a ti").status_code == 200
    html = text_of(writing.get(LESSON))
    assert shown(writing, "ar-markdown") == ARABIC
    assert shown(writing, "en-title") == "  Half a ti"
    assert "You had not saved this draft yet" in html


def test_nothing_typed_becomes_a_draft_by_itself(writing: Client, lesson: Lesson, course: CourseEdition) -> None:
    type_(writing, en_title="Half a ti")
    assert drafts(lesson) == []


def test_nobody_else_sees_it(writing: Client, other: Client, course: CourseEdition) -> None:
    type_(writing, en_title="Half a ti")
    assert shown(other, "en-title") == "Severe bleeding"
    assert "Half a ti" not in text_of(other.get(LESSON))


def test_saving_makes_it_the_draft_and_no_copy_is_left(
    writing: Client, instructor: User, lesson: Lesson, course: CourseEdition
) -> None:
    type_(writing, en_title="A whole title")
    assert writing.post(LESSON, page_fields(writing)).status_code == 302
    assert draft_of(lesson).title == "A whole title"
    assert not copy_of(instructor).is_unsaved
    assert "You had not saved" not in text_of(writing.get(LESSON))


def test_what_comes_late_after_saving_is_not_a_copy_again(
    writing: Client, instructor: User, course: CourseEdition
) -> None:
    late = typed(writing, count=1, en_title="A whole ti")
    saved = typed(writing, count=2, en_title="A whole title")
    writing.post(LESSON, saved)
    writing.post(KEEPING, late)
    assert not copy_of(instructor).is_unsaved


def test_an_untouched_language_is_no_part_of_it(
    writing: Client, other: Client, instructor: User, course: CourseEdition
) -> None:
    type_(writing, en_title="Mine")
    assert copy_of(instructor).languages == "en"
    write(other, ar_title="لهم")
    assert shown(writing, "ar-title") == "لهم"


def test_typed_back_to_what_was_there_it_is_empty(writing: Client, instructor: User, course: CourseEdition) -> None:
    type_(writing, en_title="Mine")
    writing.post(KEEPING, typed(writing, count=2, en_title="Severe bleeding"))
    assert not copy_of(instructor).is_unsaved


def test_of_two_that_overtake_each_other_the_newer_stays(writing: Client, course: CourseEdition) -> None:
    early, late = typed(writing, count=1, en_title="Ear"), typed(writing, count=2, en_title="Early and late")
    assert [writing.post(KEEPING, one).status_code for one in (late, early)] == [200, 200]
    assert shown(writing, "en-title") == "Early and late"


def test_a_second_tab_overwrites_nothing_and_is_told_what_there_is(writing: Client, course: CourseEdition) -> None:
    here, there = typed(writing, en_title="Here"), typed(writing, tab=OTHER_TAB, en_title="There")
    writing.post(KEEPING, here)
    answer = writing.post(KEEPING, there)
    assert answer.status_code == 409
    assert ["en-title", "Here"] in answer.json()["fields"]
    assert shown(writing, "en-title") == "Here"


def test_a_second_tab_that_knows_it_goes_on(writing: Client, course: CourseEdition) -> None:
    known = writing.post(KEEPING, typed(writing, en_title="Here")).json()["mark"]
    there = typed(writing, tab=OTHER_TAB, en_title="Here and there") | {"copy-id": known}
    assert writing.post(KEEPING, there).status_code == 200
    assert writing.post(KEEPING, typed(writing, count=2) | {"copy-id": known}).status_code == 409


def test_saving_in_one_tab_leaves_what_another_one_wrote(
    writing: Client, instructor: User, course: CourseEdition
) -> None:
    old = typed(writing, tab=OTHER_TAB, ar_title="من نافذة أخرى")
    type_(writing, en_title="Here")
    assert writing.post(LESSON, old).status_code == 302
    assert copy_of(instructor).first("en-title") == "Here"


def test_it_can_be_thrown_away(writing: Client, instructor: User, course: CourseEdition) -> None:
    type_(writing, en_title="Not this")
    answer = writing.post(DROP, page_fields(writing))
    assert answer.headers["Location"] == LESSON
    assert shown(writing, "en-title") == "Severe bleeding"
    assert copy_of(instructor).typed == {}


def test_what_another_tab_wrote_since_is_not_thrown_away(writing: Client, course: CourseEdition) -> None:
    type_(writing, en_title="First")
    old = page_fields(writing)
    writing.post(KEEPING, typed(writing, count=2, en_title="Second"))
    assert "nothing was thrown away" in text_of(writing.post(DROP, old, follow=True))
    assert shown(writing, "en-title") == "Second"


def test_what_is_refused_is_kept_without_a_script(writing: Client, course: CourseEdition) -> None:
    response = write(writing, en_title="", en_markdown="A long text")
    assert response.status_code == 422
    assert shown(writing, "en-markdown") == "A long text"


def test_words_of_a_picture_that_is_not_there_yet_are_kept(writing: Client, course: CourseEdition) -> None:
    writing.post(KEEPING, typed(writing) | {"picture-alt_en": "Two hands"})
    assert writing.get(LESSON).context["picture_form"]["alt_en"].value() == "Two hands"


def test_what_was_typed_is_shown_as_text(writing: Client, course: CourseEdition) -> None:
    type_(writing, en_title=SCRIPT)
    assert SCRIPT not in text_of(writing.get(LESSON))


def test_names_that_no_form_of_ours_has_are_left_out(writing: Client, instructor: User, course: CourseEdition) -> None:
    strange = {"en-a\0b": "x", "en-" + "x" * 100: "x", "en-a b": "x", "merge-en-title-0": "mine"}
    writing.post(KEEPING, typed(writing, en_title="Mine") | strange)
    assert set(copy_of(instructor).typed) == {"en-title", "en-summary", "en-objective", "en-markdown", "en-id"}


def test_a_character_that_no_database_holds_is_left_out(writing: Client, course: CourseEdition) -> None:
    assert type_(writing, en_title="a\0b").status_code == 200
    assert shown(writing, "en-title") == "ab"


# Who may, and how much


def test_a_page_of_another_person_keeps_nothing(writing: Client, other: Client, course: CourseEdition) -> None:
    fields = typed(writing, en_title="Whose?")
    assert other.post(KEEPING, fields).status_code == 403
    assert not WorkingCopy.objects.exclude(saved_at=None).exists()


def test_who_does_not_write_keeps_nothing(reviewing: Client, reviewer: User, course: CourseEdition) -> None:
    assert reviewing.post(KEEPING, {"en-title": "x", "typist-id": token(reviewer)}).status_code == 403


def test_who_is_logged_out_is_told_so(client: Client, course: CourseEdition) -> None:
    assert client.get(KEEPING).status_code == 302
    assert client.post(KEEPING, {"en-title": "x"}).status_code == 403


def test_a_new_token_is_given_to_who_is_logged_in(writing: Client, instructor: User, course: CourseEdition) -> None:
    answer = writing.get(KEEPING)
    assert answer.json()["person"] == instructor.pk
    assert answer.json()["csrf"]
    assert "no-store" in answer.headers["Cache-Control"]


def test_there_is_a_bound_to_it(writing: Client, course: CourseEdition) -> None:
    assert type_(writing, en_markdown="x" * WorkingCopy.MOST_CHARACTERS).status_code == 413
    assert not WorkingCopy.objects.exclude(saved_at=None).exists()


def test_it_may_not_come_without_a_pause(writing: Client, course: CourseEdition) -> None:
    fields = typed(writing, en_title="x")
    with time_machine.travel(timezone.now(), tick=False):
        statuses = [writing.post(KEEPING, fields).status_code for _again in range(91)]
    assert statuses == [200] * 90 + [429]


def test_of_a_form_that_is_not_there_nothing_is_kept(writing: Client, course: CourseEdition) -> None:
    for place in ("question-99", "true_false", "new-riddle", "elsewhere", "question-x"):
        assert writing.post(KEEPING, typed(writing) | {"place-id": place}).status_code == 404


# What it costs


def queries(client: Client, fields: dict[str, str]) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.post(KEEPING, fields).status_code == 200
    return [one["sql"] for one in asked]


def writes(asked: list[str]) -> list[str]:
    return [one for one in asked if one.startswith(("INSERT", "UPDATE", "DELETE"))]


def test_keeping_asks_little_of_the_database(writing: Client, course: CourseEdition) -> None:
    type_(writing, en_title="Mi")
    asked = queries(writing, typed(writing, count=2, en_title="Mine"))
    assert len(writes(asked)) == 1
    assert len(asked) <= 12, asked


def test_the_same_again_writes_nothing(writing: Client, course: CourseEdition) -> None:
    type_(writing, en_title="Mine")
    assert writes(queries(writing, typed(writing, count=2, en_title="Mine"))) == []
    assert writes(queries(writing, typed(writing, count=2) | {"look": "1"})) == []


def test_that_somebody_is_there_is_written_once_in_twenty_seconds(writing: Client, course: CourseEdition) -> None:
    type_(writing, en_title="Mine")
    fields = typed(writing) | {"look": "1"}
    with time_machine.travel(timezone.now() + timedelta(seconds=21), tick=False):
        assert len(writes(queries(writing, fields))) == 1
        assert writes(queries(writing, fields)) == []


# How it ends


def test_it_goes_with_the_account(writing: Client, instructor: User, course: CourseEdition) -> None:
    type_(writing, en_title="Mine")
    delete_account(instructor)
    assert not WorkingCopy.objects.exists()


def test_it_is_part_of_what_the_portal_holds_about_a_person(
    writing: Client, instructor: User, course: CourseEdition
) -> None:
    type_(writing, en_title="Mine")
    [section] = [one for one in sections() if one.name == "working_copies"]
    [row] = section.rows(instructor)
    assert row["typed"]["en-title"] == ["Mine"]


def test_what_nobody_touched_for_long_is_deleted(writing: Client, other: Client, course: CourseEdition) -> None:
    type_(writing, en_title="Old")
    WorkingCopy.objects.update(seen_at=timezone.now() - timedelta(days=DAYS, minutes=1))
    type_(other, en_title="New")
    call_command("purge_working_copies")
    assert shown(writing, "en-title") == "Severe bleeding"
    assert shown(other, "en-title") == "New"


def test_an_empty_one_is_deleted_the_day_after(writing: Client, course: CourseEdition) -> None:
    writing.post(KEEPING, typed(writing) | {"look": "1"})
    call_command("purge_working_copies")
    assert WorkingCopy.objects.count() == 1
    WorkingCopy.objects.update(seen_at=timezone.now() - timedelta(days=2))
    call_command("purge_working_copies")
    assert not WorkingCopy.objects.exists()


def test_the_first_page_leads_back_to_it(writing: Client, other: Client, course: CourseEdition) -> None:
    type_(writing, en_title="Mine")
    html = text_of(writing.get(HOME))
    assert "Typed and not saved yet" in html
    assert f'href="{LESSON}"' in html
    assert "Typed and not saved yet" not in text_of(other.get(HOME))
