"""Who looked at whose results: written down where named people are shown, and told to the people themselves.

A page that names some people says which: `looked_at(request, "organisation", people)`. What shows more than can be
named, as an export does, says of where: `looked_at_all(request, "report", organisations=…)`. Each counts once a reader,
page and day. The audit log has the reader's name; the person is told the role and the organisation (`lines_about`).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from lessons.words import in_language, reader_language
from portal.accounts.audit import record
from portal.accounts.models import (
    AuditEntry,
    Look,
    Membership,
    Organisation,
    OrganisationText,
    Region,
    Residence,
    RoleGrant,
    User,
)
from portal.accounts.rights import grants_of, grants_over_people, sees_everybody
from portal.accounts.trees import with_those_above

DEED = "people.viewed"
SHOWN = 100
ROLES = (RoleGrant.Role.MANAGER, RoleGrant.Role.ADMINISTRATOR, RoleGrant.Role.REVIEWER, RoleGrant.Role.INSTRUCTOR)


@dataclass(frozen=True)
class LookLine:
    """That somebody in this role, over this place, looked at the person's results that day."""

    day: date
    role: str
    place: str


def looked_at(request: HttpRequest, page: str, people: Collection[int], subject: object = "", **detail: Any) -> None:
    """Notes that who asks was shown the results of these people, by their ids; nothing where there are none."""
    reader = request.user
    others = {pk for pk in people if pk != reader.pk}
    if others and isinstance(reader, User):
        seen(request, page, others)
        _log_once(request, page, subject, detail | {"people": len(others)})


def seen(request: HttpRequest, page: str, people: Collection[int]) -> None:
    """The looks alone, for a page that writes an entry of its own into the log."""
    if isinstance(request.user, User):
        by = _by(request.user, page)
        _keep([Look(person_id=pk, **by) for pk in people if pk != request.user.pk])


def looked_at_all(
    request: HttpRequest,
    page: str,
    organisations: Iterable[int] = (),
    regions: Iterable[int] = (),
    subject: object = "",
    **detail: Any,
) -> None:
    """Notes that who asks was given the results of all people of these places and below; of everybody if of none."""
    if isinstance(request.user, User):
        _seen_all(request.user, page, organisations, regions)
        _log_once(request, page, subject, detail)


def seen_in_file(request: HttpRequest, page: str, asked: Mapping[str, str]) -> None:
    """The looks of who takes a file of people: of the place asked for by its code, else of all that the reader sees."""
    reader = request.user
    if not isinstance(reader, User):
        return
    organisations = Organisation.objects.filter(code=asked.get("organisation", "")).values_list("pk", flat=True)
    regions = Region.objects.filter(code=asked.get("region", "")).values_list("pk", flat=True)
    if organisations or regions:
        _seen_all(reader, page, organisations, [] if organisations else regions)
    elif sees_everybody(reader):
        _seen_all(reader, page)
    else:
        grants = grants_over_people(reader)
        places = [{grant.organisation_id for grant in grants}, {grant.region_id for grant in grants}]
        _seen_all(reader, page, *(place - {None} for place in places))


def _seen_all(reader: User, page: str, organisations: Iterable[Any] = (), regions: Iterable[Any] = ()) -> None:
    by = _by(reader, page)
    looks = [Look(organisation_id=pk, **by) for pk in organisations] + [Look(region_id=pk, **by) for pk in regions]
    _keep(looks or [Look(**by)])


def _by(reader: User, page: str) -> dict[str, Any]:
    grants = sorted(grants_of(reader), key=lambda grant: ROLES.index(RoleGrant.Role(grant.role)))
    known: dict[str, Any] = {"reader": reader, "page": page, "day": timezone.localdate()}
    if not grants:
        return known
    place = grants[0].organisation or grants[0].region
    return known | {"role": grants[0].role, "place": place.code if place else ""}


def _keep(looks: list[Look]) -> None:
    Look.objects.bulk_create(looks, ignore_conflicts=True, batch_size=500)


def _log_once(request: HttpRequest, page: str, subject: object, detail: dict[str, Any]) -> None:
    """One entry of the audit log a reader, page, subject and day."""
    said = str(subject or page)[:200]
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    entries = AuditEntry.objects.filter(actor=request.user.pk, deed=DEED, subject=said, at__gte=today)
    if not entries.exists():
        record(request, DEED, said, page=page, **detail)


def lines_about(person: User) -> list[LookLine]:
    """The newest looks at the person's results, each role, place and day once."""
    looks = Look.objects.filter(_about(person)).order_by("-day", "-pk")
    rows = looks.values_list("day", "role", "place")[: 5 * SHOWN]
    found = list(dict.fromkeys(rows))[:SHOWN]
    names = _names({place for _day, _role, place in found})
    return [
        LookLine(day, str(RoleGrant.Role(role).label) if role else "", names.get(place, place))
        for day, role, place in found
    ]


def _about(person: User) -> Q:
    """Looks at the person, at everybody, and at a place to which the person belonged on that day."""
    about = Q(person=person) | Q(person=None, organisation=None, region=None, day__gte=person.date_joined.date())
    for row in Membership.objects.filter(user=person):
        about |= Q(organisation__in=with_those_above(Organisation, [row.organisation_id])) & _within(row)
    for home in Residence.objects.filter(user=person):
        about |= Q(region__in=with_those_above(Region, [home.region_id])) & _within(home)
    return about


def _within(row: Membership | Residence) -> Q:
    return Q(day__gte=row.from_day) & (Q(day__lt=row.to_day) if row.to_day else Q())


def _names(codes: set[str]) -> dict[str, str]:
    """What the organisations of these codes are called."""
    name = in_language(OrganisationText.objects.all(), "organisation", "name", reader_language())
    rows = Organisation.objects.filter(code__in=codes).annotate(called=name)
    return {row.code: row.called or row.code for row in rows}
