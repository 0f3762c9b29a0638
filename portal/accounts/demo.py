"""The people of a demonstration: one for each role, a school that they belong to, and where they live.

The places stand in `demo_places.csv`; the citizens that the reports tell of are made in `demo_citizens.py`.
"""

import os
import secrets
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction

from portal.accounts.models import (
    Membership,
    Organisation,
    Region,
    Residence,
    RoleGrant,
    User,
)
from portal.accounts.place_files import read_places

SINCE = date(2025, 9, 1)
PLACES = Path(__file__).with_name("demo_places.csv")
Role = RoleGrant.Role


@dataclass(frozen=True)
class DemoPerson:
    key: str
    name: str
    language: str
    role: Role | None = None
    logs_in: bool = True
    in_school: bool = True

    @property
    def email(self) -> str:
        return f"{self.key}@demo.example"


PEOPLE = (
    DemoPerson("citizen", "سلمى حداد", "ar"),
    DemoPerson("instructor", "يوسف كرم", "ar", Role.INSTRUCTOR, in_school=False),
    DemoPerson("reviewer", "Nadia Rahman", "en", Role.REVIEWER, in_school=False),
    DemoPerson("manager", "خالد منصور", "ar", Role.MANAGER),
    DemoPerson("admin", "Samir Aziz", "en", Role.ADMINISTRATOR, in_school=False),
    DemoPerson("huda", "هدى العلي", "ar", logs_in=False),
    DemoPerson("omar", "عمر شاهين", "ar", logs_in=False),
    DemoPerson("maya", "Maya Haddad", "en", logs_in=False),
    DemoPerson("tariq", "Tariq Nasser", "en", logs_in=False),
)


@transaction.atomic
def settle(password: str) -> list[DemoPerson]:
    """Make everybody and everything that is not there yet; returns those who can log in with the password."""
    read_places(PLACES)
    school = Organisation.objects.get(code="demo-school")
    north = Region.objects.get(code="demo-north")
    riverside = Region.objects.get(code="demo-riverside")
    for person in PEOPLE:
        user = _user(person, password)
        _where(user, school if person.in_school else None, riverside if person.in_school else north)
        if person.role:
            _grant(user, person.role, school if person.role == Role.MANAGER else None)
    return [person for person in PEOPLE if person.logs_in]


def demo_password() -> str:
    """The password of the demonstration: DEMO_PASSWORD, else the one of the last time, else a new random one."""
    file: Path = settings.VAR_DIR / "demo-password"
    known = file.read_text().strip() if file.exists() else ""
    password = os.environ.get("DEMO_PASSWORD") or known or secrets.token_urlsafe(9)
    if password != known:
        file.unlink(missing_ok=True)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
            new.write(password)
    return password


def _user(person: DemoPerson, password: str) -> User:
    is_admin = person.role == Role.ADMINISTRATOR
    user, is_new = User.objects.get_or_create(
        email=person.email,
        defaults={
            "display_name": person.name,
            "language": person.language,
            "is_staff": is_admin,
            "is_superuser": is_admin,
        },
    )
    if person.logs_in and not user.check_password(password):
        user.set_password(password)
        user.save(update_fields=["password"])
    elif is_new and not person.logs_in:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    EmailAddress.objects.update_or_create(
        user=user, email=person.email, defaults={"verified": True}, create_defaults={"verified": True, "primary": True}
    )
    return user


def _where(user: User, school: Organisation | None, region: Region) -> None:
    if school and not user.memberships.filter(organisation=school).exists():
        Membership.objects.create(user=user, organisation=school, from_day=SINCE)
    if not user.residences.exists():
        Residence.objects.create(user=user, region=region, from_day=SINCE)


def _grant(user: User, role: Role, school: Organisation | None) -> None:
    if not user.grants.filter(role=role, organisation=school).exists():
        RoleGrant.objects.create(user=user, role=role, organisation=school, from_day=SINCE)
