"""Who may do what.

A role is granted from one day to another, over an organisation, a region, or (neither named) the nation. The table says
which roles have a permission, and where (`docs/rights.md` is made from it); a superuser has them all. A view is guarded
by `permission_required` or `role_required`; `portal/accounts/doors.py` says how people are turned away.
"""

from collections.abc import Callable
from datetime import date
from enum import StrEnum

import rules
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils import timezone

from portal.accounts.doors import View, guard
from portal.accounts.models import Membership, Organisation, Region, Residence, RoleGrant, User
from portal.accounts.periods import as_of

Role = RoleGrant.Role
Person = User | AnonymousUser
Place = Organisation | Region


class Scope(StrEnum):
    """Where a role has a permission."""

    NATION = "nation"  # only by a grant over the nation: what it opens concerns everybody
    PLACE = "place"  # in the place of the grant and below it
    ANY = "any"  # by a grant over whatever place: what it opens belongs to no place


NATION, PLACE, ANY = Scope.NATION, Scope.PLACE, Scope.ANY
INSTRUCTOR, REVIEWER, MANAGER, ADMINISTRATOR = Role.INSTRUCTOR, Role.REVIEWER, Role.MANAGER, Role.ADMINISTRATOR

PERMISSIONS: dict[str, dict[Role, Scope]] = {
    "studio.open": {INSTRUCTOR: ANY, REVIEWER: ANY},
    "studio.write": {INSTRUCTOR: ANY},
    "studio.review": {REVIEWER: ANY},
    "courses.arrange": {REVIEWER: NATION, ADMINISTRATOR: NATION},
    "courses.export": {INSTRUCTOR: ANY, ADMINISTRATOR: ANY},
    "courses.import": {ADMINISTRATOR: NATION},
    "words.translate": {REVIEWER: ANY, ADMINISTRATOR: NATION},
    "lessons.suspend": {REVIEWER: NATION},
    "facts.view": {INSTRUCTOR: ANY, REVIEWER: ANY, ADMINISTRATOR: ANY},
    "facts.write": {INSTRUCTOR: NATION, ADMINISTRATOR: NATION},
    "upkeep.view": {INSTRUCTOR: ANY, REVIEWER: ANY, ADMINISTRATOR: ANY},
    "answers.regrade": {REVIEWER: NATION, ADMINISTRATOR: NATION},
    "log.view": {INSTRUCTOR: ANY, REVIEWER: ANY, ADMINISTRATOR: ANY},
    "log.view_all": {ADMINISTRATOR: NATION},
    "reports.view": {MANAGER: PLACE, ADMINISTRATOR: PLACE},
    "people.view": {MANAGER: PLACE, ADMINISTRATOR: PLACE},
    "organisations.manage": {MANAGER: PLACE, ADMINISTRATOR: PLACE},
    "places.arrange": {MANAGER: PLACE, ADMINISTRATOR: PLACE},
    "admin.open": {ADMINISTRATOR: NATION},
}
REMEMBERED = "grants_by_day"


def holds(user: Person, role: str, on: Place | None = None, today: date | None = None) -> bool:
    """Whether a grant of `role` holds today; if a place is named, one over it or over what is above it."""
    grants = [grant for grant in grants_of(user, today) if grant.role == role]
    return bool(grants) and (on is None or _reach(grants, on))


def may(user: Person, permission: str, on: Place | None = None) -> bool:
    """Whether the person has the permission (over a place, if one is named); raises KeyError for an unknown one."""
    scopes = PERMISSIONS[permission]
    return is_superuser(user) or any(_has_in(user, role, scope, on) for role, scope in scopes.items())


def _has_in(user: Person, role: Role, scope: Scope, on: Place | None) -> bool:
    if scope is Scope.NATION:
        return any(grant.role == role and _is_national(grant) for grant in grants_of(user))
    return holds(user, role, on)


def may_everywhere(user: Person, permission: str) -> bool:
    """Whether the person has the permission over the whole nation: what touches everybody needs no less."""
    national = {grant.role for grant in grants_of(user) if _is_national(grant)}
    return is_superuser(user) or not national.isdisjoint(PERMISSIONS[permission])


def is_superuser(user: Person) -> bool:
    return user.is_active and user.is_superuser and not user.is_closed


def grants_of(user: Person, today: date | None = None) -> list[RoleGrant]:
    """The grants that hold on the day; the database is asked once for this `user` object, so once a request."""
    if not user.is_authenticated or not user.is_active or user.is_closed or not getattr(user, "has_grants", True):
        return []
    day = today or timezone.localdate()
    known: dict[date, list[RoleGrant]] = getattr(user, REMEMBERED, {})
    if day not in known:
        known[day] = list(RoleGrant.objects.filter(as_of(day), user_id=user.pk))
        setattr(user, REMEMBERED, known)
    return known[day]


def people_in_scope(user: Person, today: date | None = None, belonging: date | None = None) -> QuerySet[User]:
    """The people whose learning this person may see.

    An administrator of the nation sees everybody, of a region those who live in it or below it; a manager sees the
    current members of the organisation and of those below it. Anyone else sees nobody. With `belonging`, the rights are
    today's, and the people those who belonged there on that day.
    """
    day = today or timezone.localdate()
    if sees_everybody(user, day):
        return User.objects.all()
    grants = grants_over_people(user, day)
    organisations = _with_those_below(Organisation, {grant.organisation_id for grant in grants})
    regions = _with_those_below(Region, {grant.region_id for grant in grants})
    members = Membership.objects.filter(as_of(belonging or day), organisation__among=organisations)
    residents = Residence.objects.filter(as_of(belonging or day), region__among=regions)
    if not regions:  # no database joins what is asked with an OR
        return User.objects.filter(pk__in=members.values("user"))
    if not organisations:
        return User.objects.filter(pk__in=residents.values("user"))
    return User.objects.filter(Q(pk__in=members.values("user")) | Q(pk__in=residents.values("user")))


def sees_everybody(user: Person, today: date | None = None) -> bool:
    """Whether the learning of the whole nation is open to this person, that of guests without an account too."""
    return is_superuser(user) or any(_is_national(grant) for grant in grants_over_people(user, today))


def grants_over_people(user: Person, today: date | None = None) -> list[RoleGrant]:
    """The grants that let this person see others' learning: each over an organisation, a region or the nation."""
    return [grant for grant in grants_of(user, today) if grant.role in PERMISSIONS["people.view"]]


def permission_required(permission: str) -> Callable[[View], View]:
    """A view for those who have the permission."""
    return guard(lambda user: may(user, permission))


def needed_everywhere(permission: str) -> Callable[[View], View]:
    """A view for those who have the permission over the whole nation."""
    return guard(lambda user: may_everywhere(user, permission))


def role_required(*roles: str) -> Callable[[View], View]:
    """A view for those who hold one of the roles, over whatever place."""
    return guard(lambda user: is_superuser(user) or any(holds(user, role) for role in roles))


def _is_national(grant: RoleGrant) -> bool:
    return grant.organisation_id is None and grant.region_id is None


def _reach(grants: list[RoleGrant], on: Place) -> bool:
    """Whether one of the grants is national, over the place itself, or over one above it."""
    if any(_is_national(grant) for grant in grants):
        return True
    line = type(on).objects.with_tree_fields().get(pk=on.pk).tree_path
    over = {grant.organisation_id if isinstance(on, Organisation) else grant.region_id for grant in grants}
    return not over.isdisjoint(line)


def _with_those_below(tree: type[Organisation] | type[Region], roots: set[int | None]) -> set[int]:
    """Ids of the places and of everything below them."""
    found: set[int] = set()
    for root in roots - {None}:
        found.update(tree.objects.descendants(root, include_self=True).values_list("pk", flat=True))
    return found


def _has(permission: str) -> rules.Predicate:
    def has(user: Person, on: Place | None = None) -> bool:
        return may(user, permission, on)

    return rules.predicate(has, name=permission)


for _permission in PERMISSIONS:
    rules.add_perm(_permission, _has(_permission))
