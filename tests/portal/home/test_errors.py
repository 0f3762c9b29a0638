from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.factories import UserFactory
from tests.portal.home.database import database_away

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.portal.home.error_urls")]
SCRIPT = "<script>alert(1)</script>"


def text_of(response: Any) -> str:
    return str(response.content.decode())


def is_in(language: str, response: Any) -> bool:
    direction = {"ar": "rtl", "en": "ltr"}[language]
    return f'<html lang="{language}" dir="{direction}"' in text_of(response)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_page_that_is_not_there_says_so_in_the_language_of_its_address(client: Client, language: str) -> None:
    response = client.get(f"/{language}/no-such-page/", headers={"accept-language": "en, ar"})
    assert response.status_code == 404
    assert is_in(language, response)
    assert f'href="/{language}/"' in text_of(response)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_an_address_without_a_language_is_answered_in_the_browsers(client: Client, language: str) -> None:
    response = client.get("/no-such-page", headers={"accept-language": language})
    assert response.status_code == 404
    assert is_in(language, response)


def test_the_language_chosen_before_counts_more_than_the_browsers(client: Client) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ar"
    assert is_in("ar", client.get("/no-such-page", headers={"accept-language": "en"}))


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_closed_page_says_so(client: Client, language: str) -> None:
    response = client.get(f"/{language}/closed/")
    assert response.status_code == 403
    assert is_in(language, response)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_what_cannot_be_read_is_answered_with_a_way_on(client: Client, language: str) -> None:
    response = client.get(f"/{language}/unreadable/")
    assert response.status_code == 400
    assert is_in(language, response)
    assert f'href="/{language}/"' in text_of(response)


def test_a_request_to_another_host_is_told_so_in_both_languages(client: Client) -> None:
    response = client.get("/en/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert 'lang="ar"' in text_of(response)
    assert 'lang="en"' in text_of(response)
    assert "evil.example" not in text_of(response)


@pytest.mark.parametrize("page", ["/en/no-such-page/", "/en/closed/", "/en/unreadable/", "/en/broken/"])
def test_no_error_page_is_found_by_search_engines(client: Client, page: str) -> None:
    client.raise_request_exception = False
    assert '<meta name="robots" content="noindex">' in text_of(client.get(page))


@pytest.mark.parametrize("page", ["/en/no-such-page/", "/en/closed/", "/en/unreadable/"])
def test_an_error_page_sets_no_cookie_and_is_kept_by_nobody(client: Client, page: str) -> None:
    response = client.get(page)
    assert not response.cookies
    assert response.headers["Cache-Control"] == "private, no-store"


def test_a_guest_meets_an_error_page_without_a_query(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        client.get("/en/no-such-page/")


def test_the_page_for_what_is_not_there_does_without_the_database(client: Client) -> None:
    client.force_login(UserFactory())
    with database_away():
        response = client.get("/en/no-such-page/")
    assert response.status_code == 404
    assert is_in("en", response)


def test_a_broken_page_answers_500_in_both_languages(client: Client) -> None:
    client.raise_request_exception = False
    response = client.get("/en/broken/")
    assert response.status_code == 500
    assert 'lang="ar"' in text_of(response)
    assert 'lang="en"' in text_of(response)


def test_a_page_whose_database_is_away_answers_503_and_when_to_come_back(client: Client) -> None:
    client.raise_request_exception = False
    with database_away():
        response = client.get("/en/reads/")
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "30"


def test_a_broken_page_is_still_a_page_when_its_template_is_broken_too(client: Client, settings: Any) -> None:
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": []}]
    client.raise_request_exception = False
    response = client.get("/en/broken/")
    assert response.status_code == 500
    assert 'lang="ar"' in text_of(response)


@pytest.fixture
def strict() -> Client:
    """A browser whose forms are checked."""
    return Client(enforce_csrf_checks=True)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_form_that_was_open_too_long_shows_what_was_typed(strict: Client, language: str) -> None:
    strict.get(f"/{language}/account/login/")
    typed = {"csrfmiddlewaretoken": "x" * 64, "title": "Burns", "text": f"Cool it {SCRIPT}", "password": "secret-word"}
    before = f"http://testserver/{language}/account/signup/?next=/{language}/courses/"
    response = strict.post(f"/{language}/account/login/", typed, headers={"referer": before})
    page = text_of(response)
    assert response.status_code == 403
    assert is_in(language, response)
    assert "Burns" in page
    assert "Cool it &lt;script&gt;" in page
    assert SCRIPT not in page
    assert "secret-word" not in page
    assert f'href="/{language}/account/signup/?next=/{language}/courses/"' in page


def test_a_browser_without_cookies_is_told_so(strict: Client) -> None:
    response = strict.post("/en/account/login/", {"login": "salma@example.org"})
    assert response.status_code == 403
    assert response.context["cookies_off"]


def test_a_form_from_another_site_does_not_lead_back_there(strict: Client) -> None:
    response = strict.post("/en/account/login/", {}, headers={"referer": "https://evil.example/form"})
    assert response.status_code == 403
    assert response.context["back_url"] == "/en/account/login/"


def test_an_old_form_sent_after_another_log_in_is_kept(strict: Client) -> None:
    form = strict.get("/en/account/login/")
    old = form.context["csrf_token"]
    strict.cookies.pop(settings.CSRF_COOKIE_NAME)
    strict.get("/en/account/signup/")
    response = strict.post("/en/account/login/", {"csrfmiddlewaretoken": str(old), "login": "salma@example.org"})
    assert response.status_code == 403
    assert "salma@example.org" in text_of(response)
