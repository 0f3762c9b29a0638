"""A form sent when the log-in has ended, or by somebody else meanwhile, loses nothing of what was typed."""

from typing import Any

import pytest
from django.test import Client

from lessons.models import CourseEdition, Lesson
from portal.accounts.models import RoleGrant, User
from portal.studio.keeping.resending import HELD, MOST_CHARACTERS
from portal.studio.models import WorkingCopy
from quizzes.models import Question
from tests.portal.studio.keeping.test_merge_page import sent_back
from tests.portal.studio.keeping.typing import ARABIC, KEEPING, copy_of, page_fields, shown, token, typed
from tests.portal.studio.people import (
    LESSON,
    draft_of,
    drafts,
    lesson_fields,
    question_fields,
    question_url,
    staff,
    text_of,
)

pytestmark = pytest.mark.django_db


def send_logged_out(client: Client, **changed: Any) -> Any:
    """Open the page, type, and press the button after the log-in has ended."""
    fields = page_fields(client) | {name.replace("_", "-", 1): said for name, said in changed.items()}
    client.logout()
    return client.post(LESSON, fields)


def test_after_logging_in_again_it_stands_in_the_fields(
    writing: Client, instructor: User, lesson: Lesson, course: CourseEdition
) -> None:
    response = send_logged_out(writing, ar_markdown=ARABIC, en_title="Typed for an hour")
    assert response.status_code == 403
    assert "Nothing you typed is lost" in text_of(response)
    assert f"/en/account/login/?next={LESSON}" in text_of(response)
    writing.force_login(instructor)
    page = writing.get(LESSON)
    assert lesson_fields(page)["en-title"] == "Typed for an hour"
    assert lesson_fields(page)["ar-markdown"] == ARABIC
    assert HELD not in writing.session or writing.session[HELD] == []
    assert writing.post(LESSON, page_fields(writing)).status_code == 302
    assert draft_of(lesson, "ar").markdown == ARABIC.strip()


def test_somebody_else_who_logs_in_is_not_shown_it(writing: Client, instructor: User, course: CourseEdition) -> None:
    send_logged_out(writing, en_title="Typed for an hour")
    writing.force_login(staff("Omar", RoleGrant.Role.INSTRUCTOR))
    assert "Typed for an hour" not in text_of(writing.get(LESSON))
    assert not WorkingCopy.objects.exclude(saved_at=None).exists()


def test_without_our_signature_nothing_is_held(client: Client, instructor: User, course: CourseEdition) -> None:
    for forged in ("", str(instructor.pk), f"{instructor.pk}:forged", token(instructor)[:-1] + "!"):
        client.post(LESSON, {"en-title": "Forged", "typist-id": forged})
    assert HELD not in client.session


def test_what_is_too_much_to_be_held_is_in_the_page_to_be_sent_again(
    writing: Client, instructor: User, course: CourseEdition
) -> None:
    response = send_logged_out(writing, en_markdown="x" * MOST_CHARACTERS)
    assert HELD not in writing.session
    assert len(sent_back(response)["en-markdown"]) == MOST_CHARACTERS


def test_what_was_written_elsewhere_since_is_not_overwritten(
    writing: Client, instructor: User, course: CourseEdition
) -> None:
    elsewhere = Client()
    elsewhere.force_login(instructor)
    send_logged_out(writing, en_title="Sent too late")
    elsewhere.post(KEEPING, typed(elsewhere, en_title="Written elsewhere"))
    writing.force_login(instructor)
    page = writing.get(LESSON)
    assert lesson_fields(page)["en-title"] == "Written elsewhere"
    assert "Sent too late" in text_of(page)
    assert "Sent too late" in text_of(writing.get(LESSON))


def test_a_question_is_held_too(writing: Client, instructor: User, lesson: Lesson) -> None:
    url = question_url(Question.objects.order_by("pk")[0])
    page = writing.get(url)
    fields = question_fields(page) | {"stem_en": "Typed for an hour?", "typist-id": page.context["keeping"].token}
    writing.logout()
    assert writing.post(url, fields).status_code == 403
    writing.force_login(instructor)
    assert writing.get(url).context["form"]["stem_en"].value() == "Typed for an hour?"


def test_a_token_of_before_the_log_in_is_one_button_more(
    instructor: User, lesson: Lesson, course: CourseEdition
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(instructor)
    fields = page_fields(client) | {"en-title": "Typed for an hour", "ar-markdown": ARABIC}
    response = client.post(LESSON, fields | {"csrfmiddlewaretoken": "x" * 64})
    assert response.status_code == 403
    assert "Send it again" in text_of(response)
    again = sent_back(response) | {"csrfmiddlewaretoken": response.context["csrf_token"]}
    assert client.post(LESSON, again).status_code == 302
    assert draft_of(lesson).title == "Typed for an hour"
    assert draft_of(lesson, "ar").markdown == ARABIC.strip()


def test_a_page_of_another_person_is_not_saved_in_ones_name(
    writing: Client, instructor: User, lesson: Lesson, course: CourseEdition
) -> None:
    fields = page_fields(writing) | {"en-title": "Iman's title"}
    writing.force_login(staff("Omar", RoleGrant.Role.INSTRUCTOR))
    response = writing.post(LESSON, fields)
    assert response.status_code == 403
    assert "Somebody else logged in in this browser" in text_of(response)
    assert drafts(lesson) == []
    writing.force_login(instructor)
    assert writing.post(LESSON, sent_back(response)).status_code == 302
    assert draft_of(lesson).author == instructor


def test_a_page_without_a_signature_is_refused_as_before(course: CourseEdition, instructor: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(instructor)
    response = client.post(LESSON, {"en-title": "From another site"})
    assert response.status_code == 403
    assert "Send it again" not in text_of(response)


def test_held_forms_are_few(writing: Client, instructor: User, course: CourseEdition) -> None:
    send_logged_out(writing, en_title="Once")
    send = {"en-title": "Twice", "typist-id": token(instructor)}
    writing.post(LESSON, send)
    assert [one["fields"]["en-title"] for one in writing.session[HELD]] == [["Twice"]]
    writing.force_login(instructor)
    assert shown(writing, "en-title") == "Twice"
    assert copy_of(instructor).is_unsaved
