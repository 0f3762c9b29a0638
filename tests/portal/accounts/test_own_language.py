"""A person's own language on a device that meets them for the first time."""

import pytest
from django.core import mail
from django.test import Client

from tests.factories import RoleGrantFactory, UserFactory
from tests.portal.accounts.guests import LOGIN, ask_for_code, log_in, text_of

pytestmark = pytest.mark.django_db


def test_logging_in_leads_to_the_persons_own_language(client: Client) -> None:
    UserFactory(email="salma@example.org", language="ar")
    assert log_in(client, "salma@example.org")["Location"] == "/ar/my-learning/"


def test_staff_start_in_their_own_language(client: Client) -> None:
    RoleGrantFactory(user=UserFactory(email="salma@example.org", language="ar"), role="instructor")
    assert log_in(client, "salma@example.org")["Location"] == "/ar/studio/"


def test_what_was_asked_for_comes_in_the_persons_language_on_a_new_device(client: Client) -> None:
    UserFactory(email="salma@example.org", language="ar")
    assert log_in(client, "salma@example.org", next="/en/search/?q=cpr")["Location"] == "/ar/search/?q=cpr"


def test_a_browser_that_knows_the_person_gets_the_page_as_asked_for(client: Client) -> None:
    UserFactory(email="salma@example.org", language="ar")
    log_in(client, "salma@example.org")
    client.post("/en/account/logout/")
    assert log_in(client, "salma@example.org", next="/en/courses/")["Location"] == "/en/courses/"


def test_the_greeting_is_in_the_persons_language(client: Client) -> None:
    UserFactory(email="salma@example.org", language="ar", display_name="سلمى")
    response = client.post(LOGIN, {"login": "salma@example.org", "password": "a-long-password"}, follow=True)
    assert "You are logged in" not in text_of(response)


def test_the_bare_address_leads_to_the_accounts_language_whatever_the_browser_speaks(client: Client) -> None:
    client.force_login(UserFactory(language="ar"))
    assert client.get("/", headers={"accept-language": "en"})["Location"] == "/ar/"


def test_the_bare_address_leads_to_that_language_also_after_logging_out(client: Client) -> None:
    UserFactory(email="salma@example.org", language="ar")
    log_in(client, "salma@example.org")
    client.post("/en/account/logout/")
    assert client.get("/", headers={"accept-language": "en"})["Location"] == "/ar/"


def test_a_letter_is_in_the_language_of_the_account(client: Client) -> None:
    UserFactory(email="salma@example.org", language="ar")
    ask_for_code(client)
    assert "رمز" in str(mail.outbox[-1].body)
