from datetime import date

import pytest
from django.core import mail
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from lessons.models import Course, CourseEdition
from portal.accounts.models import Assignment, AuditEntry, Organisation, User
from quizzes.models import CourseProgress
from tests.factories import LearnerFactory, published_course
from tests.portal.accounts.guests import text_of
from tests.portal.accounts.organisations.conftest import member_of

pytestmark = pytest.mark.django_db
ASSIGN, CHANGE = "/en/organisations/ministry/assign/", "/en/organisations/ministry/courses/first-aid/"


@pytest.fixture
def edition() -> CourseEdition:
    return published_course("first-aid", title="First aid")


@pytest.fixture
def asked(ministry: Organisation, edition: CourseEdition) -> Assignment:
    return Assignment.objects.create(organisation=ministry, course=edition.course, due_on=date(2026, 6, 1))


def completed(user: User, edition: CourseEdition, on: str, until: str | None) -> None:
    CourseProgress.objects.create(
        learner=LearnerFactory(user=user),
        course=edition.course,
        edition=edition,
        started_on=on,
        active_on=on,
        completed_on=on,
        expires_on=until,
    )


def test_a_course_is_asked_with_its_last_day(minister: Client, edition: CourseEdition) -> None:
    response = minister.post(ASSIGN, {"course": "first-aid", "due_on": "2026-09-01"}, follow=True)
    assert "The course is now assigned to the members." in text_of(response)
    asked = Assignment.objects.get()
    assert (asked.organisation.code, asked.course.key, asked.due_on) == ("ministry", "first-aid", date(2026, 9, 1))
    assert str(asked.assigned_by) == "Minister"


def test_members_of_the_organisations_below_are_written_to_in_their_language(
    minister: Client,
    oak: Organisation,
    elm: Organisation,
    edition: CourseEdition,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    member_of(oak, "Salma")
    User.objects.filter(pk=member_of(elm, "Omar").pk).update(language="ar")
    member_of(elm, "Gone", to_day=date(2026, 6, 1))
    with django_capture_on_commit_callbacks(execute=True):
        minister.post(ASSIGN, {"course": "first-aid", "due_on": "2026-09-01"})
    letters = {letter.to[0]: letter for letter in mail.outbox}
    assert set(letters) == {"salma@example.org", "omar@example.org"}
    assert "Ministry asks you to complete the course" in letters["salma@example.org"].body
    assert "1 September 2026" in letters["salma@example.org"].body
    assert "/en/courses/first-aid/" in letters["salma@example.org"].body
    assert "First aid بالعربية" in letters["omar@example.org"].body
    assert "/ar/courses/first-aid/" in letters["omar@example.org"].body


def test_who_holds_the_course_is_not_written_to_and_whose_completion_has_run_out_is(
    minister: Client,
    oak: Organisation,
    edition: CourseEdition,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    completed(member_of(oak, "Holds"), edition, "2026-02-01", "2027-02-01")
    completed(member_of(oak, "Forever"), edition, "2026-02-01", None)
    completed(member_of(oak, "Over"), edition, "2025-02-01", "2026-02-01")
    with django_capture_on_commit_callbacks(execute=True):
        minister.post(ASSIGN, {"course": "first-aid"})
    assert [letter.to for letter in mail.outbox] == [["over@example.org"]]


@pytest.mark.parametrize(
    ("sent", "field", "complaint"),
    [
        ({"course": "first-aid", "due_on": "2026-06-29"}, "due_on", "This day is over. Choose today or a later one."),
        ({"course": "first-aid", "due_on": "soon"}, "due_on", "Enter a valid date."),
        ({"course": "none"}, "course", "This is not among what you can choose. Choose from the list."),
        ({"due_on": "2026-09-01"}, "course", "This field is required."),
    ],
)
def test_what_cannot_be_asked_says_why_beside_its_field(
    minister: Client, edition: CourseEdition, sent: dict[str, str], field: str, complaint: str
) -> None:
    response = minister.post(ASSIGN, sent)
    assert response.context["form"].errors == {field: [complaint]}
    assert not Assignment.objects.exists()


def test_a_day_that_is_none_stays_to_be_seen(minister: Client, edition: CourseEdition) -> None:
    page = text_of(minister.post(ASSIGN, {"course": "first-aid", "due_on": "soon"}))
    assert 'type="text" name="due_on" value="soon"' in page


def test_a_course_that_is_asked_already_or_no_longer_offered_is_not_in_the_list(
    minister: Client, asked: Assignment
) -> None:
    published_course("old", title="Old")
    Course.objects.filter(slug="old").update(archived_at="2026-01-01T00:00:00Z")
    assert "Every course is assigned to the members already." in text_of(minister.get(ASSIGN))


def test_the_last_day_is_changed(minister: Client, asked: Assignment) -> None:
    minister.post(CHANGE, {"due_on": "2026-12-01"})
    asked.refresh_from_db()
    assert asked.due_on == date(2026, 12, 1)


def test_a_last_day_that_is_over_may_stay(minister: Client, asked: Assignment) -> None:
    assert minister.post(CHANGE, {"due_on": "2026-06-01"}).status_code == 302
    assert minister.post(CHANGE, {"due_on": "2026-06-02"}).status_code == 200


def test_the_last_day_can_be_taken_away(minister: Client, asked: Assignment) -> None:
    minister.post(CHANGE, {"due_on": ""})
    asked.refresh_from_db()
    assert asked.due_on is None


def test_a_course_is_no_longer_asked(minister: Client, asked: Assignment) -> None:
    minister.post(CHANGE, {"withdraw": "1"})
    assert not Assignment.objects.exists()


def test_the_manager_below_cannot_change_what_is_asked_above(alice: Client, asked: Assignment) -> None:
    assert alice.get("/en/organisations/oak/courses/first-aid/").status_code == 404


def test_asking_changing_and_withdrawing_are_written_down(minister: Client, edition: CourseEdition) -> None:
    minister.post(ASSIGN, {"course": "first-aid"})
    minister.post(CHANGE, {"due_on": "2026-12-01"})
    minister.post(CHANGE, {"withdraw": "1"})
    told = [(entry.deed, entry.detail) for entry in AuditEntry.objects.order_by("pk")]
    assert told == [
        ("assignment.added", {"course": "first-aid", "due_on": None}),
        ("assignment.changed", {"course": "first-aid", "due_on": "2026-12-01"}),
        ("assignment.withdrawn", {"course": "first-aid"}),
    ]
