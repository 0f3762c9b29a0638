"""Where a role has a permission: over the nation only, in its place and below, or by a role over whatever place."""

import pytest

from portal.accounts.models import User
from portal.accounts.rights import PERMISSIONS, Scope, may
from tests.factories import OrganisationFactory, RegionFactory, RoleGrantFactory

pytestmark = pytest.mark.django_db
LINES = [(permission, role, scope) for permission, roles in PERMISSIONS.items() for role, scope in roles.items()]
OF_NATION = [(permission, role) for permission, role, scope in LINES if scope is Scope.NATION]
OF_PLACE = [(permission, role) for permission, role, scope in LINES if scope is Scope.PLACE]
OF_ANY = [(permission, role) for permission, role, scope in LINES if scope is Scope.ANY]


def over_a_region(role: str) -> tuple[User, object]:
    region = RegionFactory()
    return RoleGrantFactory(role=role, region=region).user, region


@pytest.mark.parametrize(("permission", "role"), OF_NATION)
def test_what_concerns_everybody_needs_a_role_over_the_nation(permission: str, role: str) -> None:
    user, region = over_a_region(role)
    assert not may(user, permission)
    assert not may(user, permission, region)  # type: ignore[arg-type]
    assert may(RoleGrantFactory(role=role).user, permission)


@pytest.mark.parametrize(("permission", "role"), OF_PLACE)
def test_what_is_of_a_place_reaches_it_and_what_is_below_and_no_other(permission: str, role: str) -> None:
    here = OrganisationFactory()
    user = RoleGrantFactory(role=role, organisation=here).user
    assert may(user, permission, here)
    assert may(user, permission, OrganisationFactory(parent=here))
    assert not may(user, permission, OrganisationFactory())


@pytest.mark.parametrize(("permission", "role"), OF_ANY)
def test_what_is_of_no_place_is_had_by_a_role_over_whatever_place(permission: str, role: str) -> None:
    assert may(over_a_region(role)[0], permission)


def test_a_closed_account_has_no_right() -> None:
    user = RoleGrantFactory(role="administrator").user
    User.objects.update(erase_on="2026-12-01", is_superuser=True)
    user.refresh_from_db()
    assert not any(may(user, permission) for permission in PERMISSIONS)
