import re

import pytest
from django.core import mail
from django.test import Client

from portal.accounts.models import User
from tests.factories import UserFactory
from tests.portal.accounts.guests import PASSWORD, RESET, SCRIPT, is_logged_in, log_in, text_of

pytestmark = pytest.mark.django_db
CHANGE = "/en/account/password/change/"
NEW = "a-new-long-password"


def link_in_mail() -> str:
    found = re.search(r"http://testserver(/\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def set_new_password(client: Client, link: str, password: str = NEW) -> str:
    """Opens the link and sends the form; returns the page that follows."""
    form = client.get(link, follow=True)
    return text_of(client.post(form.request["PATH_INFO"], {"password1": password, "password2": password}, follow=True))


def test_a_forgotten_password_is_set_anew_through_the_mail(client: Client) -> None:
    user = UserFactory(email="salma@example.org")
    client.post(RESET, {"email": "salma@example.org"})
    assert "The new password is set" in set_new_password(client, link_in_mail())
    user.refresh_from_db()
    assert user.check_password(NEW)


def test_a_reset_does_not_tell_who_has_an_account(client: Client) -> None:
    UserFactory(email="salma@example.org")
    known = client.post(RESET, {"email": "salma@example.org"})
    unknown = client.post(RESET, {"email": "nobody@example.org"})
    assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])
    assert [message.to for message in mail.outbox] == [["salma@example.org"], ["nobody@example.org"]]
    assert "There is no account with this address" in mail.outbox[1].body


def test_a_link_works_once(client: Client) -> None:
    UserFactory(email="salma@example.org")
    client.post(RESET, {"email": "salma@example.org"})
    link = link_in_mail()
    set_new_password(client, link)
    assert "This link no longer works" in text_of(client.get(link, follow=True))


def test_a_made_up_link_says_that_it_does_not_work(client: Client) -> None:
    assert "This link no longer works" in text_of(client.get("/en/account/password/reset/key/1-made-up/"))


def test_the_mail_leads_to_a_page_in_the_language_of_its_reader(client: Client) -> None:
    UserFactory(email="salma@example.org", language="ar")
    client.post(RESET, {"email": "salma@example.org"})
    assert link_in_mail().startswith("/ar/account/password/reset/key/")


@pytest.mark.parametrize(
    ("email", "complaint"),
    [
        ("", "This field is required."),
        ("salma", "Enter a valid email address."),
        ("a" * 250 + "@example.org", "at most 254 characters"),
        (SCRIPT, "Enter a valid email address."),
    ],
)
def test_a_reset_that_cannot_be_taken_says_why(client: Client, email: str, complaint: str) -> None:
    page = text_of(client.post(RESET, {"email": email}))
    assert complaint in page
    assert SCRIPT not in page
    assert not mail.outbox


def test_asking_for_a_link_again_and_again_meets_the_limit(client: Client) -> None:
    for _ in range(5):
        client.post(RESET, {"email": "salma@example.org"})
    response = client.post(RESET, {"email": "salma@example.org"})
    assert response.status_code == 429
    assert "Too many attempts" in text_of(response)


def change(client: Client, old: str, new: str, again: str) -> str:
    return text_of(client.post(CHANGE, {"oldpassword": old, "password1": new, "password2": again}, follow=True))


@pytest.fixture
def salma(client: Client) -> User:
    user: User = UserFactory(email="salma@example.org")
    client.force_login(user)
    return user


def test_changing_the_password_keeps_one_logged_in(client: Client, salma: User) -> None:
    assert "The password is changed." in change(client, PASSWORD, NEW, NEW)
    assert is_logged_in(client)
    client.post("/en/account/logout/")
    log_in(client, "salma@example.org", NEW)
    assert is_logged_in(client)


@pytest.mark.parametrize(
    ("old", "new", "again", "complaint"),
    [
        ("", "", "", "This field is required."),
        ("not-it", NEW, NEW, "This is not your current password."),
        (PASSWORD, NEW, "another-password", "same password each time"),
        (PASSWORD, "12345678", "12345678", "too common"),
        (PASSWORD, "x" * 201, "x" * 201, "at most 200 characters"),
    ],
)
def test_a_change_that_cannot_be_taken_says_why(
    client: Client, salma: User, old: str, new: str, again: str, complaint: str
) -> None:
    assert complaint in change(client, old, new, again)
    salma.refresh_from_db()
    assert salma.check_password(PASSWORD)


def test_a_change_posted_twice_says_that_the_old_password_is_no_longer_it(client: Client, salma: User) -> None:
    change(client, PASSWORD, NEW, NEW)
    assert "This is not your current password." in change(client, PASSWORD, NEW, NEW)


def test_a_person_without_a_password_sets_one(client: Client, salma: User) -> None:
    salma.set_unusable_password()
    salma.save()
    client.force_login(salma)
    assert client.get(CHANGE).headers["Location"] == "/en/account/password/set/"
    response = client.post("/en/account/password/set/", {"password1": NEW, "password2": NEW})
    assert response.headers["Location"] == "/en/account/"
    salma.refresh_from_db()
    assert salma.check_password(NEW)
