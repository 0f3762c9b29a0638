"""A person's theme goes with the account: to every device, and without a script."""

from typing import Any

import pytest
from django.test import Client

from portal.accounts.models import User
from tests.factories import UserFactory
from tests.portal.accounts.guests import LOGIN, PASSWORD, log_in, text_of

pytestmark = pytest.mark.django_db
THEME = "/en/account/theme/"
PAGES = ["/en/", "/en/courses/", "/en/my-learning/", "/en/account/", "/ar/search/?q=cpr"]


@pytest.fixture
def salma(client: Client) -> User:
    user: User = UserFactory(email="salma@example.org")
    client.force_login(user)
    return user


def dark(user: User) -> None:
    user.theme = User.Theme.DARK
    user.save()


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_in_the_theme_of_the_account(client: Client, salma: User, page: str) -> None:
    dark(salma)
    assert ' data-theme="dark">' in text_of(client.get(page))


@pytest.mark.parametrize("page", PAGES)
def test_the_device_decides_until_a_person_chooses(client: Client, salma: User, page: str) -> None:
    assert "data-theme=" not in text_of(client.get(page))


def test_a_guest_gets_the_page_without_anybodys_theme(client: Client, salma: User) -> None:
    dark(salma)
    client.get("/en/courses/")
    assert "data-theme=" not in text_of(Client().get("/en/courses/"))


def test_the_theme_costs_no_query(client: Client, salma: User, django_assert_num_queries: Any) -> None:
    client.get("/en/courses/")
    dark(salma)
    with django_assert_num_queries(2):  # the session, the person
        client.get("/en/courses/")


def test_the_footer_keeps_a_choice_and_leads_back(client: Client, salma: User) -> None:
    response = client.post(THEME, {"theme": "dark"}, headers={"referer": "http://testserver/en/search/?q=cpr"})
    salma.refresh_from_db()
    assert (salma.theme, response["Location"]) == ("dark", "/en/search/?q=cpr")


def test_a_browser_that_does_not_say_where_it_was_is_led_to_the_account(client: Client, salma: User) -> None:
    assert client.post(THEME, {"theme": "light"})["Location"] == "/en/account/"


@pytest.mark.parametrize("rest", ["//evil.example/", "///evil.example/", "/\\\\evil.example/", "", "?q=cpr"])
def test_an_address_that_leads_elsewhere_or_nowhere_is_not_followed(client: Client, salma: User, rest: str) -> None:
    response = client.post(THEME, {"theme": "dark"}, headers={"referer": f"http://testserver{rest}"})
    assert (response.status_code, response["Location"]) == (302, "/en/account/")


def test_the_footer_says_which_theme_is_chosen(client: Client, salma: User) -> None:
    dark(salma)
    page = text_of(client.get("/en/courses/"))
    assert 'value="dark" data-theme-set="dark" type="submit" aria-pressed="true"' in page
    assert 'value="auto" data-theme-set="auto" type="submit" aria-pressed="false"' in page


def test_a_theme_that_there_is_not_is_refused(client: Client, salma: User) -> None:
    assert client.post(THEME, {"theme": "pink"}).status_code == 400
    salma.refresh_from_db()
    assert salma.theme == User.Theme.AUTO


def test_a_guest_keeps_no_theme_here(client: Client) -> None:
    assert client.post(THEME, {"theme": "dark"}).status_code == 302
    assert text_of(client.get("/en/courses/")).count("data-theme-set") == 3


def test_a_choice_after_the_session_has_ended_leads_to_the_log_in_and_is_kept_with_it(salma: User) -> None:
    late = Client()
    response = late.post(THEME, {"theme": "dark"}, headers={"referer": "http://testserver/en/courses/"})
    assert response["Location"] == f"{LOGIN}?next=/en/courses/"
    salma.set_password(PASSWORD)
    salma.save()
    assert log_in(late, "salma@example.org", next="/en/courses/")["Location"] == "/en/courses/"
    salma.refresh_from_db()
    assert salma.theme == User.Theme.DARK


def test_a_choice_from_nowhere_after_the_session_has_ended_leads_to_the_account(client: Client) -> None:
    assert client.post(THEME, {"theme": "dark"})["Location"] == f"{LOGIN}?next=/en/account/"


def test_the_account_page_keeps_a_theme(client: Client, salma: User) -> None:
    client.post("/en/account/", {"display_name": "", "language": "en", "theme": "light"})
    salma.refresh_from_db()
    assert salma.theme == User.Theme.LIGHT


def test_an_account_page_that_does_not_say_the_theme_leaves_it(client: Client, salma: User) -> None:
    dark(salma)
    client.post("/en/account/", {"display_name": "Salma", "language": "en"})
    salma.refresh_from_db()
    assert salma.theme == User.Theme.DARK
