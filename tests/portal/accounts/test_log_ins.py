"""What the audit log says of log-ins and of changed ways into an account, and who is written to."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client

from portal.accounts.deletion import delete_account
from portal.accounts.models import AuditEntry, User
from tests.factories import RoleGrantFactory, UserFactory
from tests.portal.accounts.device import Device, add_passkey, use_passkey
from tests.portal.accounts.guests import (
    CODE,
    PASSWORD,
    ask_for_code,
    code_of,
    confirmed,
    emailed_code,
    log_in,
    set_up_app,
    text_of,
    with_second_factor,
)

pytestmark = pytest.mark.django_db(transaction=True)
NEW = "a-new-long-password"
SECOND_STEP = "/en/account/second-factor/authenticate/"


@pytest.fixture
def salma() -> User:
    return confirmed(UserFactory(email="salma@example.org", language="en"))


@pytest.fixture
def instructor(salma: User) -> User:
    RoleGrantFactory(user=salma, role="instructor")
    return salma


def deeds() -> list[tuple[str, str, Any]]:
    return list(AuditEntry.objects.order_by("pk").values_list("deed", "subject", "detail"))


def test_staff_log_in_and_out_and_it_is_written_down_how(client: Client, instructor: User) -> None:
    secret = with_second_factor(instructor)
    log_in(client, "salma@example.org")
    client.post(SECOND_STEP, {"code": code_of(secret)})
    client.post("/en/account/logout/")
    me = str(instructor.pk)
    assert deeds() == [("log_in.done", me, {"ways": ["password", "totp"]}), ("log_in.ended", me, {})]
    assert {entry.actor for entry in AuditEntry.objects.all()} == {instructor}


def test_of_a_citizen_no_log_in_is_written_down(client: Client, salma: User) -> None:
    log_in(client, "salma@example.org")
    client.post("/en/account/logout/")
    assert not deeds()


def test_a_wrong_password_is_written_down_without_what_was_typed(client: Client, salma: User) -> None:
    log_in(client, "salma@example.org", "not-the-password")
    assert deeds() == [("log_in.failed", str(salma.pk), {"way": "password"})]


def test_of_an_address_without_an_account_only_the_failure_is_written_down(client: Client) -> None:
    log_in(client, "nobody@example.org", "not-the-password")
    assert deeds() == [("log_in.failed", "", {"way": "password"})]


def test_a_wrong_code_is_written_down(client: Client, salma: User) -> None:
    ask_for_code(client)
    client.post(CODE, {"code": "000000" if emailed_code() != "000000" else "111111"})
    assert deeds() == [("log_in.failed", str(salma.pk), {"way": "code"})]


def test_a_wrong_second_factor_is_written_down(client: Client, salma: User) -> None:
    with_second_factor(salma)
    log_in(client, "salma@example.org")
    client.post(SECOND_STEP, {"code": "000000"})
    assert deeds() == [("log_in.failed", str(salma.pk), {"way": "totp"})]


def test_a_flood_of_failures_makes_few_rows(client: Client, salma: User) -> None:
    for number in range(12):
        visitor = Client(REMOTE_ADDR=f"192.0.2.{number}")
        ask_for_code(visitor)
        visitor.post(CODE, {"code": "12"})
    assert 0 < len(deeds()) <= 5


def last_letter() -> str:
    letter = mail.outbox[-1]
    assert letter.to == ["salma@example.org"]
    return f"{letter.subject}\n{letter.body}"


def test_a_new_app_is_written_down_and_told_by_letter(client: Client, salma: User) -> None:
    log_in(client, "salma@example.org")
    set_up_app(client)
    assert ("second_factor.added", str(salma.pk), {"type": "app"}) in deeds()
    assert "An authenticator app was added" in last_letter()


def test_a_new_passkey_is_told_by_letter_with_the_device(salma: User) -> None:
    client = Client(headers={"user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0"})
    log_in(client, "salma@example.org")
    client.post("/en/account/reauthenticate/", {"password": PASSWORD})
    add_passkey(client, Device())
    assert "A passkey was added" in last_letter()
    assert "It was done with: Firefox on Linux." in last_letter()


def test_a_letter_about_a_way_in_is_in_the_language_of_its_reader(client: Client, salma: User) -> None:
    User.objects.update(language="ar")
    log_in(client, "salma@example.org")
    set_up_app(client)
    assert "تطبيق المصادقة" in last_letter()


def test_a_passkey_given_up_is_written_down_and_told(client: Client, salma: User) -> None:
    log_in(client, "salma@example.org")
    client.post("/en/account/reauthenticate/", {"password": PASSWORD})
    add_passkey(client, Device())
    key = Authenticator.objects.get(type="webauthn").pk
    client.post(f"/en/account/second-factor/webauthn/keys/{key}/remove/")
    assert ("second_factor.given_up", str(salma.pk), {"type": "passkey"}) in deeds()
    assert "A passkey was removed" in last_letter()


def test_a_changed_password_is_written_down_and_told(client: Client, salma: User) -> None:
    log_in(client, "salma@example.org")
    client.post("/en/account/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    assert ("password.changed", str(salma.pk), {"type": "password"}) in deeds()
    assert "The password of your account" in last_letter()


def test_a_log_in_of_staff_with_a_passkey_says_so(client: Client, instructor: User) -> None:
    device = Device()
    log_in(client, "salma@example.org")
    client.post("/en/account/reauthenticate/", {"password": PASSWORD})
    add_passkey(client, device)
    client.post("/en/account/logout/")
    use_passkey(client, device)
    assert deeds()[-1] == ("log_in.done", str(instructor.pk), {"ways": ["webauthn"]})


@pytest.fixture
def administrator() -> Client:
    """A browser in which a superuser is logged in."""
    root = User.objects.create_superuser("root@example.org")
    with_second_factor(root)
    client = Client()
    client.force_login(root)
    return client


def remove_factors_of(administrator: Client, *people: User) -> Any:
    chosen = {"action": "remove_second_factors", "_selected_action": [person.pk for person in people]}
    return administrator.post("/en/admin/accounts/user/", chosen, follow=True)


def test_an_administrator_removes_the_factors_of_a_lost_device(administrator: Client, instructor: User) -> None:
    theirs = Client()
    log_in(theirs, "salma@example.org")
    set_up_app(theirs)
    page = remove_factors_of(administrator, instructor)
    assert "Second factors removed: 2" in text_of(page)
    assert not Authenticator.objects.filter(user=instructor).exists()
    assert theirs.get("/en/account/").status_code == 302
    assert [entry[2] for entry in deeds() if entry[0] == "second_factor.removed"] == [
        {"type": "totp"},
        {"type": "recovery_codes"},
    ]
    assert "An administrator has removed the second factors" in last_letter()


def test_after_that_the_person_comes_in_and_must_set_up_another(administrator: Client, instructor: User) -> None:
    with_second_factor(instructor)
    remove_factors_of(administrator, instructor)
    theirs = Client()
    log_in(theirs, "salma@example.org")
    assert theirs.get("/en/studio/").headers["Location"] == "/en/account/second-factor/"


def test_somebody_without_a_factor_is_not_written_to(administrator: Client, salma: User) -> None:
    assert "Second factors removed: 0" in text_of(remove_factors_of(administrator, salma))
    assert not mail.outbox


def test_an_administrator_does_not_open_the_account_of_a_superuser(salma: User) -> None:
    root = User.objects.create_superuser("root@example.org")
    with_second_factor(root)
    User.objects.filter(pk=salma.pk).update(is_staff=True)
    RoleGrantFactory(user=salma, role="administrator")
    with_second_factor(salma)
    client = Client()
    client.force_login(salma)
    remove_factors_of(client, root)
    factor = Authenticator.objects.get(user=root)
    client.post(f"/en/admin/mfa/authenticator/{factor.pk}/delete/", {"post": "yes"})
    assert Authenticator.objects.filter(user=root).exists()


def test_deleting_an_account_takes_the_addresses_of_failed_log_ins_along(client: Client, salma: User) -> None:
    log_in(client, "salma@example.org", "not-the-password")
    delete_account(salma)
    assert AuditEntry.objects.get(deed="log_in.failed").address is None
