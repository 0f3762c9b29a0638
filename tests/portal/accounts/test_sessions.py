from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from portal.accounts import sessions
from portal.accounts.models import AuditEntry, User
from tests.factories import UserFactory
from tests.portal.accounts.guests import LOGIN, PASSWORD, confirmed, is_logged_in, log_in, text_of

pytestmark = pytest.mark.django_db
PAGE = "/en/account/sessions/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0"
PHONE = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36"


@pytest.fixture
def salma() -> User:
    return confirmed(UserFactory(email="salma@example.org"))


def browser(user_agent: str = FIREFOX, address: str = "192.0.2.7") -> Client:
    """A browser in which Salma is logged in."""
    client = Client(headers={"user-agent": user_agent}, REMOTE_ADDR=address)
    log_in(client, "salma@example.org")
    return client


def is_in(client: Client) -> bool:
    return client.get("/en/account/").status_code == 200


def test_every_browser_is_listed_in_words_with_its_address(salma: User) -> None:
    browser(PHONE, "192.0.2.9")
    page = text_of(browser().get(PAGE))
    assert "Chrome on Android" in page
    assert "192.0.2.9" in page
    assert "Firefox on Linux" in page


def test_this_browser_stands_first_and_has_no_button(salma: User) -> None:
    mine, _other = browser(), browser(PHONE)
    places = mine.get(PAGE).context["places"]
    assert [place.is_this for place in places] == [True, False]
    assert text_of(mine.get(PAGE)).count('name="end"') == 1


def test_one_of_them_is_logged_out(salma: User) -> None:
    mine, lost, third = browser(), browser(PHONE), browser()
    [place] = [place for place in mine.get(PAGE).context["places"] if place.device == "Chrome on Android"]
    assert "Logged out there." in text_of(mine.post(PAGE, {"end": place.pk}, follow=True))
    assert (is_in(mine), is_in(lost), is_in(third)) == (True, False, True)


def test_all_but_this_one_are_logged_out(salma: User) -> None:
    mine, others = browser(), [browser(PHONE), browser()]
    mine.post(PAGE, {"others": "1"})
    assert is_in(mine)
    assert not any(is_in(other) for other in others)
    assert AuditEntry.objects.get(deed="session.ended").detail == {"sessions": 2}


def test_ending_this_one_logs_out(salma: User) -> None:
    mine = browser()
    [place] = mine.get(PAGE).context["places"]
    assert mine.post(PAGE, {"end": place.pk}).headers["Location"] == LOGIN
    assert not is_logged_in(mine)


def test_nobody_ends_the_session_of_another(salma: User) -> None:
    mine = browser()
    stranger = Client()
    confirmed(UserFactory(email="omar@example.org"))
    log_in(stranger, "omar@example.org")
    page = stranger.post(PAGE, {"end": UserSession.objects.get(user=salma).pk}, follow=True)
    assert "That log-in had ended already." in text_of(page)
    assert is_in(mine)


@pytest.mark.parametrize("chosen", ["", "x", "-1", "٣", "9" * 40])
def test_what_is_no_session_is_refused(salma: User, chosen: str) -> None:
    assert browser().post(PAGE, {"end": chosen}).status_code == 400


def test_a_guest_is_sent_to_log_in_first(client: Client) -> None:
    assert client.get(PAGE).headers["Location"] == f"{LOGIN}?next={PAGE}"


def test_a_new_password_logs_out_everywhere_else(salma: User) -> None:
    mine, other = browser(), browser(PHONE)
    new = "another-long-password"
    mine.post("/en/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert (is_in(mine), is_in(other)) == (True, False)
    assert [place.is_this for place in mine.get(PAGE).context["places"]] == [True]


def test_logging_out_leaves_no_row_behind_on_the_next_look(salma: User) -> None:
    browser(PHONE).post("/en/account/logout/")
    assert len(browser().get(PAGE).context["places"]) == 1


def test_use_is_written_down_once_an_hour(salma: User) -> None:
    begun = timezone.now()
    mine = browser()
    with time_machine.travel(begun + timedelta(minutes=50), tick=False):
        mine.get(PAGE)
    assert UserSession.objects.get().last_seen_at - begun < timedelta(minutes=1)
    with time_machine.travel(begun + timedelta(minutes=70), tick=False):
        mine.get(PAGE, REMOTE_ADDR="192.0.2.99")
    row = UserSession.objects.get()
    assert (row.last_seen_at - begun > timedelta(minutes=69), row.ip) == (True, "192.0.2.99")


def test_within_the_hour_a_page_costs_no_query_for_it(salma: User, django_assert_max_num_queries: Any) -> None:
    mine = browser()
    mine.get("/en/account/logout/")
    with django_assert_max_num_queries(2):
        mine.get("/en/account/logout/")


def test_a_log_in_too_many_ends_the_oldest(salma: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "AT_ONCE", 2)
    first, second, third = browser(), browser(), browser()
    assert (is_in(first), is_in(second), is_in(third)) == (False, True, True)


def test_what_is_over_is_forgotten(salma: User, capsys: pytest.CaptureFixture[str]) -> None:
    browser()
    kept = browser(PHONE)
    old = UserSession.objects.exclude(session_key=kept.session.session_key).get()
    Session.objects.filter(session_key=old.session_key).update(expire_date=timezone.now() - timedelta(days=1))
    call_command("purge_sessions")
    assert "1 log-ins" in capsys.readouterr().out
    assert UserSession.objects.get().session_key == kept.session.session_key
    assert Session.objects.count() == 1


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_page_opens_in_both_languages(salma: User, language: str) -> None:
    assert browser().get(f"/{language}/account/sessions/").status_code == 200
