"""What each report of a day shows, and the rows of its file."""

from collections.abc import Iterator
from typing import Any

from django.utils.http import urlencode
from django.utils.translation import get_language_bidi

from lessons.words import reader_language
from portal.reports.scope import Scope
from portal.reports.standing import comparison, funnel, learned
from portal.reports.standing.forms import ComparisonForm, FunnelForm, LearnedForm
from portal.reports.standing.pages import Room, Shown
from portal.reports.standing.strips import Strip
from portal.reports.tables import Row


def _learned(scope: Scope, form: LearnedForm) -> Shown:
    whose, course = scope.whose(form.chosen_organisation, form.chosen_region), form.chosen_course
    if form.row_per == "skill":
        lines = learned.skills(whose, course, form.day, reader_language())
    else:
        courses = [course] if course else [each for each in form.by_key.values() if each.offered]
        lines = learned.modules(whose, courses, form.day, reader_language())
    drawn = [(line, _bar(line.share)) for line in lines]
    return {"lines": lines, "drawn": drawn, "by": form.row_per, "course": course}


def _learned_rows(form: LearnedForm, shown: Shown) -> Iterator[Row]:
    return learned.rows_of(shown["lines"], form.row_per, form.day)


def _funnel(scope: Scope, form: FunnelForm) -> Shown:
    course = form.chosen_course
    if course is None:
        return {"course": None}
    whose = scope.whose(form.chosen_organisation, form.chosen_region)
    told = funnel.funnel(whose, course, form.day, reader_language())
    return {"funnel": told, "drawn": [(step, _bar(step.share)) for step in told.steps], "course": course}


def _funnel_rows(form: FunnelForm, shown: Shown) -> Iterator[Row]:
    return funnel.rows_of(shown.get("funnel", funnel.Funnel((), ())), form.day)


def _comparison(scope: Scope, form: ComparisonForm) -> Shown:
    course = form.chosen_course
    asked = _places(scope, form)
    if course is None or asked is None:
        return {"course": course, "comparison": None}
    told = comparison.compared(asked, course.pk, form.day, of_begun=form.of_begun)
    drawn = [(line, point(line), _opens(asked, form, line)) for line in told.lines]
    axis = Strip(0, get_language_bidi())
    return {"comparison": told, "drawn": drawn, "course": course, "by": form.row_per, "axis": axis}


def _places(scope: Scope, form: ComparisonForm) -> comparison.AskedPlaces | None:
    """What is compared; None where the reader has no place to compare by."""
    organisation, region = form.chosen_organisation, form.chosen_region
    if form.row_per == "organisation":
        return comparison.AskedPlaces("organisation", scope.told_organisations, organisation, scope.where(None, region))
    if form.row_per == "region":
        return comparison.AskedPlaces("region", scope.regions, region, scope.where(organisation, None))
    return None


def _opens(asked: comparison.AskedPlaces, form: ComparisonForm, line: comparison.Compared) -> str | None:
    """The address at which the parts of the place are compared; None where it has none."""
    if line.alone or not asked.branches.tree.children(line.place.pk):
        return None
    return f"?{urlencode(form.address | {asked.kind: line.place.code})}"


def _comparison_rows(form: ComparisonForm, shown: Shown) -> Iterator[Row]:
    lines = shown["comparison"].lines if shown["comparison"] else ()
    return comparison.rows_of(lines, form.row_per, form.day)


def _bar(share: float | None) -> Strip | None:
    return None if share is None else Strip(share, get_language_bidi())


def point(line: Any) -> Strip | None:
    """Its share with its interval; None where it has none."""
    return None if line.share is None else Strip(line.share, get_language_bidi(), line.interval)


LEARNED = Room("learned", LearnedForm, _learned, _learned_rows)
FUNNEL = Room("funnel", FunnelForm, _funnel, _funnel_rows)
COMPARISON = Room("comparison", ComparisonForm, _comparison, _comparison_rows)
ROOMS = (LEARNED, FUNNEL, COMPARISON)
