"""The courses that organisations ask of their members; what is asked above is asked of everybody below."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import CharField, F, QuerySet
from django.db.models.functions import Coalesce

from lessons.words import in_language, reader_language
from portal.accounts.models import Assignment, Membership, Organisation, OrganisationText
from portal.accounts.periods import as_of
from portal.accounts.rights import Person
from portal.accounts.trees import with_those_above


@dataclass(frozen=True)
class Assigned:
    """A course that is asked of a person, the day it is due, and which organisation asks for it."""

    course_id: int
    due_on: date | None
    organisation: str


def assignments_of(user: Person, today: date) -> list[Assigned]:
    """What is asked of a person on the day by their organisations and those above, each course once.

    The earliest day comes first; where several ask for one course, the earliest day counts. At most three queries;
    nothing is asked of a guest, without one.
    """
    if not user.is_authenticated:
        return []
    memberships = Membership.objects.filter(as_of(today), user=user).values_list("organisation", flat=True)
    asking = with_those_above(Organisation, memberships)
    found: dict[int, Assigned] = {}
    for row in asked_by(asking, reader_language()) if asking else ():
        found.setdefault(row.course_id, Assigned(row.course_id, row.due_on, row.organisation_name))
    return list(found.values())


def asked_by(organisations: set[int], language: str) -> QuerySet[Any]:
    """The assignments of these organisations, the earliest due first, each with its `organisation_name`."""
    name = in_language(OrganisationText.objects.all(), "organisation", "name", language, outer="organisation")
    return (
        Assignment.objects.filter(organisation__in=organisations)
        .annotate(organisation_name=Coalesce(name, "organisation__code", output_field=CharField()))
        .order_by(F("due_on").asc(nulls_last=True), "pk")
    )


def proposed_due(due_days: int | None, today: date) -> date | None:
    """The last day that a course's own rule proposes for what is assigned today; None where it has no rule."""
    return today + timedelta(days=due_days) if due_days else None
