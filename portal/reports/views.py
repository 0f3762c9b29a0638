"""HTTP for the completion report: the page, and the same table as files."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language_bidi
from django.views.decorators.http import require_GET, require_safe

from lessons.titles import titled_courses
from lessons.words import reader_language
from portal.accounts.audit import record
from portal.accounts.branches import Branches
from portal.accounts.rights import permission_required
from portal.reports.completion import FEWEST
from portal.reports.counts.asking import keep_fresh
from portal.reports.counts.reading import counted_at
from portal.reports.exports import csv_file, xlsx_file
from portal.reports.forms import ReportForm
from portal.reports.place_field import with_codes
from portal.reports.public.page import Line, regions_compared
from portal.reports.report import Report, completion_report
from portal.reports.scope import Scope, scope_of
from portal.reports.tables import rows_of
from portal.reports.timeline import MOST_MONTHS, timeline
from portal.reports.yearly import compared_with_last_year


@permission_required("reports.view")
@require_safe
def completion(request: HttpRequest) -> HttpResponse:
    """The page; where something asked for cannot be taken, or nothing is counted yet, it says so without figures."""
    form, scope = _asked(request)
    keep_fresh()
    at = counted_at()
    context: dict[str, Any] = {"form": form, "scope": scope, "report": None, "fewest": FEWEST, "counted_at": at}
    if form.is_valid():
        if coded := with_codes(request, form):
            return coded
        context |= _shown(form, scope) if at else {}
    return render(request, "reports/completion.html", context)


def _shown(form: ReportForm, scope: Scope) -> dict[str, Any]:
    report = completion_report(scope, form)
    places = (
        ("organisation", scope.told_organisations, form.chosen_organisation),
        ("region", scope.regions, form.chosen_region),
    )
    return {
        "report": report,
        "lines": [(line, _address(form, line.opens) if line.opens else None) for line in report.lines],
        "course": form.chosen_course,
        "trails": [
            (form[name].label, list(_trail(form, name, branches, place))) for name, branches, place in places if place
        ],
        "charts": timeline(report.months, rtl=get_language_bidi()),
        "most_months": MOST_MONTHS,
        "years": compared_with_last_year(report.months),
        "query": urlencode(form.address),
        "by_month": _address(form, {"by": "month"}),
        "others": _others(form, scope),
    }


def _others(form: ReportForm, scope: Scope) -> tuple[date, list[Line]] | None:
    """Of the chosen course what everybody may see of all regions, for who does not see the nation's exact figures."""
    if scope.everyone or form.chosen_course is None or not settings.STATISTICS:
        return None
    return regions_compared(form.chosen_course, reader_language())


def _trail(form: ReportForm, name: str, branches: Branches, place: Any) -> Iterator[tuple[str, str]]:
    """The chosen place below those above it that the reader may open: (name, address) each."""
    for above in branches.way_to(place):
        yield above.name, _address(form, {name: above.code})


def _address(form: ReportForm, changed: dict[str, str]) -> str:
    return f"{reverse('reports:completion')}?{urlencode(form.address | changed)}"


@permission_required("reports.view")
@require_GET
def completion_csv(request: HttpRequest) -> HttpResponseBase:
    """The table of the page as a file; that it was taken is written down."""
    return _file(request, "csv")


@permission_required("reports.view")
@require_GET
def completion_xlsx(request: HttpRequest) -> HttpResponseBase:
    """The same as a workbook, its sheet from right to left where the language is."""
    return _file(request, "xlsx")


def _file(request: HttpRequest, kind: str) -> HttpResponseBase:
    form, scope = _asked(request)
    keep_fresh()
    if not form.is_valid() or counted_at() is None:
        return redirect(f"{reverse('reports:completion')}?{request.GET.urlencode()}")
    report = completion_report(scope, form)
    record(request, "report.exported", "completion", asked=form.address, file=kind, lines=len(report.lines))
    name = _file_name(report, kind)
    if kind == "csv":
        return csv_file(name, rows_of(report))
    return xlsx_file(name, rows_of(report), rtl=get_language_bidi())


def _file_name(report: Report, kind: str) -> str:
    return f"completion-by-{report.by}-{report.period.since}-{report.period.until}.{kind}"


def _asked(request: HttpRequest) -> tuple[ReportForm, Scope]:
    language = reader_language()
    scope = scope_of(request.user, timezone.localdate(), language)
    return ReportForm(request.GET, scope, titled_courses(language)), scope
