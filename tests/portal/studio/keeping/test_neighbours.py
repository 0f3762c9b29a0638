"""Two people who write the same lesson see each other, and hear of a newer draft before they save."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from lessons.models import CourseEdition, Lesson
from portal.accounts.models import RoleGrant
from portal.studio.models import WorkingCopy
from tests.portal.studio.keeping.typing import KEEPING, type_, typed
from tests.portal.studio.people import LESSON, staff, text_of, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def other() -> Client:
    """The browser of a second instructor."""
    client = Client()
    client.force_login(staff("Amal <b>", RoleGrant.Role.INSTRUCTOR))
    return client


def plain(html: str) -> str:
    return " ".join(html.split())


def test_who_writes_is_seen_with_the_language(writing: Client, other: Client, course: CourseEdition) -> None:
    type_(other, ar_title="عنوان")
    assert "<bdi>Amal &lt;b&gt;</bdi> is writing here too: Arabic." in plain(text_of(writing.get(LESSON)))
    assert "is writing here too: Arabic." in plain(type_(writing, en_title="x").json()["here"])


def test_who_only_has_it_open_is_seen_too(writing: Client, other: Client, course: CourseEdition) -> None:
    other.post(KEEPING, typed(other) | {"look": "1"})
    assert "has this page open too" in plain(type_(writing, en_title="x").json()["here"])


def test_nobody_sees_themselves(writing: Client, course: CourseEdition) -> None:
    type_(writing, en_title="x")
    assert "too" not in type_(writing, en_title="xy").json()["here"]


def test_who_was_there_a_minute_ago_is_gone(writing: Client, other: Client, course: CourseEdition) -> None:
    type_(other, ar_title="عنوان")
    WorkingCopy.objects.update(seen_at=timezone.now() - timedelta(seconds=61))
    assert "Amal" not in text_of(writing.get(LESSON))


def test_a_newer_draft_is_told_of_at_once(writing: Client, other: Client, course: CourseEdition) -> None:
    fields = typed(writing, en_title="Mine")
    assert writing.post(KEEPING, fields).json()["newer"] == ""
    write(other, en_title="Theirs")
    newer = plain(writing.post(KEEPING, fields | {"look": "1"}).json()["newer"])
    assert "English · <bdi>Amal &lt;b&gt;</bdi> saved a newer draft," in newer


def test_one_s_own_newer_draft_is_called_so(writing: Client, course: CourseEdition) -> None:
    fields = typed(writing, en_title="Mine")
    write(writing, en_title="Mine in another tab")
    assert "You saved a newer draft in another tab" in plain(writing.post(KEEPING, fields).json()["newer"])


def test_opened_again_the_page_says_it_too(
    writing: Client, other: Client, lesson: Lesson, course: CourseEdition
) -> None:
    type_(writing, en_title="Mine")
    write(other, en_title="Theirs")
    html = plain(text_of(writing.get(LESSON)))
    assert "saved a newer draft" in html
    assert "Nothing is overwritten" in html


def test_both_languages_are_named(writing: Client, other: Client, course: CourseEdition) -> None:
    type_(other, ar_title="عنوان", en_title="Title")
    assert "is writing here too: Arabic and English." in plain(type_(writing, en_title="x").json()["here"])
