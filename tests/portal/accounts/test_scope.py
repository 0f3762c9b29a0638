from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from portal.accounts.models import User
from portal.accounts.rights import people_in_scope
from tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    RegionFactory,
    ResidenceFactory,
    RoleGrantFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def test_a_manager_sees_the_members_of_the_organisation_and_of_those_below() -> None:
    ministry = OrganisationFactory()
    school = OrganisationFactory(parent=ministry)
    manager = RoleGrantFactory(role="manager", organisation=ministry).user
    seen = {MembershipFactory(organisation=ministry).user, MembershipFactory(organisation=school).user}
    MembershipFactory()
    UserFactory()
    assert set(people_in_scope(manager)) == seen


def test_a_manager_of_a_school_does_not_see_the_ministry() -> None:
    ministry = OrganisationFactory()
    school = OrganisationFactory(parent=ministry)
    manager = RoleGrantFactory(role="manager", organisation=school).user
    MembershipFactory(organisation=ministry)
    assert not people_in_scope(manager).exists()


def test_who_has_left_is_no_longer_seen() -> None:
    school = OrganisationFactory()
    manager = RoleGrantFactory(role="manager", organisation=school).user
    MembershipFactory(organisation=school, to_day=date(2026, 3, 1))
    assert not people_in_scope(manager).exists()


def test_who_has_left_is_still_seen_as_of_a_day_before() -> None:
    school = OrganisationFactory()
    manager = RoleGrantFactory(role="manager", organisation=school).user
    member = MembershipFactory(organisation=school, to_day=date(2026, 3, 1)).user
    assert list(people_in_scope(manager, date(2026, 2, 28))) == [member]


def test_a_member_of_two_organisations_is_seen_once() -> None:
    ministry = OrganisationFactory()
    member = MembershipFactory(organisation=ministry).user
    MembershipFactory(user=member, organisation=OrganisationFactory(parent=ministry))
    manager = RoleGrantFactory(role="manager", organisation=ministry).user
    assert list(people_in_scope(manager)) == [member]


def test_an_administrator_of_a_region_sees_who_lives_there_and_below() -> None:
    north = RegionFactory()
    town = RegionFactory(parent=north)
    administrator = RoleGrantFactory(role="administrator", region=north).user
    seen = {ResidenceFactory(region=north).user, ResidenceFactory(region=town).user}
    ResidenceFactory()
    ResidenceFactory(region=town, to_day=date(2026, 3, 1))
    assert set(people_in_scope(administrator)) == seen


@pytest.mark.parametrize("how", ["administrator of the nation", "superuser"])
def test_the_nation_is_everybody(how: str) -> None:
    user = UserFactory(is_superuser=how == "superuser")
    if how != "superuser":
        RoleGrantFactory(user=user, role="administrator")
    UserFactory()
    assert people_in_scope(user).count() == User.objects.count() == 2


@pytest.mark.parametrize("role", ["instructor", "reviewer"])
def test_those_who_write_and_review_see_nobody(role: str) -> None:
    user = RoleGrantFactory(role=role).user
    assert not people_in_scope(user).exists()


def test_a_guest_and_a_citizen_see_nobody() -> None:
    MembershipFactory()
    assert not people_in_scope(AnonymousUser()).exists()
    assert not people_in_scope(UserFactory()).exists()


def test_a_role_that_has_ended_shows_nobody() -> None:
    school = OrganisationFactory()
    MembershipFactory(organisation=school)
    manager = RoleGrantFactory(role="manager", organisation=school, to_day=date(2026, 3, 1)).user
    assert not people_in_scope(manager).exists()


def test_the_number_of_queries_does_not_grow_with_the_people(django_assert_num_queries: Any) -> None:
    school = OrganisationFactory()
    MembershipFactory.create_batch(5, organisation=school)
    manager = RoleGrantFactory(role="manager", organisation=school).user
    with django_assert_num_queries(3):  # the grants, the tree, the people
        assert len(people_in_scope(manager)) == 5
