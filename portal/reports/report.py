"""The completion report as the page, the chart and the files show it: its lines, its total, its months."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from lessons.titles import TitledCourse
from portal.accounts.branches import Branches
from portal.accounts.trees import Place
from portal.language.formats import month
from portal.reports.completion import (
    NOTHING,
    Figures,
    Month,
    Period,
    figures_at,
    figures_by_month,
    figures_of,
)
from portal.reports.counts.reading import ANY, PlaceFigures, Subject, Where, by_place
from portal.reports.forms import ReportForm
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


@dataclass(frozen=True)
class Report:
    """`by` says what the lines are. In `total` who is in two lines is one; what happened is counted each time."""

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
    whose, period, by = scope.whose(form.chosen_organisation, form.chosen_region), form.period, form.cleaned_data["by"]
    chosen = form.chosen_course
    subject = Subject("course", chosen.pk) if chosen else ANY
    courses = [] if chosen or by != "course" else form.by_key.values()
    figures = figures_of(whose, [subject, *(Subject("course", course.pk) for course in courses)], period)
    months = figures_by_month(whose, subject, period) if whose else []
    if by == "month":
        lines = [_month_line(each) for each in months]
    elif by == "course":
        lines = list(_course_lines(figures, form))
    else:
        lines = list(_place_lines(subject, scope, form, by))
    return Report(by, period, tuple(lines), figures[subject], tuple(months))


def _month_line(of: Month) -> Line:
    since = of.period.since
    return Line(f"{since:%Y-%m}", month(since), of.figures, of.period)


def _course_lines(figures: Mapping[Subject, Figures], form: ReportForm) -> Iterator[Line]:
    """The courses that can be taken now, and those no longer offered that figures tell of."""
    chosen = form.chosen_course
    inside = next((name for name in ("organisation", "region") if name in form.fields), "month")
    for course in form.by_key.values():
        own = figures.get(Subject("course", course.pk), NOTHING)
        if course == chosen or (chosen is None and (course.offered or own.begun)):
            yield _course_line(course, own, form.period, inside)


def _course_line(course: TitledCourse, figures: Figures, period: Period, inside: str) -> Line:
    return Line(course.key, course.title, figures, period, opens={"course": course.key, "by": inside})


def _place_lines(subject: Subject, scope: Scope, form: ReportForm, by: str) -> Iterator[Line]:
    """The places right below the chosen one, then the people who belong to itself; last those who belong nowhere.

    All of them are in the reader's scope; only the other sort of place may be chosen besides.
    """
    branches = scope.told_organisations if by == "organisation" else scope.regions
    chosen = _chosen(form, by)
    if chosen is None and len(branches.tops) == 1:
        chosen = branches.tops[0]
    places = branches.tree.children(chosen.pk) if chosen else branches.tops
    tops = {place.pk: branches.tree.below([place]) for place in places}
    if chosen:
        tops[chosen.pk] = frozenset([chosen.pk])
    told = by_place(_kind(by), tops, subject, form.period, _inside(form, by))
    for place in places:
        yield _place_line(place, place.name, told, form.period, _opens(branches, place, by))
    if chosen:
        title = _("%(place)s itself") % {"place": chosen.name} if places else chosen.name
        yield _place_line(chosen, title, told, form.period, None)
    nowhere = told.get(None, PlaceFigures())
    if (scope.everyone or scope.is_of_regions) and _chosen(form, by) is None and nowhere.people:
        title = _("In no organisation") if by == "organisation" else _("In no region")
        yield Line("", title, figures_at(nowhere), form.period, people=nowhere.people)


def _chosen(form: ReportForm, by: str) -> Place | None:
    return form.chosen_organisation if by == "organisation" else form.chosen_region


def _kind(by: str) -> Literal["organisation", "region"]:
    return "organisation" if by == "organisation" else "region"


def _inside(form: ReportForm, by: str) -> Where:
    """The places chosen besides those that stand in the lines."""
    organisation = form.chosen_organisation if by != "organisation" else None
    region = form.chosen_region if by != "region" else None
    return form.scope.where(organisation, region)


def _opens(branches: Branches, place: Place, by: str) -> Address:
    """A place with others below it opens into these, any other into its courses."""
    return {by: place.code} if branches.tree.children(place.pk) else {by: place.code, "by": "course"}


def _place_line(
    place: Place, title: str, told: Mapping[int | None, PlaceFigures], period: Period, opens: Address | None
) -> Line:
    found = told.get(place.pk, PlaceFigures())
    return Line(place.code, title, figures_at(found), period, people=found.people, opens=opens)
