"""The last day that a course proposes when it is assigned: it is offered, and can be changed."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from lessons.models import Course, CourseEdition
from lessons.models.courses import MOST_DUE_DAYS
from portal.accounts.assignments import proposed_due
from portal.accounts.models import Assignment, Organisation
from tests.factories import published_course, published_lesson
from tests.portal.accounts.organisations.conftest import TODAY
from tests.portal.admin_pages import page as admin_page

pytestmark = pytest.mark.django_db
ASSIGN = "/en/organisations/oak/assign/"
PROPOSED = date(2026, 7, 30)


@pytest.fixture
def course() -> CourseEdition:
    made = published_course(lessons=[published_lesson()])
    Course.objects.filter(pk=made.course_id).update(due_days=30)
    return made


def text_of(response: Any) -> str:
    return str(response.content.decode())


def test_the_list_says_within_what_time_and_proposes_the_day(alice: Client, course: CourseEdition) -> None:
    published_course("second", [published_lesson("second")], title="Second")
    page = text_of(alice.get(ASSIGN))
    assert '<option value="first-aid" data-due="2026-07-30">First aid (within 30 days)</option>' in page
    assert '<option value="second">Second</option>' in page


def test_without_a_script_a_button_puts_the_day_in(alice: Client, course: CourseEdition) -> None:
    response = alice.post(ASSIGN, {"course": "first-aid", "due_on": "", "propose": "1"})
    assert response.status_code == 200
    assert 'value="2026-07-30"' in text_of(response)
    assert response.context["form"]["course"].value() == "first-aid"
    assert not Assignment.objects.exists()


@pytest.mark.parametrize("typed", ["", "no-such-course"])
def test_the_button_puts_no_day_in_where_no_course_is_chosen(alice: Client, course: CourseEdition, typed: str) -> None:
    response = alice.post(ASSIGN, {"course": typed, "propose": "1"})
    assert response.context["form"]["due_on"].value() is None


@pytest.mark.parametrize(("typed", "kept"), [("2026-07-30", PROPOSED), ("2026-08-15", date(2026, 8, 15)), ("", None)])
def test_what_the_manager_leaves_in_the_field_counts(
    alice: Client, oak: Organisation, course: CourseEdition, typed: str, kept: date | None
) -> None:
    alice.post(ASSIGN, {"course": "first-aid", "due_on": typed})
    assert Assignment.objects.get(organisation=oak).due_on == kept


def test_what_is_assigned_keeps_its_day_when_the_rule_changes(
    alice: Client, oak: Organisation, course: CourseEdition
) -> None:
    alice.post(ASSIGN, {"course": "first-aid", "due_on": "2026-07-30"})
    Course.objects.update(due_days=60)
    assert Assignment.objects.get(organisation=oak).due_on == PROPOSED


@pytest.mark.parametrize(("typed", "kept"), [("", PROPOSED), ("2026-08-15", date(2026, 8, 15))])
def test_the_administration_takes_the_day_that_is_proposed_where_none_is_written(
    administration: Client, oak: Organisation, course: CourseEdition, typed: str, kept: date
) -> None:
    fields = {"organisation": oak.pk, "course": course.course_id, "due_on": typed}
    response = administration.post(admin_page(Assignment, "add"), fields)
    assert response.status_code == 302, text_of(response)
    assigned = Assignment.objects.get()
    assert assigned.due_on == kept
    administration.post(admin_page(Assignment, "change", assigned.pk), fields | {"due_on": ""})
    assert Assignment.objects.get().due_on is None


def test_a_course_without_a_rule_proposes_nothing() -> None:
    assert proposed_due(None, TODAY) is None


@given(st.integers(1, MOST_DUE_DAYS), st.dates(date(2020, 1, 1), date(2100, 1, 1)))
def test_the_day_is_as_many_days_away_as_the_rule_says(days: int, today: date) -> None:
    due = proposed_due(days, today)
    assert due is not None
    assert due - today == timedelta(days=days)
