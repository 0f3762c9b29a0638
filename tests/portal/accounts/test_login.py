from typing import Any

import pytest
from django.test import Client

from quizzes.models import Learner
from tests.factories import LearnerFactory, OrganisationFactory, RoleGrantFactory, UserFactory
from tests.portal.accounts.guests import (
    LOGIN,
    MY_LEARNING,
    PASSWORD,
    SCRIPT,
    guest_with_progress,
    is_logged_in,
    log_in,
    text_of,
)

pytestmark = pytest.mark.django_db
WRONG = "The e-mail address or the password is not right"


def test_logging_in_leads_to_my_learning(client: Client) -> None:
    UserFactory(email="salma@example.org")
    assert log_in(client, "salma@example.org").headers["Location"] == MY_LEARNING
    assert is_logged_in(client)


@pytest.mark.parametrize(
    ("role", "start"),
    [
        ("manager", "/en/reports/"),
        ("administrator", "/en/reports/"),
        ("instructor", "/en/studio/"),
        ("reviewer", "/en/studio/"),
    ],
)
def test_who_holds_a_role_starts_where_their_work_is(client: Client, role: str, start: str) -> None:
    place = OrganisationFactory() if role == "manager" else None
    RoleGrantFactory(user=UserFactory(email="salma@example.org"), role=role, organisation=place)
    assert log_in(client, "salma@example.org").headers["Location"] == start


def test_the_address_may_be_typed_in_capitals_with_blanks_around(client: Client) -> None:
    UserFactory(email="salma@example.org")
    log_in(client, " Salma@Example.ORG ")
    assert is_logged_in(client)


def test_logging_in_takes_what_the_guest_has_learned_along(client: Client) -> None:
    user = UserFactory(email="salma@example.org")
    own = LearnerFactory(user=user)
    guest = guest_with_progress(client)
    response = log_in(client, "salma@example.org")
    guest.refresh_from_db()
    assert guest.merged_into == own
    assert response.cookies["learner"].value == ""
    assert Learner.objects.filter(user=user).count() == 1


@pytest.mark.parametrize(
    ("email", "password", "complaint"),
    [
        ("", "", "This field is required."),
        ("salma@example.org", "not-the-password", WRONG),
        ("nobody@example.org", PASSWORD, WRONG),
        ("salma", PASSWORD, "Enter a valid email address."),
        ("a" * 250 + "@example.org", PASSWORD, "at most 254 characters"),
        ("salma@example.org", "x" * 201, "at most 200 characters"),
        (SCRIPT, PASSWORD, "Enter a valid email address."),
    ],
)
def test_a_log_in_that_cannot_be_taken_says_why(client: Client, email: str, password: str, complaint: str) -> None:
    UserFactory(email="salma@example.org")
    page = text_of(log_in(client, email, password))
    assert complaint in page
    assert SCRIPT not in page
    assert not is_logged_in(client)


def test_too_many_wrong_passwords_are_answered_in_words(client: Client) -> None:
    UserFactory(email="salma@example.org")
    for _ in range(5):
        log_in(client, "salma@example.org", "not-the-password")
    assert "Too many attempts. Wait five minutes" in text_of(log_in(client, "salma@example.org"))
    assert not is_logged_in(client)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_too_many_log_ins_from_one_place_meet_a_page(client: Client, settings: Any, language: str) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    log_in(client, "salma@example.org")
    response = client.post(f"/{language}/account/login/", {"login": "salma@example.org", "password": PASSWORD})
    assert response.status_code == 429
    assert f'<html lang="{language}"' in text_of(response)
    assert f'href="/{language}/courses/"' in text_of(response)


def test_logging_in_goes_on_to_the_page_asked_for(client: Client) -> None:
    UserFactory(email="salma@example.org")
    assert "Log in to go on to the page you asked for." in text_of(client.get(LOGIN, {"next": "/en/account/email/"}))
    response = log_in(client, "salma@example.org", next="/en/account/email/")
    assert response.headers["Location"] == "/en/account/email/"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_logging_in_never_leads_to_another_site(client: Client, elsewhere: str) -> None:
    UserFactory(email="salma@example.org")
    assert log_in(client, "salma@example.org", next=elsewhere).headers["Location"] == MY_LEARNING


def test_a_log_in_posted_twice_goes_on(client: Client) -> None:
    UserFactory(email="salma@example.org")
    log_in(client, "salma@example.org")
    assert log_in(client, "salma@example.org").headers["Location"] == MY_LEARNING


def test_a_closed_account_is_told_so(client: Client) -> None:
    UserFactory(email="salma@example.org", is_active=False)
    response = client.post(LOGIN, {"login": "salma@example.org", "password": PASSWORD}, follow=True)
    assert "This account is closed" in text_of(response)
    assert not is_logged_in(client)


def test_asking_to_log_out_asks_back(client: Client) -> None:
    client.force_login(UserFactory())
    assert client.get("/en/account/logout/").status_code == 200
    assert is_logged_in(client)


def test_logging_out_ends_the_session(client: Client) -> None:
    client.force_login(UserFactory())
    assert client.post("/en/account/logout/").headers["Location"] == "/en/"
    assert not is_logged_in(client)


@pytest.mark.parametrize(("home", "words"), [("/en/", "You are logged out."), ("/ar/", "سُجّل خروجكم.")])
def test_who_logs_out_is_told_so_at_once_and_once(client: Client, home: str, words: str) -> None:
    client.force_login(UserFactory())
    assert words in text_of(client.post(f"{home}account/logout/", follow=True))
    assert words not in text_of(client.get(home))
    assert words not in text_of(client.get(f"{home}account/login/"))


def test_who_logs_in_from_a_public_page_is_greeted_there(client: Client) -> None:
    UserFactory(email="salma@example.org")
    response = client.post(
        f"{LOGIN}?next=/en/courses/", {"login": "salma@example.org", "password": PASSWORD}, follow=True
    )
    assert response.redirect_chain[-1][0] == "/en/courses/"
    assert "You are logged in as" in text_of(response)


def test_logging_out_twice_does_no_harm(client: Client) -> None:
    client.force_login(UserFactory())
    client.post("/en/account/logout/")
    assert client.post("/en/account/logout/").headers["Location"] == "/en/"


@pytest.mark.parametrize("page", ["", "email/", "password/change/", "second-factor/"])
def test_a_form_posted_after_log_out_leads_to_the_log_in_and_back(client: Client, page: str) -> None:
    address = f"/en/account/{page}"
    response = client.post(address, {"display_name": "Salma", "email": "salma@example.org", "action_add": ""})
    assert response.status_code == 302
    assert response.headers["Location"] == f"{LOGIN}?next={address}"
