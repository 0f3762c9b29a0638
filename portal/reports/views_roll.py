"""HTTP for the roll: everybody in scope by name, as files only."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_bidi
from django.views.decorators.http import require_GET

from lessons.titles import titled_courses
from lessons.words import reader_language
from portal.accounts.audit import record
from portal.accounts.looking import seen_in_file
from portal.accounts.rights import permission_required
from portal.reports.exports import csv_file, xlsx_file
from portal.reports.forms import ReportForm
from portal.reports.roll import roll_rows
from portal.reports.scope import scope_of


@permission_required("people.view")
@require_GET
def roll_csv(request: HttpRequest) -> HttpResponseBase:
    """The roll, sent while it is read; that it was taken is written down."""
    return _file(request, "csv")


@permission_required("people.view")
@require_GET
def roll_xlsx(request: HttpRequest) -> HttpResponseBase:
    """The same as a workbook, its sheets from right to left where the language is."""
    return _file(request, "xlsx")


def _file(request: HttpRequest, kind: str) -> HttpResponseBase:
    language = reader_language()
    scope = scope_of(request.user, timezone.localdate(), language)
    form = ReportForm(request.GET, scope, titled_courses(language))
    if not form.is_valid():
        return redirect(f"{reverse('reports:completion')}?{request.GET.urlencode()}")
    record(request, "report.exported", "roll", asked=form.address, file=kind)
    seen_in_file(request, "roll", form.address)
    name = f"roll-{scope.today}.{kind}"
    rows = roll_rows(scope, form, language)
    return csv_file(name, rows) if kind == "csv" else xlsx_file(name, rows, rtl=get_language_bidi())
