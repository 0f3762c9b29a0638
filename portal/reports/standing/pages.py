"""HTTP for the reports of a day: each a page, and the same table as a file. That a file was taken is written down."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language_bidi
from django.views.decorators.http import require_GET, require_safe

from lessons.titles import titled_courses
from lessons.words import reader_language
from portal.accounts.audit import record
from portal.accounts.rights import permission_required
from portal.reports.catalogue import REPORTS
from portal.reports.completion import FEWEST
from portal.reports.counts.asking import keep_fresh
from portal.reports.counts.reading import counted_at
from portal.reports.exports import csv_file, xlsx_file
from portal.reports.place_field import with_codes
from portal.reports.scope import Scope, scope_of
from portal.reports.standing.forms import DayForm
from portal.reports.tables import Row

View = Callable[..., HttpResponseBase]
Shown = dict[str, Any]


@dataclass(frozen=True)
class Room:
    """One report: its form, what its page shows of a valid one, and the rows of its file."""

    name: str
    form: type[DayForm]
    shown: Callable[[Scope, Any], Shown]
    rows: Callable[[Any, Shown], Iterator[Row]]
    namespace: str = "reports"

    def urls(self) -> list[URLPattern]:
        """The page and its files, below the address of all reports."""
        return [
            path(f"{self.name}/", self.page(), name=self.name),
            path(f"{self.name}.csv", self.file("csv"), name=f"{self.name}_csv"),
            path(f"{self.name}.xlsx", self.file("xlsx"), name=f"{self.name}_xlsx"),
        ]

    def page(self) -> View:
        """The page; where something asked for cannot be taken it says why and shows no figures."""

        @permission_required("reports.view")
        @require_safe
        def view(request: HttpRequest) -> HttpResponse:
            form, scope = self._asked(request)
            keep_fresh()
            context: Shown = {"form": form, "scope": scope, "fewest": FEWEST}
            context |= {"entry": REPORTS[self.name], "here": self.here}
            if form.is_valid():
                if coded := with_codes(request, form):
                    return coded
                context |= self.shown(scope, form)
                context |= {"shown": True, "query": urlencode(form.address), "counted_at": counted_at()}
                context |= {
                    f"{kind}_address": reverse(f"{self.namespace}:{self.name}_{kind}") for kind in ("csv", "xlsx")
                }
            return render(request, f"reports/standing/{self.name}.html", context)

        return view

    def file(self, kind: str) -> View:
        """The table as a file; what cannot be taken leads to the page that says why."""

        @permission_required("reports.view")
        @require_GET
        def view(request: HttpRequest) -> HttpResponseBase:
            form, scope = self._asked(request)
            if not form.is_valid():
                return redirect(f"{self.here}?{request.GET.urlencode()}")
            rows = list(self.rows(form, self.shown(scope, form)))
            record(request, "report.exported", self.name, asked=form.address, file=kind, lines=len(rows) - 1)
            name = f"{self.name}-{form.day}.{kind}"
            return csv_file(name, rows) if kind == "csv" else xlsx_file(name, rows, rtl=get_language_bidi())

        return view

    @property
    def here(self) -> str:
        return reverse(f"{self.namespace}:{self.name}")

    def _asked(self, request: HttpRequest) -> tuple[DayForm, Scope]:
        language = reader_language()
        scope = scope_of(request.user, timezone.localdate(), language)
        return self.form(request.GET, scope, titled_courses(language)), scope
