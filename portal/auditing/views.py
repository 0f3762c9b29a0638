"""HTTP for the audit log as files; that somebody took one is an entry of the log itself."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_bidi
from django.views.decorators.http import require_GET

from portal.accounts.audit import record
from portal.accounts.rights import needed_everywhere
from portal.auditing.files import rows_of
from portal.reports.exports import csv_file, xlsx_file
from portal.studio.log.entries import entries
from portal.studio.log.forms import LogForm


@needed_everywhere("log.view_all")
@require_GET
def as_csv(request: HttpRequest) -> HttpResponseBase:
    return _file(request, "csv")


@needed_everywhere("log.view_all")
@require_GET
def as_xlsx(request: HttpRequest) -> HttpResponseBase:
    return _file(request, "xlsx")


def _file(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The entries that the address asks for, up to now; where it asks for what cannot be, the page says why."""
    form = LogForm(request.GET, everything=True)
    if not form.is_valid():
        return redirect(f"{reverse('studio:log')}?{request.GET.urlencode()}")
    now = timezone.now()
    record(request, "log.exported", "log", asked=request.GET.dict(), file=kind)
    rows = rows_of(entries(form.asked, everything=True).filter(at__lte=now))
    name = f"log-{timezone.localdate()}.{kind}"
    return csv_file(name, rows) if kind == "csv" else xlsx_file(name, rows, rtl=get_language_bidi())
