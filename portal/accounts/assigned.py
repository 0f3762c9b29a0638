"""The courses that a person's organisations, and those above them, ask of their members."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F
from django.db.models.expressions import RawSQL

from lessons.words import in_language
from portal.accounts.models import Assignment, OrganisationText
from portal.accounts.rights import Person

ABOVE = """
    WITH RECURSIVE above(id) AS (
        SELECT organisation_id FROM accounts_membership
        WHERE user_id = %s AND from_day <= %s AND (to_day IS NULL OR to_day > %s)
        UNION
        SELECT parent_id FROM accounts_organisation JOIN above ON accounts_organisation.id = above.id
        WHERE parent_id IS NOT NULL
    ) SELECT id FROM above
"""


@dataclass(frozen=True)
class AssignedCourse:
    """A course asked for; `due_on` is the earliest day where several organisations ask."""

    course_id: int
    due_on: date | None
    organisation: str


def assigned_courses(user: Person, language: str, today: date) -> list[AssignedCourse]:
    """Each course once, the earliest due first; one query, which climbs from the memberships."""
    if not user.is_authenticated:
        return []
    names = in_language(OrganisationText.objects.all(), "organisation", "name", language, "organisation")
    rows = (
        Assignment.objects.filter(organisation__in=RawSQL(ABOVE, [user.pk, today, today]))  # noqa: S611 - fixed text
        .annotate(name=names, code=F("organisation__code"))
        .order_by(F("due_on").asc(nulls_last=True), "pk")
    )
    found: dict[int, AssignedCourse] = {}
    for course, due_on, name, code in rows.values_list("course", "due_on", "name", "code"):
        found.setdefault(course, AssignedCourse(course, due_on, name or code))
    return list(found.values())
