"""A ministry with two schools and a mosque, on 30 June 2026 (see the conftest above)."""

from datetime import date

import pytest
from django.test import Client

from lessons.models import CourseEdition
from portal.accounts.models import Assignment, Organisation, Region, RegionText, User
from tests.factories import (
    LearnerFactory,
    MembershipFactory,
    OrganisationFactory,
    RegionFactory,
    ResidenceFactory,
    RoleGrantFactory,
    UserFactory,
)
from tests.portal.accounts.guests import with_second_factor
from tests.portal.reports.history import History, named

TODAY = date(2026, 6, 30)


class Nation:
    """Places, people and what is asked of them, told in a few words."""

    def __init__(self) -> None:
        self.ministry = named(OrganisationFactory(code="ministry"), en="Ministry")
        self.oak = named(OrganisationFactory(code="oak", parent=self.ministry), en="Oak school")
        self.elm = named(OrganisationFactory(code="elm", parent=self.ministry), en="Elm school")
        self.mosque = named(OrganisationFactory(code="mosque"), en="Mosque")
        self.north: Region = RegionFactory(code="north")
        RegionText.objects.create(region=self.north, language="en", name="North")
        self.told = History(self.oak)
        self.first_aid = self.told.course("first-aid", "First aid")
        self.floods = self.told.course("floods", "Floods")

    def person(self, name: str, *places: Organisation, **fields: object) -> User:
        user: User = UserFactory(display_name=name, email=f"{name.lower() or 'nameless'}@example.org", **fields)
        for place in places:
            MembershipFactory(user=user, organisation=place)
        LearnerFactory(user=user)
        return user

    def lives(self, user: User, region: Region) -> User:
        ResidenceFactory(user=user, region=region)
        return user

    def asks(self, place: Organisation, edition: CourseEdition, due: str | None) -> None:
        Assignment.objects.create(
            organisation=place, course=edition.course, due_on=date.fromisoformat(due) if due else None
        )

    def started(self, user: User, edition: CourseEdition, on: str = "2026-01-05") -> None:
        self.told.started(user.learner, edition, on)

    def completed(self, user: User, edition: CourseEdition, on: str, *, months: int | None = 12) -> None:
        self.started(user, edition, on)
        self.told.completed(user.learner, edition, on, months=months)

    def manager(self, place: Organisation) -> User:
        user: User = RoleGrantFactory(role="manager", organisation=place).user
        return user

    def administrator(self, region: Region | None = None) -> User:
        user: User = RoleGrantFactory(role="administrator", region=region).user
        return user


@pytest.fixture
def nation() -> Nation:
    return Nation()


def browser_of(user: User) -> Client:
    """A browser in which this person is logged in."""
    with_second_factor(user)
    client = Client()
    client.force_login(user)
    return client
