"""Every address tried as every role: whoever has the right is let in, everybody else is turned away."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.test import Client
from django.utils.translation import override

from portal.accounts.models import User
from portal.accounts.rights import PERMISSIONS, grants_of, is_superuser, may, may_everywhere
from tests.factories import OrganisationFactory, RegionFactory, RoleGrantFactory, UserFactory
from tests.portal.every_route import examples, names
from tests.portal.routes import (
    ADMINISTRATION,
    ADMINISTRATORS,
    EVERYWHERE,
    MIDWAY,
    PUBLIC,
    ROUTES,
    SIGNED_IN,
    STAFF,
    SUPERUSERS,
)

LOGIN = "/en/account/login/"
NO_SUCH_ROW = "/en/admin/"  # there the administration sends whoever asks for a row that is not there
LET_IN, TURNED_AWAY, NO_METHOD = "let in", "turned away", "no such method"
SESSION = "sessionid"
PEOPLE = (
    *("guest", "citizen", "instructor", "reviewer", "reviewer of a region", "manager", "administrator of a region"),
    *("administrator", "superuser"),
)


class _Undone(Exception):
    pass


@pytest.fixture(autouse=True)
def _quietly() -> Iterator[None]:
    """Thousands are turned away here; that each is logged is tried elsewhere, and slow."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


class Somebody:
    """A browser in which somebody of the role is logged in."""

    def __init__(self, role: str) -> None:
        self.client = Client(raise_request_exception=False)
        self.user: User | AnonymousUser = AnonymousUser() if role == "guest" else _person(role)
        if isinstance(self.user, User):
            self.client.force_login(self.user, "portal.accounts.backend.PortalBackend")
        self.session = self.client.cookies[SESSION].value if role != "guest" else ""

    def tries(self, address: str, method: str) -> str:
        """How the portal answers; what that changed is undone."""
        self.client.cookies.clear()
        if self.session:
            self.client.cookies[SESSION] = self.session
        try:
            with transaction.atomic():
                response: Any = getattr(self.client, method)(address)
                raise _Undone
        except _Undone:
            pass
        assert response.status_code != 500, address
        if response.status_code == 302:
            away = response.headers["Location"]
            if away.startswith(LOGIN) or away == NO_SUCH_ROW:
                return TURNED_AWAY
        return {403: TURNED_AWAY, 405: NO_METHOD}.get(response.status_code, LET_IN)

    def should_enter(self, access: str) -> bool:
        """What the tables say."""
        if access in (SIGNED_IN, STAFF, SUPERUSERS):
            known = self.user.is_authenticated
            staff = is_superuser(self.user) or bool(grants_of(self.user))
            return {SIGNED_IN: known, STAFF: staff, SUPERUSERS: is_superuser(self.user)}[access]
        if access.endswith(EVERYWHERE):
            return may_everywhere(self.user, access.removesuffix(EVERYWHERE))
        return access == PUBLIC or may(self.user, access)


def _person(role: str) -> User:
    """Somebody of that role; those who administer are also of the staff."""
    name = role.split(" ", 1)[0]
    staff = name in ("administrator", "superuser")
    user: User = UserFactory(password=None, is_superuser=role == "superuser", is_staff=staff)
    place: dict[str, Any] = {"region": RegionFactory()} if role.endswith("region") else {}
    if role == "manager":
        place = {"organisation": OrganisationFactory()}
    if role not in ("citizen", "superuser"):
        RoleGrantFactory(user=user, role=name, **place)
    return user


def _wrong(somebody: Somebody, access: str, address: str) -> Iterator[str]:
    """The methods by which it is answered otherwise than the table says. One that lets in is tried by one method."""
    wanted = LET_IN if somebody.should_enter(access) else TURNED_AWAY
    tried = {}
    for method in ("get", "post"):
        tried[method] = somebody.tries(address, method)
        if wanted == LET_IN and tried[method] == LET_IN:
            return
    yield from (method for method, answer in tried.items() if answer not in (wanted, NO_METHOD))


@pytest.mark.django_db
@pytest.mark.parametrize("role", PEOPLE)
def test_each_address_lets_in_whom_the_table_names(role: str, settings: Any) -> None:
    settings.DEMO = True  # staff need no second factor
    settings.SMS_SENDER, settings.PHONE_COUNTRY = "portal.accounts.sms.Console", "IQ"
    with override("en"):
        addresses = examples()
    somebody = Somebody(role)
    wrong = {
        name: methods
        for name, access in ROUTES.items()
        if access != MIDWAY and name in addresses and (methods := list(_wrong(somebody, access, addresses[name])))
    }
    assert wrong == {}


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["guest", "citizen", "administrator of a region", "administrator"])
def test_the_administration_is_for_superusers(role: str, settings: Any) -> None:
    settings.DEMO = True
    with override("en"):
        addresses = {name: address for name, address in examples().items() if name.startswith("admin:")}
    somebody = Somebody(role)
    entered = {
        name
        for name, address in addresses.items()
        if not somebody.should_enter(ADMINISTRATION.get(name, SUPERUSERS)) and somebody.tries(address, "get") == LET_IN
    }
    assert entered == set()


@pytest.mark.django_db
def test_an_administrator_of_the_nation_who_is_of_the_staff_enters_it(settings: Any) -> None:
    settings.DEMO = True
    assert Somebody("administrator").tries("/en/admin/", "get") == LET_IN
    assert Somebody("administrator of a region").tries("/en/admin/", "get") == TURNED_AWAY


def test_every_route_has_a_line() -> None:
    missing = {name for name in names() if not name.startswith("admin:")} - set(ROUTES)
    assert sorted(missing) == []


def test_no_line_is_left_over() -> None:
    assert sorted(set(ROUTES) - names()) == []


def test_the_lines_name_rights_that_there_are() -> None:
    known = {PUBLIC, SIGNED_IN, STAFF, MIDWAY, *PERMISSIONS}
    assert {access.removesuffix(EVERYWHERE) for access in ROUTES.values()} <= known
    assert set(ADMINISTRATION.values()) == {ADMINISTRATORS, PUBLIC}
