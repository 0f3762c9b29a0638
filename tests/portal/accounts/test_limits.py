"""How often one may try to log in: for one account from anywhere, and from one address to any account."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from portal.accounts.models import User
from portal.file_cache import FileCache
from tests.factories import UserFactory
from tests.portal.accounts.device import Device, add_passkey, use_passkey
from tests.portal.accounts.guests import (
    CODE,
    LOGIN,
    PASSWORD,
    ask_for_code,
    confirmed,
    emailed_code,
    is_logged_in,
    log_in,
    text_of,
)

pytestmark = pytest.mark.django_db
GUESS = "not-the-password"


@pytest.fixture
def salma() -> User:
    return confirmed(UserFactory(email="salma@example.org", language="en"))


def attack(times: int) -> None:
    """Somebody guesses at the password from many addresses."""
    for number in range(times):
        log_in(Client(REMOTE_ADDR=f"192.0.2.{number}"), "salma@example.org", GUESS)


def test_an_account_is_guessed_at_five_times_from_wherever(client: Client, salma: User) -> None:
    attack(5)
    assert "Too many attempts. Wait five minutes" in text_of(log_in(client, "salma@example.org"))
    assert not is_logged_in(client)


def test_capitals_do_not_make_it_another_account(client: Client, salma: User) -> None:
    for name in ("salma", "Salma", "SALMA", "sAlma", "saLma"):
        log_in(Client(), f"{name}@example.org", GUESS)
    assert "Too many attempts" in text_of(log_in(client, "salma@example.org"))


def test_the_waiting_time_is_said_in_arabic_too(client: Client, salma: User) -> None:
    attack(5)
    page = client.post("/ar/account/login/", {"login": "salma@example.org", "password": PASSWORD})
    assert "خمس دقائق" in text_of(page)


def test_the_owner_of_an_account_under_attack_comes_in_with_a_code(client: Client, salma: User) -> None:
    attack(8)
    ask_for_code(client)
    client.post(CODE, {"code": emailed_code()})
    assert is_logged_in(client)


def test_the_owner_of_an_account_under_attack_comes_in_with_a_passkey(client: Client, salma: User) -> None:
    device = Device()
    log_in(client, "salma@example.org")
    client.post("/en/account/reauthenticate/", {"password": PASSWORD})
    add_passkey(client, device)
    client.post("/en/account/logout/")
    attack(8)
    use_passkey(client, device)
    assert is_logged_in(client)


def test_an_account_gets_five_codes_in_ten_minutes(salma: User) -> None:
    for number in range(8):
        ask_for_code(Client(REMOTE_ADDR=f"192.0.2.{number}"))
    assert len(mail.outbox) == 5


def test_an_address_may_fail_only_so_often_whatever_the_account(client: Client, salma: User, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/m/ip"}
    for number in range(3):
        log_in(client, f"somebody{number}@example.org", GUESS)
    assert "Too many attempts" in text_of(log_in(client, "salma@example.org"))


def test_a_made_up_address_in_a_header_is_no_other_address(client: Client, salma: User, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}
    for number in range(2):
        client.post(LOGIN, {"login": "x@example.org"}, headers={"x-forwarded-for": f"198.51.100.{number}"})
    response = client.post(LOGIN, {"login": "x@example.org"}, headers={"x-forwarded-for": "198.51.100.99"})
    assert response.status_code == 429


def test_behind_a_proxy_the_address_is_the_one_that_the_proxy_saw(client: Client, salma: User, settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    seen = [("6.6.6.1, 192.0.2.1", 302), ("6.6.6.2, 192.0.2.1", 429), ("6.6.6.1, 192.0.2.2", 302)]
    for forwarded, status in seen:
        response = client.post(LOGIN, {"login": "x@example.org"}, headers={"x-forwarded-for": forwarded})
        assert response.status_code == status


def test_a_flood_of_other_addresses_does_not_push_the_limits_out() -> None:
    from portal import settings

    assert settings.CACHES["default"]["OPTIONS"]["MAX_ENTRIES"] >= 10_000


@pytest.mark.concurrency
def test_several_processes_count_together(tmp_path: Path) -> None:
    script = f"""
import django
from django.conf import settings
files = {{"BACKEND": "portal.file_cache.FileCache", "LOCATION": {str(tmp_path)!r}}}
settings.configure(CACHES={{"default": files}}, SECRET_KEY="x", INSTALLED_APPS=["django.contrib.contenttypes",
    "django.contrib.auth", "allauth", "allauth.account"], MIDDLEWARE=["allauth.account.middleware.AccountMiddleware"])
django.setup()
from allauth.core.internal import ratelimit
from django.test import RequestFactory
ask = RequestFactory().post("/")
taken = [ratelimit.consume(ask, app="x", action="a", config={{"a": "5/h/key"}}, key="salma") for _ in range(4)]
print(sum(map(bool, taken)))
"""
    running = [subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) for _ in range(3)]
    assert sum(int(one.communicate()[0]) for one in running) == 5


@pytest.mark.concurrency
def test_of_many_who_add_a_key_at_once_one_does(tmp_path: Path) -> None:
    def adds(_number: int) -> bool:
        barrier.wait()
        return FileCache(str(tmp_path), {}).add("key", 1)

    for _time in range(20):
        FileCache(str(tmp_path), {}).delete("key")
        barrier = Barrier(6)
        with ThreadPoolExecutor(6) as together:
            assert sum(together.map(adds, range(6))) == 1
