"""The roll: everybody in scope by name, a line for each course they have begun, and one for who has begun none.

It is read and written line by line, however many there are: a million people need no more memory than ten.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import CharField, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext as _

from portal.accounts.models import Membership, Residence, User
from portal.accounts.periods import as_of
from portal.accounts.trees import region_tree
from portal.reports.forms import ReportForm
from portal.reports.scope import Scope

AT_ONCE = 2000  # rows that are fetched from the database together
Row = tuple[object, ...]
FIELDS = ("started_on", "active_on", "passed", "completed_on", "expires_on")


def roll_rows(scope: Scope, form: ReportForm, language: str) -> Iterator[Row]:
    """The headings and the lines of a valid form; two queries, and one that goes on as long as lines are taken."""
    yield (
        _("Name"),
        _("Course"),
        _("Region"),
        _("Started"),
        _("Last active"),
        _("Lessons passed"),
        _("Completed"),
        _("Holds until"),
    )
    titles = {course.pk: course.title for course in form.by_key.values()}
    regions = {pk: place.name for pk, place in region_tree(language).places.items()}
    course = form.chosen_course
    rows = _lines(people_asked(scope, form), course.pk if course else None, scope.today)
    for name, taken, region, *standing in rows.iterator(chunk_size=AT_ONCE):
        yield name, titles.get(taken, ""), regions.get(region, ""), *standing


def people_asked(scope: Scope, form: ReportForm) -> QuerySet[User]:
    """Who belongs to the reader's scope today, and to the places chosen."""
    people = scope.people(scope.today)
    found = User.objects.all() if people is None else people
    holds = as_of(scope.today)
    if form.chosen_organisation:
        below = scope.told_organisations.tree.below([form.chosen_organisation])
        found = found.filter(pk__in=Membership.objects.filter(holds, organisation__among=below).values("user"))
    if form.chosen_region:
        below = scope.regions.tree.below([form.chosen_region])
        found = found.filter(pk__in=Residence.objects.filter(holds, region__among=below).values("user"))
    return found


def _lines(people: QuerySet[User], course: int | None, today: date) -> QuerySet[User, Any]:
    home = Residence.objects.filter(as_of(today), user=OuterRef("pk")).order_by("-from_day", "-pk")
    wanted = Q() if course is None else Q(learner__courses__course=course)
    named = Coalesce(NullIf("display_name", Value("")), "email", "phone", Value(""), output_field=CharField())
    return (
        people.annotate(taken=FilteredRelation("learner__courses", condition=wanted))
        .order_by("pk", "taken__course_id")
        .values_list(
            named,
            F("taken__course"),
            Subquery(home.values("region")[:1]),
            *(F(f"taken__{field}") for field in FIELDS),
        )
    )
