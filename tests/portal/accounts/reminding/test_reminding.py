"""Reminders of a course: who gets one, how often, and how they end."""

from collections.abc import Callable
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoCaptureOnCommitCallbacks

from lessons.models import CourseEdition
from portal.accounts.models import (
    Assignment,
    AuditEntry,
    Organisation,
    Reminder,
    ReminderRule,
    RemindersStopped,
    User,
)
from portal.accounts.reminding.audience import Audience, audience
from portal.accounts.reminding.rules import due_since, remind_by_rules
from portal.accounts.reminding.sending import claim
from tests.factories import MembershipFactory, UserFactory, published_course
from tests.portal.accounts.guests import text_of
from tests.portal.accounts.organisations.conftest import TODAY, logged_in, member_of
from tests.portal.accounts.organisations.test_asking import completed

pytestmark = pytest.mark.django_db
REMIND = "/en/organisations/oak/courses/first-aid/remind/"
RULE = "/en/organisations/oak/reminders/"
WEEK = timedelta(days=7)


@pytest.fixture
def edition() -> CourseEdition:
    return published_course("first-aid", title="First aid")


@pytest.fixture
def asked(oak: Organisation, edition: CourseEdition) -> Assignment:
    return Assignment.objects.create(organisation=oak, course=edition.course, due_on=date(2026, 6, 20))


@pytest.fixture
def sending(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Callable[..., object]:
    def done(deed: Callable[..., object], *args: object) -> object:
        with django_capture_on_commit_callbacks(execute=True):
            return deed(*args)

    return done


def written_to() -> list[str]:
    return sorted(letter.to[0] for letter in mail.outbox)


def test_the_number_is_shown_before_anybody_is_written_to(
    alice: Client, oak: Organisation, asked: Assignment, edition: CourseEdition
) -> None:
    completed(member_of(oak, "Amal"), edition, "2026-02-01", None)
    completed(member_of(oak, "Badr"), edition, "2025-02-01", "2026-02-01")
    Reminder.objects.create(user=member_of(oak, "Celine"), course=edition.course, sent_on=date(2026, 6, 25))
    RemindersStopped.objects.create(user=member_of(oak, "Dana"))
    MembershipFactory(user=UserFactory(email=None), organisation=oak)
    member_of(oak, "Gone", to_day=TODAY)
    response = alice.get(REMIND)
    assert response.context["audience"] == Audience(undone=4, reached=1, lately=1, unwilling=1, without_address=1)
    assert "Write to 1 person" in text_of(response)
    assert mail.outbox == []


def test_who_has_not_completed_the_course_is_written_to(
    alice: Client, oak: Organisation, asked: Assignment, sending: Callable[..., object]
) -> None:
    member_of(oak, "Salma")
    page = sending(lambda: text_of(alice.post(REMIND, follow=True)))
    assert "1 person is being written to." in str(page)
    [letter] = mail.outbox
    assert (letter.to, letter.subject) == (["salma@example.org"], "A reminder: First aid")
    assert "Oak school asks you to complete the course" in str(letter.body)
    assert "It was to be completed by 20 June 2026. You can still do it." in str(letter.body)
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    entry = AuditEntry.objects.get(deed="members.reminded")
    assert (entry.subject, entry.detail) == ("oak", {"course": "first-aid", "people": 1})


def test_members_below_are_written_to_in_their_language(
    minister: Client, ministry: Organisation, oak: Organisation, edition: CourseEdition, sending: Callable[..., object]
) -> None:
    Assignment.objects.create(organisation=ministry, course=edition.course)
    User.objects.filter(pk=member_of(oak, "Salma").pk).update(language="ar")
    sending(lambda: minister.post("/en/organisations/ministry/courses/first-aid/remind/"))
    assert mail.outbox[0].extra_headers["Content-Language"] == "ar"
    assert "/ar/courses/first-aid/" in str(mail.outbox[0].body)


def test_a_manager_reminds_of_what_is_asked_above_and_only_their_own_members(
    alice: Client,
    ministry: Organisation,
    oak: Organisation,
    elm: Organisation,
    edition: CourseEdition,
    sending: Callable[..., object],
) -> None:
    Assignment.objects.create(organisation=ministry, course=edition.course)
    member_of(oak, "Salma")
    member_of(elm, "Omar")
    sending(lambda: alice.post(REMIND))
    assert written_to() == ["salma@example.org"]


def test_nobody_is_reminded_twice_in_a_week(
    alice: Client, oak: Organisation, asked: Assignment, sending: Callable[..., object]
) -> None:
    member_of(oak, "Salma")
    for _time in range(2):
        sending(lambda: alice.post(REMIND))
    assert len(mail.outbox) == 1
    assert "There is nobody to write to now." in text_of(alice.get(REMIND))


@pytest.mark.parametrize(("days", "again"), [(0, False), (6, False), (7, True)])
def test_whoever_writes_the_day_in_sends_and_nobody_else_for_a_week(
    edition: CourseEdition, days: int, again: bool
) -> None:
    user = UserFactory()
    assert claim(user.pk, edition.course_id, TODAY)
    assert claim(user.pk, edition.course_id, TODAY + timedelta(days=days)) is again
    assert not claim(user.pk, edition.course_id, TODAY + timedelta(days=days))


def test_another_course_has_a_week_of_its_own(edition: CourseEdition) -> None:
    user = UserFactory()
    assert claim(user.pk, edition.course_id, TODAY)
    assert claim(user.pk, published_course("floods").course_id, TODAY)


def test_one_click_in_the_letter_ends_reminders(
    client: Client, alice: Client, oak: Organisation, asked: Assignment, sending: Callable[..., object]
) -> None:
    user = member_of(oak, "Salma")
    sending(lambda: alice.post(REMIND))
    address = mail.outbox[0].extra_headers["List-Unsubscribe"].strip("<>").partition("//")[2].partition("/")[2]
    assert client.post(f"/{address}", {"List-Unsubscribe": "One-Click"}).status_code == 204
    assert RemindersStopped.objects.get().user == user
    assert audience([oak.pk], asked.course_id, TODAY + WEEK).unwilling == 1


def test_a_person_ends_and_wants_reminders_in_their_account() -> None:
    user = UserFactory()
    client = Client()
    client.force_login(user)
    client.post("/en/account/organisations/reminders/")
    assert "You get no reminders." in text_of(client.get("/en/account/organisations/"))
    client.post("/en/account/organisations/reminders/", {"wanted": "1"})
    assert not RemindersStopped.objects.exists()


def test_another_managers_members_and_courses_not_asked_are_not_there(
    alice: Client, bob: Client, asked: Assignment
) -> None:
    published_course("floods")
    assert bob.get(REMIND).status_code == 404
    assert bob.post(REMIND).status_code == 404
    assert bob.get(RULE).status_code == 404
    assert alice.get("/en/organisations/oak/courses/floods/remind/").status_code == 404
    assert logged_in(UserFactory()).get(REMIND).status_code == 403


EVERYTHING = {"two_weeks_before": True, "three_days_before": True, "afterwards": True}


def rule(**chosen: bool) -> ReminderRule:
    return ReminderRule(**(chosen or EVERYTHING))


@pytest.mark.parametrize(
    ("days_before", "since_days_before"),
    [(15, None), (14, 14), (4, 14), (3, 3), (0, 3), (-1, -1), (-7, -1), (-8, -2), (-28, -22), (-29, None)],
)
def test_a_reminder_is_due_since_a_day(days_before: int, since_days_before: int | None) -> None:
    due = date(2026, 9, 1)
    since = None if since_days_before is None else due - timedelta(days=since_days_before)
    assert due_since(rule(), due, due - timedelta(days=days_before)) == since


@pytest.mark.parametrize(
    ("chosen", "days_before", "is_due"),
    [
        ({"two_weeks_before": True}, 2, True),  # a run was missed: late is better than never
        ({"two_weeks_before": True}, -1, False),
        ({"three_days_before": True}, 10, False),
        ({"afterwards": True}, 1, False),
        ({"afterwards": True}, -1, True),
    ],
)
def test_only_what_was_chosen_is_sent(chosen: dict[str, bool], days_before: int, is_due: bool) -> None:
    due = date(2026, 9, 1)
    assert (due_since(rule(**chosen), due, due - timedelta(days=days_before)) is not None) is is_due


@given(st.integers(min_value=-40, max_value=40))
def test_a_reminder_is_never_due_since_a_day_to_come(days: int) -> None:
    today = date(2026, 9, 1)
    since = due_since(rule(), today + timedelta(days=days), today)
    assert since is None or since <= today


def test_over_the_weeks_a_person_is_written_to_as_the_rule_says(
    oak: Organisation, edition: CourseEdition, sending: Callable[..., object]
) -> None:
    member_of(oak, "Salma")
    ReminderRule.objects.create(organisation=oak, **EVERYTHING)
    due = date(2026, 8, 1)
    Assignment.objects.create(organisation=oak, course=edition.course, due_on=due)
    sent = [days for days in range(-20, 40) if sending(remind_by_rules, due + timedelta(days=days))]
    assert sent == [-14, -3, 4, 11, 18, 25]
    assert len(mail.outbox) == 6


def test_the_command_sends_what_is_due_once(
    oak: Organisation, asked: Assignment, sending: Callable[..., object]
) -> None:
    member_of(oak, "Salma")
    ReminderRule.objects.create(organisation=oak, afterwards=True)
    said = StringIO()
    with override("en"):
        for _time in range(2):
            sending(lambda: call_command("remind_members", stdout=said))
    assert said.getvalue().splitlines() == [
        "Reminders: 1",
        "Letters to new people: 0",
        "Reminders: 0",
        "Letters to new people: 0",
    ]
    assert written_to() == ["salma@example.org"]


def test_an_organisation_without_a_rule_reminds_nobody(oak: Organisation, asked: Assignment) -> None:
    member_of(oak, "Salma")
    assert remind_by_rules(TODAY) == 0


def test_a_manager_sets_when_members_are_reminded(alice: Client, oak: Organisation) -> None:
    alice.post(RULE, {"two_weeks_before": "on", "afterwards": "on"})
    row = ReminderRule.objects.get()
    assert (row.organisation, row.two_weeks_before, row.three_days_before, row.afterwards) == (oak, True, False, True)
    alice.post(RULE, {"three_days_before": "on"})
    row.refresh_from_db()
    assert (row.two_weeks_before, row.three_days_before, row.afterwards) == (False, True, False)
    assert AuditEntry.objects.filter(deed="organisation.reminders").count() == 2


def test_a_withdrawn_assignment_reminds_nobody(alice: Client, oak: Organisation, asked: Assignment) -> None:
    ReminderRule.objects.create(organisation=oak, **EVERYTHING)
    member_of(oak, "Salma")
    alice.post("/en/organisations/oak/courses/first-aid/", {"withdraw": "1"})
    assert remind_by_rules(TODAY) == 0
    assert alice.get(REMIND).status_code == 404
