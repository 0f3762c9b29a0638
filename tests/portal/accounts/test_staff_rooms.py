"""Every room for staff is closed to staff without a second factor, and Django's administration with them."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import URLPattern, get_resolver

from portal.accounts.models import User
from tests.portal.accounts.guests import with_second_factor

pytestmark = pytest.mark.django_db
ROOMS = ("studio:", "bank:", "analysis:", "exchange:", "reports:", "organisations:")
FIRST_STEP = "/en/account/second-factor/"
SAMPLES = {"lang": "en", "language": "en", "kind": "single_choice"}


def addresses() -> Iterator[tuple[str, str]]:
    """(name, address) of every room for staff, with something made up in each place of it."""
    for name, pattern in _walk(get_resolver("portal.urls"), "", ""):
        if name.startswith(ROOMS):
            yield name, pattern


def _walk(resolver: Any, namespace: str, before: str) -> Iterator[tuple[str, str]]:
    for entry in resolver.url_patterns:
        part = before + ("en/" if "Locale" in type(entry.pattern).__name__ else _filled(entry))
        if isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}", f"/{part}"
        elif entry.namespace != "admin":
            yield from _walk(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace, part)


def _filled(entry: Any) -> str:
    route = str(entry.pattern)
    for name, converter in entry.pattern.converters.items():
        kind = type(converter).__name__
        made_up = "1" if kind == "IntConverter" else "0" * 8 + "-0000-4000-8000-" + "0" * 12
        value = made_up if kind in {"IntConverter", "UUIDConverter"} else SAMPLES.get(name, "x")
        for written in (f"<{name}>", *(f"<{prefix}:{name}>" for prefix in ("int", "str", "slug", "uuid", "path"))):
            route = route.replace(written, value)
    return route


@pytest.fixture
def superuser(client: Client) -> User:
    """Somebody to whom every room is open, but who has no second factor yet."""
    user = User.objects.create_superuser("root@example.org")
    client.force_login(user)
    return user


def test_no_room_for_staff_opens_without_a_second_factor(client: Client, superuser: User) -> None:
    rooms = [(name, address) for name, address in addresses() if "<" not in address]
    assert len(rooms) > 80
    answers = {name: client.get(address) for name, address in rooms}
    opened = {
        name: answer.status_code
        for name, answer in answers.items()
        if answer.status_code not in {404, 405} and answer.headers.get("Location") != FIRST_STEP
    }
    assert not opened


def test_the_administration_opens_to_nobody_without_a_second_factor(client: Client, superuser: User) -> None:
    for model in admin.site._registry:
        place = f"/en/admin/{model._meta.app_label}/{model._meta.model_name}/"
        assert client.get(place).headers["Location"] == FIRST_STEP
    assert client.get("/en/admin/").headers["Location"] == FIRST_STEP


def test_with_one_they_open(client: Client, superuser: User) -> None:
    with_second_factor(superuser)
    assert client.get("/en/admin/").status_code == 200
    assert client.get("/en/studio/").status_code == 200
