"""HTTP for the completion report."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_safe

from lessons.words import reader_language
from portal.accounts.audit import record
from portal.accounts.rights import permission_required
from portal.reports.completion import FEWEST, CourseLine, Figures, Period, Report, completion_report
from portal.reports.exports import csv_file
from portal.reports.forms import PeriodForm
from portal.reports.scope import Scope, scope_of

HEADINGS = (
    gettext_lazy("Key"),
    gettext_lazy("Course"),
    gettext_lazy("From"),
    gettext_lazy("To"),
    gettext_lazy("Started"),
    gettext_lazy("In progress"),
    gettext_lazy("Completed"),
    gettext_lazy("Expired"),
)


@permission_required("reports.view")
@require_safe
def completion(request: HttpRequest) -> HttpResponse:
    """The page; where the period cannot be taken it says why and shows no figures."""
    form, scope = _asked(request)
    report = _report(form.period, scope) if form.is_valid() else None
    context = {"form": form, "scope": scope, "report": report, "fewest": FEWEST}
    if report:
        context |= {"period": form.period, "query": urlencode(form.period._asdict())}
    return render(request, "reports/completion.html", context)


@permission_required("reports.view")
@require_GET
def completion_csv(request: HttpRequest) -> HttpResponseBase:
    """The same figures as a file; that it was taken is written down."""
    form, scope = _asked(request)
    if not form.is_valid():
        return redirect(f"{reverse('reports:completion')}?{request.GET.urlencode()}")
    period = form.period
    report = _report(period, scope)
    days = {name: day.isoformat() for name, day in period._asdict().items()}
    record(request, "report.exported", "completion", **days, courses=len(report.lines))
    return csv_file("completion-{since}-{until}.csv".format(**days), _rows(period, report))


def _asked(request: HttpRequest) -> tuple[PeriodForm, Scope]:
    today = timezone.localdate()
    return PeriodForm(request.GET, today), scope_of(request.user, today, reader_language())


def _report(period: Period, scope: Scope) -> Report:
    return completion_report(scope, period, reader_language())


def _rows(period: Period, report: Report) -> list[tuple[object, ...]]:
    """The table with its headings in the page's language, and all courses together as its last line."""
    lines = [*report.lines, CourseLine("", _("All courses, each person once"), report.total)]
    head = tuple(str(heading) for heading in HEADINGS)
    return [head, *((line.key, line.title, *period, *_numbers(line.figures)) for line in lines)]


def _numbers(figures: Figures) -> tuple[int, int, int, int]:
    return figures.started, figures.in_progress, figures.completed, figures.expired
