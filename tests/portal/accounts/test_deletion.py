"""Deleting an account: who somebody was goes, that somebody learned stays."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core import mail
from django.test import Client
from django.utils import timezone

from lessons.models import Revision, State
from portal.accounts.audit import record
from portal.accounts.closing import erase_due
from portal.accounts.deletion import LastAdministrator, delete_account
from portal.accounts.entrance import GUESSES
from portal.accounts.models import AuditEntry, Membership, Residence, RoleGrant, User
from quizzes.models import Attempt, Completion, Learner, ProgressEvent, Response
from tests.factories import (
    LONG_AGO,
    LearnerFactory,
    MembershipFactory,
    RevisionFactory,
    UserFactory,
    check_of,
    published_course,
    published_lesson,
)
from tests.portal.accounts.guests import PASSWORD, confirmed, emailed_code, is_logged_in, log_in, text_of
from tests.quizzes.sitting import sit

pytestmark = pytest.mark.django_db
DELETE, DELETED = "/en/account/delete/", "/en/account/deleted/"


@pytest.fixture
def salma(client: Client) -> User:
    """Somebody who learned something, and just showed that it is still them."""
    user = confirmed(UserFactory(email="salma@example.org", display_name="Salma Haddad"))
    lesson = published_lesson()
    sit(LearnerFactory(user=user), check_of(lesson), published_course(lessons=[lesson]).pk)
    MembershipFactory(user=user)
    log_in(client, "salma@example.org")
    client.post("/en/account/reauthenticate/", {"password": PASSWORD})
    return user


def close(client: Client) -> Any:
    client.post(DELETE)
    return client.post(DELETE, {"code": emailed_code()})


def delete(client: Client) -> Any:
    """Closes the account and lets the days go by until it is erased."""
    response = close(client)
    erase_due(timezone.localdate() + timedelta(days=settings.ERASE_DAYS))
    return response


def test_with_the_code_from_the_e_mail_the_account_is_closed_and_later_gone(client: Client, salma: User) -> None:
    assert "What goes, for good" in text_of(client.get(DELETE))
    assert delete(client).headers["Location"] == DELETED
    assert not User.objects.exists()
    assert not EmailAddress.objects.exists()
    assert not Membership.objects.exists()
    assert not Residence.objects.exists()
    assert not is_logged_in(client)
    assert "Your account is closed" in text_of(client.get(DELETED))


def test_the_letter_with_the_code_says_what_it_does(client: Client, salma: User) -> None:
    client.post(DELETE)
    assert "your account on the Civil Defense Portal is closed, and erased some days later" in mail.outbox[-1].body


def test_a_letter_says_that_it_is_done(client: Client, salma: User, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        delete(client)
    assert (mail.outbox[-1].subject, mail.outbox[-1].to) == ("Your account is deleted", ["salma@example.org"])


def test_answers_go_and_counts_stay_without_a_name(client: Client, salma: User) -> None:
    events, completions = ProgressEvent.objects.count(), Completion.objects.count()
    delete(client)
    learner = Learner.objects.get()
    assert learner.user is None
    assert learner.erased_at is not None
    assert not Response.objects.filter(answer__isnull=False).exists()
    assert not ProgressEvent.objects.filter(at__isnull=False).exists()
    assert (ProgressEvent.objects.count(), Completion.objects.count()) == (events, completions)
    assert Attempt.objects.filter(passed=True).exists()


def test_what_staff_wrote_stays_without_their_name(client: Client, salma: User) -> None:
    revision = RevisionFactory(author=salma, state=State.PUBLISHED, published_at=LONG_AGO)
    record(salma, "release.published", "A release")
    delete(client)
    assert Revision.objects.get(pk=revision.pk).author is None
    entry = AuditEntry.objects.get(deed="release.published")
    assert (entry.actor, entry.address, entry.subject) == (None, None, "A release")


def test_that_an_account_was_deleted_is_written_down_without_saying_whose(client: Client, salma: User) -> None:
    delete(client)
    entry = AuditEntry.objects.get(deed="account.deleted")
    assert (entry.actor, entry.address, entry.subject, entry.detail) == (None, None, "", {})


def test_what_the_administration_noted_by_name_and_address_goes(client: Client, salma: User) -> None:
    address = EmailAddress.objects.get()
    for row in (salma, address):
        kind = ContentType.objects.get_for_model(type(row))
        LogEntry.objects.create(
            user=UserFactory(), content_type=kind, object_id=str(row.pk), object_repr=str(row), action_flag=2
        )
    delete(client)
    assert not LogEntry.objects.exists()


def test_a_wrong_code_deletes_nothing_and_says_so(client: Client, salma: User) -> None:
    client.post(DELETE)
    wrong = str((int(emailed_code()) + 1) % 1_000_000).zfill(6)
    assert "This is not the code." in text_of(client.post(DELETE, {"code": wrong}))
    for _ in range(GUESSES - 1):
        page = text_of(client.post(DELETE, {"code": wrong}))
    assert "The code was wrong too many times." in page
    client.post(DELETE, {"code": emailed_code()})
    assert User.objects.filter(pk=salma.pk).exists()


def test_a_code_for_going_in_deletes_nothing(client: Client, salma: User) -> None:
    Client().post("/en/account/login/", {"login": "salma@example.org"})
    client.post(DELETE, {"code": emailed_code()})
    assert User.objects.filter(pk=salma.pk).exists()


def test_a_person_shows_first_that_it_is_still_them(client: Client) -> None:
    client.force_login(UserFactory())
    assert client.get(DELETE).headers["Location"].startswith("/en/account/reauthenticate/")
    client.logout()
    assert client.get(DELETE).headers["Location"] == f"/en/account/login/?next={DELETE}"


def test_who_never_set_a_password_needs_only_the_code(client: Client) -> None:
    user = confirmed(UserFactory(email="omar@example.org", password=None))
    User.objects.filter(pk=user.pk).update(password="!")
    client.force_login(User.objects.get())
    assert delete(client).headers["Location"] == DELETED


def test_the_last_administrator_is_told_and_stays(client: Client, salma: User) -> None:
    User.objects.update(is_superuser=True, is_staff=True)
    page = text_of(client.get(DELETE))
    assert "You are the last administrator" in page
    assert '<button type="submit" class="btn btn-danger"' not in page
    client.post(DELETE)
    assert mail.outbox == []
    with pytest.raises(LastAdministrator):
        delete_account(User.objects.get())


def test_an_administrator_with_another_beside_them_may_go(client: Client, salma: User) -> None:
    User.objects.update(is_superuser=True, is_staff=True)
    other = UserFactory(is_staff=True)
    RoleGrant.objects.create(user=other, role=RoleGrant.Role.ADMINISTRATOR, from_day=LONG_AGO.date())
    assert delete(client).headers["Location"] == DELETED


def test_the_same_address_may_sign_up_again_and_finds_nothing(client: Client, salma: User) -> None:
    delete(client)
    client.post("/en/account/signup/", {"email": "salma@example.org"})
    client.post("/en/account/login/code/confirm/", {"code": emailed_code()})
    assert not Attempt.objects.filter(learner__user=User.objects.get()).exists()
