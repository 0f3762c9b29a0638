"""A closed account: nobody is signed in to it, and until its day comes whoever owns it takes it back."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from portal.accounts import closing, letters
from portal.accounts.closing import close, due, erase_due, take_back
from portal.accounts.deletion import LastAdministrator, delete_account
from portal.accounts.models import AuditEntry, Membership, User
from portal.accounts.organisations.members import add_members
from portal.accounts.organisations.overview import memberships_of
from portal.accounts.returning import HOLDS
from quizzes.models import Learner
from tests.factories import LearnerFactory, MembershipFactory, OrganisationFactory, UserFactory
from tests.portal.accounts.guests import (
    LOGIN,
    code_of,
    confirmed,
    emailed_code,
    guest_with_progress,
    is_logged_in,
    log_in,
    text_of,
    with_second_factor,
)

pytestmark = pytest.mark.django_db
KEEP, PROFILE = "/en/account/keep/", "/en/account/"


@pytest.fixture
def salma() -> User:
    return confirmed(UserFactory(email="salma@example.org", display_name="Salma Haddad"))


@pytest.fixture
def closed(salma: User) -> User:
    close(salma)
    salma.refresh_from_db()
    return salma


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def test_it_is_erased_after_the_days_of_the_setting(salma: User, settings: Any) -> None:
    settings.ERASE_DAYS = 5
    assert close(salma) == in_days(5)
    assert not due(in_days(4)).exists()
    assert due(in_days(5)).get() == salma


def test_closing_it_again_keeps_the_day_and_writes_no_second_letter(
    closed: User, django_capture_on_commit_callbacks: Any
) -> None:
    day = closed.erase_on
    User.objects.update(erase_on=in_days(3))
    with django_capture_on_commit_callbacks(execute=True):
        assert close(closed) == in_days(3)
    assert day != in_days(3)
    assert mail.outbox == []


def test_everybody_who_was_signed_in_is_signed_out(client: Client, salma: User) -> None:
    other = Client()
    for browser in (client, other):
        log_in(browser, "salma@example.org")
        assert browser.get(PROFILE).status_code == 200
    close(salma)
    assert client.get(PROFILE).status_code == other.get(PROFILE).status_code == 302


def test_a_session_from_before_does_not_come_back_with_the_account(client: Client, salma: User) -> None:
    log_in(client, "salma@example.org")
    close(salma)
    take_back(salma)
    assert client.get(PROFILE).status_code == 302


def test_the_sessions_of_who_never_closed_are_as_they_were(salma: User) -> None:
    before = salma.get_session_auth_hash()
    assert len(before) == 64
    salma.sign_outs = 1
    assert salma.get_session_auth_hash() != before


def test_a_letter_tells_the_day_and_how_to_stop_it(salma: User, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        close(salma)
    [letter] = mail.outbox
    assert letter.subject == "Your account is closed"
    assert str(in_days(14).day) in letter.body
    assert "/en/account/login/" in letter.body


def test_no_other_letter_goes_to_a_closed_account(closed: User, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        letters.send("published", closed, title="Bleeding", url="/en/")
    assert not letters.send_now("published", closed, title="Bleeding", url="/en/")
    assert mail.outbox == []


def test_who_logs_in_is_asked_whether_to_keep_it_and_is_not_in_yet(client: Client, closed: User) -> None:
    assert log_in(client, "salma@example.org").headers["Location"] == KEEP
    page = text_of(client.get(KEEP))
    assert "Keep my account" in page
    assert str(in_days(14).day) in page
    assert not is_logged_in(client)


def test_one_press_takes_it_back_and_lets_in(client: Client, closed: User) -> None:
    log_in(client, "salma@example.org")
    response = client.post(KEEP, {"keep": "yes"}, follow=True)
    assert "Your account is open again" in text_of(response)
    assert client.get(PROFILE).status_code == 200
    assert User.objects.get().erase_on is None
    assert AuditEntry.objects.filter(deed="account.kept", actor=closed).exists()


def test_an_emailed_code_leads_there_too(client: Client, closed: User) -> None:
    client.post(LOGIN, {"login": "salma@example.org"})
    response = client.post("/en/account/login/code/confirm/", {"code": emailed_code()})
    assert response.headers["Location"] == KEEP


def test_the_second_factor_comes_before_the_question(client: Client, closed: User) -> None:
    secret = with_second_factor(closed)
    step = log_in(client, "salma@example.org").headers["Location"]
    assert step != KEEP
    assert client.get(KEEP).headers["Location"] == LOGIN
    assert client.post(step, {"code": code_of(secret)}).headers["Location"] == KEEP


def test_leaving_it_closed_changes_nothing_and_forgets_the_browser(client: Client, closed: User) -> None:
    log_in(client, "salma@example.org")
    assert client.post(KEEP, {"leave": "yes"}).headers["Location"] == "/en/account/deleted/"
    assert client.post(KEEP, {"keep": "yes"}).headers["Location"] == LOGIN
    assert User.objects.get().is_closed


def test_the_question_waits_a_quarter_of_an_hour(client: Client, closed: User) -> None:
    log_in(client, "salma@example.org")
    with time_machine.travel(timezone.now() + timedelta(seconds=HOLDS + 1)):
        assert client.get(KEEP).headers["Location"] == LOGIN


def test_whoever_has_not_shown_that_it_is_theirs_keeps_nothing(client: Client, closed: User) -> None:
    assert client.post(KEEP, {"keep": "yes"}).headers["Location"] == LOGIN
    client.force_login(UserFactory())
    assert client.post(KEEP, {"keep": "yes"}).headers["Location"] == LOGIN
    assert User.objects.get(pk=closed.pk).is_closed


def test_a_guests_progress_waits_until_the_account_is_kept(client: Client, closed: User) -> None:
    LearnerFactory(user=closed)
    guest = guest_with_progress(client)
    log_in(client, "salma@example.org")
    assert Learner.objects.get(pk=guest.pk).merged_into is None
    client.post(KEEP, {"keep": "yes"})
    assert Learner.objects.get(pk=guest.pk).merged_into.user == closed  # type: ignore[union-attr]


def test_it_stands_on_no_list_of_members_and_joins_none(closed: User) -> None:
    membership = MembershipFactory(user=closed)
    today = timezone.localdate()
    assert not memberships_of([membership.organisation_id], today, "").exists()
    added = add_members(OrganisationFactory().pk, "salma@example.org", today)
    assert "closed" in added.faults[0].reason
    take_back(closed)
    assert memberships_of([membership.organisation_id], today, "").get() == membership


def test_one_that_was_taken_back_is_not_erased(closed: User) -> None:
    assert take_back(closed)
    assert erase_due(in_days(30)) == 0
    assert User.objects.filter(pk=closed.pk).exists()
    assert not take_back(closed)


def test_what_breaks_off_one_stops_no_other_and_is_met_again(closed: User, monkeypatch: pytest.MonkeyPatch) -> None:
    other = UserFactory()
    close(other)

    def failing(user: User) -> None:
        Membership.objects.filter(user=user).delete()
        if user == closed:
            raise RuntimeError("the power went")
        delete_account(user)

    MembershipFactory(user=closed)
    with monkeypatch.context() as patch:
        patch.setattr(closing, "delete_account", failing)
        assert erase_due(in_days(14)) == 1
    assert Membership.objects.filter(user=closed).exists()
    assert erase_due(in_days(14)) == 1
    assert not User.objects.exists()


def test_doing_it_twice_is_doing_it_once(closed: User) -> None:
    assert (erase_due(in_days(14)), erase_due(in_days(14))) == (1, 0)
    assert AuditEntry.objects.filter(deed="account.deleted").count() == 1


def test_the_last_administrator_is_not_closed(salma: User) -> None:
    User.objects.update(is_superuser=True, is_staff=True)
    salma.refresh_from_db()
    with pytest.raises(LastAdministrator):
        close(salma)


def test_who_is_closed_is_no_other_administrator(closed: User) -> None:
    User.objects.update(is_superuser=True, is_staff=True)
    other = UserFactory(is_superuser=True, is_staff=True)
    with pytest.raises(LastAdministrator):
        close(other)
    assert erase_due(in_days(14)) == 1
