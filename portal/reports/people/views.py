"""HTTP for the lists of people by name: overdue, due soon, run out or running out; each as a page and as files."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language_bidi
from django.views.decorators.http import require_GET, require_safe

from lessons.titles import titled_courses
from lessons.words import reader_language
from portal.accounts.audit import record
from portal.accounts.looking import seen, seen_in_file
from portal.accounts.rights import permission_required
from portal.reports.catalogue import REPORTS
from portal.reports.counts.asking import keep_fresh
from portal.reports.counts.reading import counted_at
from portal.reports.exports import csv_file, xlsx_file
from portal.reports.people.files import rows_of
from portal.reports.people.forms import PeopleForm
from portal.reports.people.leafing import leaf
from portal.reports.people.lines import lines_of
from portal.reports.people.lists import (
    DUE_SOON,
    EXPIRING,
    LISTS,
    MOST_COUNTED,
    OVERDUE,
    bounded_count,
)
from portal.reports.people.noting import note_viewed
from portal.reports.people.words import STATES
from portal.reports.place_field import with_codes
from portal.reports.scope import scope_of

names_people = permission_required("people.view")


@names_people
@require_safe
def overdue(request: HttpRequest) -> HttpResponse:
    return _page(request, OVERDUE)


@names_people
@require_safe
def due_soon(request: HttpRequest) -> HttpResponse:
    return _page(request, DUE_SOON)


@names_people
@require_safe
def expiring(request: HttpRequest) -> HttpResponse:
    return _page(request, EXPIRING)


@names_people
@require_GET
def file(request: HttpRequest, name: str, kind: str) -> HttpResponseBase:
    """Everybody on the list as a CSV file or a workbook; that it was taken is written down."""
    form = _form(request, name)
    if not form.is_valid():
        return redirect(f"{REPORTS[name].address}?{request.GET.urlencode()}")
    record(request, "report.exported", name, asked=form.address, file=kind)
    seen_in_file(request, name, form.address)
    rows = rows_of(form.listed, form.asked(reader_language()))
    file_name = f"{name}-{timezone.localdate()}.{kind}"
    return csv_file(file_name, rows) if kind == "csv" else xlsx_file(file_name, rows, rtl=get_language_bidi())


def _page(request: HttpRequest, name: str) -> HttpResponse:
    """A page of the list; where something asked for cannot be taken it says why and names nobody."""
    form = _form(request, name)
    context: dict[str, Any] = {"entry": REPORTS[name], "form": form, "scope": form.scope, "listed": False}
    if form.is_valid():
        if coded := with_codes(request, form):
            return coded
        context |= _shown(request, form)
    return render(request, "reports/people.html", context)


def _shown(request: HttpRequest, form: PeopleForm) -> dict[str, Any]:
    asked = form.asked(reader_language())
    keep_fresh()
    people = form.listed.matching(asked)
    leafed = leaf(people, after=request.GET.get("after", ""), before=request.GET.get("before", ""))
    lines = lines_of(form.listed.name, asked, leafed.people)
    if lines:
        note_viewed(request, form.listed.name, form.address)
        seen(request, form.listed.name, [line.user.pk for line in lines])
    count = bounded_count(people)
    return {
        "listed": True,
        "lines": lines,
        "leaf": leafed,
        "count": min(count, MOST_COUNTED),
        "more": count > MOST_COUNTED,
        "query": urlencode(form.address),
        "states": STATES,
        "expiring": form.listed.looks_ahead,
        "today": asked.today,
        "counted_at": counted_at() if asked.of_many else None,
    }


def _form(request: HttpRequest, name: str) -> PeopleForm:
    language = reader_language()
    scope = scope_of(request.user, timezone.localdate(), language)
    return PeopleForm(request.GET, LISTS[name], scope, titled_courses(language))
