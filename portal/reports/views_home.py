"""HTTP for the reports' home and for what their figures mean."""

from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from lessons.titles import titled_courses
from lessons.words import reader_language
from portal.accounts.rights import may, permission_required
from portal.reports.catalogue import REPORTS, groups_for
from portal.reports.definitions import definitions_by_kind
from portal.reports.people.asked import AskedPeople
from portal.reports.people.lists import MOST_COUNTED, SOON, bounded_count, late_people
from portal.reports.saved.keeping import views_of
from portal.reports.scope import scope_of

COUNTED_FOR = 10 * 60  # seconds that the number of people overdue is remembered for a reader
OF_COMPLETION = frozenset({"since", "until", "by", "course", "organisation", "region"})


@permission_required("reports.view")
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Who is overdue, the reader's saved views, all reports. The completion report once stood at this address."""
    if OF_COMPLETION & request.GET.keys():
        return redirect(f"{reverse('reports:completion')}?{request.GET.urlencode()}")
    user: Any = request.user
    context: dict[str, Any] = {"groups": groups_for(user), "saved": views_of(user), "overdue": None}
    if may(user, "people.view"):
        count = _overdue(user)
        context |= {"overdue": min(count, MOST_COUNTED), "more": count > MOST_COUNTED, "entry": REPORTS["overdue"]}
    return render(request, "reports/home.html", context)


@permission_required("reports.view")
@require_safe
def definitions(request: HttpRequest) -> HttpResponse:
    return render(request, "reports/definitions.html", {"kinds": definitions_by_kind()})


def _overdue(user: Any) -> int:
    """How many people in the reader's scope are overdue, one more than `MOST_COUNTED` where there are more."""
    today, language = timezone.localdate(), reader_language()

    def count() -> int:
        courses = tuple(course for course in titled_courses(language) if course.offered)
        return bounded_count(late_people(AskedPeople(scope_of(user, today, language), courses, SOON, language)))

    return cache.get_or_set(f"reports-overdue-{user.pk}-{today}", count, COUNTED_FOR) or 0
