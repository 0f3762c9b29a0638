"""HTTP for the audit log in words; it is read here, and changed nowhere."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lessons.words import reader_language
from portal.accounts.rights import may, may_everywhere, permission_required
from portal.studio.log.entries import entries, lines_of, page_of
from portal.studio.log.forms import LogForm
from portal.studio.overview import lesson_titles


@permission_required("log.view")
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """The newest entries first, a page at a time. Who may see all deeds sees those to people too."""
    everything = may_everywhere(request.user, "log.view_all")
    form = LogForm(request.GET, everything=everything)
    context: dict[str, Any] = {"form": form, "everything": everything, "studio": may(request.user, "studio.open")}
    if not form.is_valid():
        return render(request, "studio/log/log.html", context, status=422)
    rows, older = page_of(entries(form.asked, everything=everything), form.cleaned_data["before"])
    lesson = form.cleaned_data["lesson"]
    context |= {
        "query": _address(request),
        "lines": lines_of(rows),
        "older": _address(request, before=older) if older else "",
        "newest": _address(request) if form.cleaned_data["before"] else "",
        "lesson": lesson,
        "title": lesson_titles([lesson.pk], reader_language()).get(lesson.pk) or lesson.key if lesson else "",
    }
    return render(request, "studio/log/log.html", context)


def _address(request: HttpRequest, **changed: object) -> str:
    """The same search, from another entry on."""
    query = request.GET.copy()
    query.pop("before", None)
    for name, value in changed.items():
        query[name] = str(value)
    return f"?{query.urlencode()}"
