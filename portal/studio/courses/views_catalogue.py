"""HTTP for the catalogue: the order of the courses, what is put away and what is brought back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lessons.models import Course, EditionText, State
from lessons.words import in_language, reader_language
from portal.accounts.rights import needed_everywhere
from portal.studio.courses import making
from portal.studio.courses.finding import find_course, title_of_course, writer
from portal.studio.courses.marks import ChangedMeanwhile

MOST_ARCHIVED = 200


@needed_everywhere("courses.arrange")
@require_http_methods(["GET", "HEAD", "POST"])
def catalogue(request: HttpRequest) -> HttpResponse:
    """Every course that is offered, in its order, and those that are put away."""
    if request.method == "POST":
        return _save(request)
    return _show(request, making.offered())


def _show(request: HttpRequest, courses: list[Course], status: int = 200, **more: Any) -> HttpResponse:
    archived = Course.objects.exclude(archived_at=None).order_by("-archived_at")[:MOST_ARCHIVED]
    titles = _titles([*courses, *archived])
    context = {
        "courses": [(course, titles.get(course.pk) or course.key) for course in courses],
        "archived": [(course, titles.get(course.pk) or course.key) for course in archived],
        "mark": making.catalogue_mark(making.offered()),
    }
    return render(request, "studio/courses/catalogue.html", context | more, status=status)


def _titles(courses: list[Course]) -> dict[int, str]:
    """One query: the title of what is published, or else of anything."""
    texts = EditionText.objects.exclude(edition__state=State.SUPERSEDED)
    title = in_language(texts, "edition__course", "title", reader_language())
    return dict(
        Course.objects.filter(pk__in=[course.pk for course in courses]).annotate(title=title).values_list("pk", "title")
    )


def _save(request: HttpRequest) -> HttpResponse:
    order = [int(line) for line in request.POST.getlist("line") if line.isdecimal()]
    deed, _space, what = request.POST.get("deed", "save").partition(" ")
    if deed in {"up", "down"} and what.isdecimal() and int(what) in order:
        _move(order, int(what), -1 if deed == "up" else 1)
    try:
        changed = making.order_courses(order, request.POST.get("mark", ""), writer(request))
    except ChangedMeanwhile as refusal:
        return _show(request, making.offered(), 409, refusal=str(refusal))
    if deed == "save" and changed:
        messages.success(request, _("The order is kept. Readers see it now."))
    elif deed == "save":
        messages.info(request, _("Nothing had changed, so nothing was saved."))
    return redirect(reverse("studio:catalogue") + (f"#c-{what}" if deed in {"up", "down"} else ""))


def _move(order: list[int], course: int, by: int) -> None:
    at = order.index(course)
    if 0 <= at + by < len(order):
        order[at], order[at + by] = order[at + by], order[at]


@needed_everywhere("courses.arrange")
@require_http_methods(["GET", "HEAD", "POST"])
def archive(request: HttpRequest, course: str) -> HttpResponse:
    """Says first what it means; a course that is assigned is put away only by who says that they know it."""
    found = find_course(course)
    assigned = making.assigned_to(found)
    context = {"course": found, "title": title_of_course(found), "assigned": assigned}
    if request.method != "POST":
        return render(request, "studio/courses/archive.html", context)
    if assigned and "known" not in request.POST:
        context["fault"] = _("Say that you know it is assigned, or end the assignments first.")
        return render(request, "studio/courses/archive.html", context, status=422)
    making.archive_course(found, writer(request))
    messages.success(request, _("The course is put away. Completions and certificates stay."))
    return redirect("studio:catalogue")


@needed_everywhere("courses.arrange")
@require_POST
def restore(request: HttpRequest, course: str) -> HttpResponse:
    """Back into the catalogue."""
    found = get_object_or_404(Course, slug=course)
    making.restore_course(found, writer(request))
    messages.success(request, _("The course is back in the catalogue."))
    return redirect("studio:catalogue")
