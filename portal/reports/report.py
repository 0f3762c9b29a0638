"""The completion report as the page, the chart and the files show it: its lines, its total, its months."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from lessons.titles import TitledCourse
from portal.accounts.branches import Branches
from portal.accounts.models import Membership, Residence, User
from portal.accounts.periods import as_of
from portal.accounts.trees import Place
from portal.language.formats import month
from portal.reports.completion import Asked, Figures, Period, figures_by_course, total_figures
from portal.reports.forms import ReportForm
from portal.reports.months import Month, figures_by_month
from portal.reports.places import ORGANISATIONS, REGIONS, Counted, figures_by_place
from portal.reports.scope import Scope

Address = dict[str, str]


@dataclass(frozen=True)
class Line:
    """One line of the table. `opens` is what is changed in the page's address to see what the line is made of."""

    key: str
    title: str
    figures: Figures
    period: Period
    people: int | None = None
    opens: Address | None = None
    held: int | None = None


@dataclass(frozen=True)
class Report:
    """`by` says what the lines are; `total` counts people, so who is in two lines is one there."""

    by: str
    period: Period
    lines: tuple[Line, ...]
    total: Figures
    months: tuple[Month, ...]

    @property
    def is_by_place(self) -> bool:
        return self.by in {"organisation", "region"}


def completion_report(scope: Scope, form: ReportForm) -> Report:
    """What the valid form asks for; queries are as many for one line as for a thousand."""
    people = _people_asked(scope, form)
    course = form.chosen_course
    asked = Asked(form.period, people, course.pk if course else None)
    months = figures_by_month(asked)
    by = form.cleaned_data["by"]
    if by == "month":
        lines = [_month_line(each) for each in months]
    elif by == "course":
        lines = list(_course_lines(asked, form))
    else:
        lines = list(_place_lines(asked, scope, form, by))
    return Report(by, form.period, tuple(lines), total_figures(asked), tuple(months))


def _people_asked(scope: Scope, form: ReportForm) -> QuerySet[User] | None:
    """The people in scope who belonged to the chosen places at the end of the period; None for everyone."""
    until = form.period.until
    people = scope.people(until)
    for branches, place, belonging in (
        (scope.organisations, form.chosen_organisation, _members),
        (scope.regions, form.chosen_region, _residents),
    ):
        if place:
            inside = belonging(branches.tree.below([place]), until)
            people = (User.objects.all() if people is None else people).filter(pk__in=inside.values("user"))
    return people


def _members(organisations: set[int], day: date) -> QuerySet[Any]:
    return Membership.objects.filter(as_of(day), organisation__in=organisations)


def _residents(regions: set[int], day: date) -> QuerySet[Any]:
    return Residence.objects.filter(as_of(day), region__in=regions)


def _month_line(of: Month) -> Line:
    since = of.period.since
    return Line(f"{since:%Y-%m}", month(since), of.figures, of.period, held=of.held)


def _course_lines(asked: Asked, form: ReportForm) -> Iterator[Line]:
    """The courses that can be taken now, and those no longer offered that figures tell of."""
    figures = figures_by_course(asked)
    chosen = form.chosen_course
    inside = next((name for name in ("organisation", "region") if name in form.fields), "month")
    for course in form.by_key.values():
        if course == chosen or (chosen is None and (course.offered or course.pk in figures)):
            yield _course_line(course, figures.get(course.pk, Figures()), asked.period, inside)


def _course_line(course: TitledCourse, figures: Figures, period: Period, inside: str) -> Line:
    return Line(course.key, course.title, figures, period, opens={"course": course.key, "by": inside})


def _place_lines(asked: Asked, scope: Scope, form: ReportForm, by: str) -> Iterator[Line]:
    """The places right below the chosen one, then the people who belong to itself; last those who belong nowhere."""
    is_organisation = by == "organisation"
    branches = scope.organisations if is_organisation else scope.regions
    chosen = form.chosen_organisation if is_organisation else form.chosen_region
    if chosen is None and len(branches.tops) == 1:
        chosen = branches.tops[0]
    tops = branches.tree.children(chosen.pk) if chosen else branches.tops
    kind = ORGANISATIONS if is_organisation else REGIONS
    counted = figures_by_place(kind, asked, [place.pk for place in tops], chosen.pk if chosen else None)
    for place in tops:
        yield _place_line(place, place.name, counted, asked.period, _opens(branches, place, by))
    if chosen:
        title = _("%(place)s itself") % {"place": chosen.name} if tops else chosen.name
        yield _place_line(chosen, title, counted, asked.period, None)
    if None in counted:
        nowhere = _("In no organisation") if is_organisation else _("In no region")
        yield Line("", nowhere, counted[None].figures, asked.period)


def _opens(branches: Branches, place: Place, by: str) -> Address:
    """A place with others below it opens into these, any other into its courses."""
    return {by: place.code} if branches.tree.children(place.pk) else {by: place.code, "by": "course"}


def _place_line(
    place: Place, title: str, counted: dict[int | None, Counted], period: Period, opens: Address | None
) -> Line:
    found = counted.get(place.pk, Counted())
    return Line(place.code, title, found.figures, period, people=found.people, opens=opens)
