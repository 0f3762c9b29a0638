"""Within how many days of being assigned a course is to be done, as the studio keeps it."""

from typing import Any

import pytest
from django.test import Client

from lessons.models import Course, CourseEdition
from tests.portal.studio.courses.pages import form_fields
from tests.portal.studio.people import COURSE, text_of

pytestmark = pytest.mark.django_db
SETTINGS = f"{COURSE}settings/"


def keep(client: Client, days: str) -> Any:
    return client.post(SETTINGS, form_fields(client.get(SETTINGS)) | {"due_days": days})


def due_days() -> int | None:
    return Course.objects.get(slug="first-aid").due_days


def test_it_is_kept_and_shown_on_the_courses_page(writing: Client, course: CourseEdition) -> None:
    assert "being assigned" not in text_of(writing.get(COURSE))
    assert keep(writing, "30").status_code == 302
    assert due_days() == 30
    assert "to be done within 30 days of being assigned" in text_of(writing.get(COURSE))


def test_it_is_taken_away(writing: Client, course: CourseEdition) -> None:
    keep(writing, "30")
    keep(writing, "")
    assert due_days() is None


@pytest.mark.parametrize("typed", ["0", "-3", "3651", "soon", "1.5"])
def test_what_is_no_number_of_days_is_refused_and_stays(writing: Client, course: CourseEdition, typed: str) -> None:
    response = keep(writing, typed)
    assert response.status_code == 422
    assert f'value="{typed}"' in text_of(response)
    assert due_days() is None


def test_a_setting_that_somebody_else_changed_meanwhile_is_not_overwritten(
    writing: Client, course: CourseEdition
) -> None:
    fields = form_fields(writing.get(SETTINGS))
    keep(writing, "30")
    assert writing.post(SETTINGS, fields | {"due_days": "60"}).status_code == 409
    assert due_days() == 30


def test_a_duplicate_has_the_same(writing: Client, course: CourseEdition) -> None:
    keep(writing, "30")
    writing.post(f"{COURSE}duplicate/", {"slug": "second", "title_en": "Second", "title_ar": "ثانية"})
    assert Course.objects.get(slug="second").due_days == 30
