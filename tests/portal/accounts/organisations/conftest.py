"""A ministry with two schools, another company; Alice manages one school, Bob the company."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.test import Client

from portal.accounts.models import Organisation, OrganisationText, User
from tests.factories import MembershipFactory, OrganisationFactory, RoleGrantFactory, UserFactory
from tests.portal.accounts.guests import with_second_factor

TODAY = date(2026, 6, 30)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel("2026-06-30T09:00:00Z"):
        yield


def organisation(code: str, name: str, parent: Organisation | None = None) -> Organisation:
    made: Organisation = OrganisationFactory(code=code, parent=parent)
    OrganisationText.objects.create(organisation=made, language="en", name=name)
    return made


def logged_in(user: User) -> Client:
    """A browser of this person's own."""
    with_second_factor(user)
    client = Client()
    client.force_login(user)
    return client


def manager_of(place: Organisation, name: str) -> User:
    user = UserFactory(display_name=name, email=f"{name.lower()}@example.org")
    grant = RoleGrantFactory(user=user, role="manager", organisation=place)
    return grant.user


def member_of(place: Organisation, name: str, **fields: object) -> User:
    user = UserFactory(display_name=name, email=f"{name.lower()}@example.org")
    member: User = MembershipFactory(user=user, organisation=place, **fields).user
    return member


@pytest.fixture
def ministry() -> Organisation:
    return organisation("ministry", "Ministry")


@pytest.fixture
def oak(ministry: Organisation) -> Organisation:
    return organisation("oak", "Oak school", ministry)


@pytest.fixture
def elm(ministry: Organisation) -> Organisation:
    return organisation("elm", "Elm school", ministry)


@pytest.fixture
def company() -> Organisation:
    return organisation("company", "Company")


@pytest.fixture
def alice(oak: Organisation) -> Client:
    """Manages the Oak school."""
    return logged_in(manager_of(oak, "Alice"))


@pytest.fixture
def bob(company: Organisation) -> Client:
    """Manages the company."""
    return logged_in(manager_of(company, "Bob"))


@pytest.fixture
def minister(ministry: Organisation) -> Client:
    """Manages the ministry, and so the schools below it."""
    return logged_in(manager_of(ministry, "Minister"))
