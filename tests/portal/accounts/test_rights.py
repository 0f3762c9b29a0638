from datetime import date, timedelta
from typing import Any

import pytest
import rules
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from portal.accounts.models import User
from portal.accounts.rights import PERMISSIONS, holds, may
from tests.factories import OrganisationFactory, RegionFactory, RoleGrantFactory, UserFactory

pytestmark = pytest.mark.django_db

ALLOWED = {
    "citizen": set(),
    "instructor": {
        "studio.open",
        "studio.write",
        "courses.export",
        "facts.view",
        "facts.write",
        "log.view",
        "upkeep.view",
    },
    "reviewer": {
        "studio.open",
        "studio.review",
        "courses.arrange",
        "answers.regrade",
        "upkeep.view",
        "words.translate",
        "lessons.suspend",
        "facts.view",
        "log.view",
    },
    "manager": {"reports.view", "people.view", "organisations.manage", "places.arrange"},
    "administrator": {
        "reports.view",
        "people.view",
        "organisations.manage",
        "places.arrange",
        "answers.regrade",
        "courses.arrange",
        "courses.export",
        "courses.import",
        "admin.open",
        "facts.view",
        "facts.write",
        "log.view",
        "log.view_all",
        "upkeep.view",
        "words.translate",
    },
    "superuser": set(PERMISSIONS),
}


def person(role: str) -> User:
    user: User = UserFactory(is_superuser=role == "superuser")
    if role == "manager":
        RoleGrantFactory(user=user, role=role, organisation=OrganisationFactory())
    elif role not in {"citizen", "superuser"}:
        RoleGrantFactory(user=user, role=role)
    return user


@pytest.mark.parametrize("permission", sorted(PERMISSIONS))
@pytest.mark.parametrize("role", sorted(ALLOWED))
def test_each_role_may_do_what_the_table_says(role: str, permission: str) -> None:
    user = person(role)
    assert may(user, permission) is (permission in ALLOWED[role])
    assert rules.has_perm(permission, user) is (permission in ALLOWED[role])


@pytest.mark.parametrize("permission", sorted(PERMISSIONS))
def test_a_guest_may_do_nothing_of_it(permission: str) -> None:
    assert not may(AnonymousUser(), permission)


def test_a_permission_is_had_through_django_too() -> None:
    assert person("instructor").has_perm("studio.write")
    assert not person("citizen").has_perm("studio.write")


def test_a_closed_account_holds_no_role() -> None:
    user = UserFactory(is_active=False, is_superuser=True)
    RoleGrantFactory(user=user, role="instructor")
    assert not holds(user, "instructor")
    assert not may(user, "studio.write")


@pytest.mark.parametrize(
    ("day", "held"),
    [
        (date(2026, 2, 28), False),
        (date(2026, 3, 1), True),
        (date(2026, 5, 31), True),
        (date(2026, 6, 1), False),  # the first day on which it no longer holds
    ],
)
def test_a_role_holds_from_its_first_day_until_the_day_before_its_end(day: date, held: bool) -> None:
    grant = RoleGrantFactory(role="reviewer", from_day=date(2026, 3, 1), to_day=date(2026, 6, 1))
    assert holds(grant.user, "reviewer", today=day) is held


def test_a_role_that_begins_tomorrow_does_not_hold_today() -> None:
    grant = RoleGrantFactory(from_day=timezone.localdate() + timedelta(days=1))
    assert not holds(grant.user, "instructor")


def test_a_manager_holds_the_role_over_the_organisation_and_those_below() -> None:
    ministry = OrganisationFactory()
    school = OrganisationFactory(parent=ministry)
    group = OrganisationFactory(parent=school)
    user = RoleGrantFactory(role="manager", organisation=school).user
    assert holds(user, "manager", on=school)
    assert holds(user, "manager", on=group)
    assert not holds(user, "manager", on=ministry)
    assert not holds(user, "manager", on=OrganisationFactory())


def test_an_administrator_of_a_region_does_not_hold_the_role_elsewhere() -> None:
    north = RegionFactory()
    user = RoleGrantFactory(role="administrator", region=north).user
    assert holds(user, "administrator", on=RegionFactory(parent=north))
    assert not holds(user, "administrator", on=RegionFactory())
    assert not holds(user, "administrator", on=OrganisationFactory())


def test_an_administrator_of_the_nation_holds_the_role_everywhere() -> None:
    user = RoleGrantFactory(role="administrator").user
    assert holds(user, "administrator", on=RegionFactory())
    assert may(user, "reports.view", on=OrganisationFactory())


def test_the_grants_are_asked_for_once(django_assert_num_queries: Any) -> None:
    user = person("instructor")
    with django_assert_num_queries(1):
        for permission in PERMISSIONS:
            may(user, permission)


def test_an_unknown_permission_is_a_mistake_in_the_code() -> None:
    with pytest.raises(KeyError):
        may(person("citizen"), "studio.fly")
