from typing import Any

import pytest
from django.test import Client

from tests.factories import OrganisationFactory, RoleGrantFactory, UserFactory
from tests.portal.accounts.guests import LOGIN, SCRIPT, confirmed, text_of, with_second_factor

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.portal.accounts.door_urls")]


@pytest.fixture
def demo(settings: Any) -> None:
    """A demonstration: staff need no second factor."""
    settings.DEMO = True


def test_a_guest_is_sent_to_log_in_and_back(client: Client) -> None:
    response = client.get("/en/write/?page=2")
    assert response.headers["Location"] == f"{LOGIN}?next=/en/write/%3Fpage%3D2"


def test_a_citizen_gets_403(client: Client) -> None:
    client.force_login(UserFactory())
    assert client.get("/en/write/").status_code == 403
    assert client.get("/en/manage/").status_code == 403


def test_an_instructor_may_write_but_not_manage(client: Client, demo: None) -> None:
    client.force_login(RoleGrantFactory(role="instructor").user)
    assert text_of(client.get("/en/write/")) == "written"
    assert client.get("/en/manage/").status_code == 403


def test_a_manager_may_manage(client: Client, demo: None) -> None:
    client.force_login(RoleGrantFactory(role="manager", organisation=OrganisationFactory()).user)
    assert text_of(client.get("/en/manage/")) == "managed"


def test_a_room_for_staff_is_kept_by_no_cache(client: Client, demo: None) -> None:
    client.force_login(RoleGrantFactory(role="instructor").user)
    assert client.get("/en/write/").headers["Cache-Control"] == "private, no-store"


def test_staff_without_a_second_factor_are_led_to_it(client: Client) -> None:
    client.force_login(confirmed(RoleGrantFactory(role="instructor").user))
    response = client.get("/en/write/", follow=True)
    assert response.redirect_chain[0][0] == "/en/account/second-factor/"
    assert "Your role needs a second factor" in text_of(response)


def test_staff_with_a_second_factor_enter(client: Client) -> None:
    user = RoleGrantFactory(role="instructor").user
    with_second_factor(user)
    client.force_login(user)
    assert text_of(client.get("/en/write/")) == "written"


def test_what_was_typed_before_the_session_ended_can_be_copied(client: Client) -> None:
    typed = {
        "title": "Burns",
        "text_ar": f"برّدوا الحرق {SCRIPT}",
        "password": "secret-word",
        "csrfmiddlewaretoken": "token",
    }
    response = client.post("/en/write/", typed, headers={"referer": "http://testserver/en/manage/?lesson=3"})
    page = text_of(response)
    assert response.status_code == 403
    assert "You have been logged out" in page
    assert "Burns" in page
    assert "برّدوا الحرق &lt;script&gt;" in page
    assert "secret-word" not in page
    assert f'href="{LOGIN}?next=%2Fen%2Fmanage%2F%3Flesson%3D3"' in page


def test_a_button_pressed_after_the_session_ended_leads_to_the_log_in(client: Client) -> None:
    response = client.post("/en/write/", {"action": "publish"}, headers={"referer": "http://testserver/en/manage/"})
    assert response.headers["Location"] == f"{LOGIN}?next=/en/manage/"


def test_a_page_elsewhere_is_not_where_one_goes_back_to(client: Client) -> None:
    response = client.post("/en/write/", headers={"referer": "https://evil.example/en/manage/"})
    assert response.headers["Location"] == f"{LOGIN}?next=/en/write/"
