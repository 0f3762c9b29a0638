"""HTTP for the draft of an edition: it is begun, put in order, discarded."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lessons.layouts import layout_of
from lessons.models import CourseEdition, Lesson
from lessons.words import reader_language
from portal.accounts.rights import permission_required
from portal.studio.courses import editions, syllabus
from portal.studio.courses.effects import effects_shown
from portal.studio.courses.finding import Draft, draft_of, find_course, title_of_course, writer
from portal.studio.courses.making import module_keys
from portal.studio.courses.marks import ChangedMeanwhile, NotKept
from portal.studio.courses.order_page import (
    languages_of_edition,
    lessons_to_add,
    module_rows,
    order_change,
    title_name,
)
from portal.studio.courses.syllabus import Layout
from portal.studio.languages import direction, written_languages


@permission_required("studio.write")
@require_http_methods(["GET", "HEAD", "POST"])
def edition(request: HttpRequest, course: str) -> HttpResponse:
    """Modules and lessons in their order; every button sends the whole order, so that nothing typed is lost."""
    found = find_course(course)
    draft = draft_of(found)
    if draft is None:
        context = {"course": found, "title": title_of_course(found)}
        return render(request, "studio/courses/no_edition.html", context)
    if request.method == "POST":
        return _save_order(request, draft)
    return _show_order(request, draft, layout_of(draft.edition))


def _show_order(request: HttpRequest, draft: Draft, layout: Layout, status: int = 200, **more: Any) -> HttpResponse:
    language, edition = reader_language(), draft.edition
    languages = languages_of_edition(edition, written_languages())
    context = {
        "draft": draft,
        "course": draft.course,
        "modules": module_rows(layout, draft.course, languages, language),
        "to_add": lessons_to_add(layout, language),
        "mark": editions.layout_mark(edition),
        "minutes": editions.minutes_of(layout),
        "effects": effects_shown(edition, language),
    }
    return render(request, "studio/courses/edition.html", context | more, status=status)


def _save_order(request: HttpRequest, draft: Draft) -> HttpResponse:
    edition = draft.edition
    typed = _typed(request, edition)
    deed, _colon, what = request.POST.get("deed", "save").partition(" ")
    layout = _done(request, draft, typed, deed, what)
    if deed == "add" and layout == typed:
        return _show_order(request, draft, typed, 422, add_fault=_("Choose the lesson to add."))
    try:
        changed = editions.save_layout(edition, writer(request), layout, request.POST.get("mark", ""))
    except ChangedMeanwhile as refusal:
        kept = layout_of(edition)
        clash = [(draft.title, direction(reader_language()), [order_change(kept, layout, reader_language())])]
        return _show_order(request, draft, layout, 409, clash=clash, refusal=str(refusal))
    except NotKept as refusal:
        messages.error(request, str(refusal))
        return redirect("studio:edition", course=draft.course.slug)
    if deed == "save" and changed:
        messages.success(request, _("The order is saved as a draft."))
    elif deed == "save":
        messages.info(request, _("Nothing had changed, so nothing was saved."))
    return redirect(reverse("studio:edition", args=[draft.course.slug]) + _anchor(deed, what, layout))


def _typed(request: HttpRequest, edition: CourseEdition) -> Layout:
    lines = request.POST.getlist("line")
    ids = [int(line[2:]) for line in lines if line.startswith(syllabus.LESSON) and line[2:].isdecimal()]
    known = set(Lesson.objects.filter(pk__in=ids[: syllabus.MOST], archived_at=None).values_list("pk", flat=True))
    return syllabus.read(
        lines,
        lambda key, language: request.POST.get(title_name(key, language), "")[:160],
        languages_of_edition(edition, written_languages()),
        known,
    )


def _done(request: HttpRequest, draft: Draft, layout: Layout, deed: str, what: str) -> Layout:
    """The layout once the button has done its deed."""
    match deed:
        case "up" | "down":
            return syllabus.moved(layout, what, -1 if deed == "up" else 1)
        case "out":
            return syllabus.taken_out(layout, what)
        case "module":
            taken = module_keys(draft.course) | {module.key for module in layout}
            return syllabus.with_module(layout, {}, taken)
        case "add":
            lesson = Lesson.objects.filter(slug=request.POST.get("lesson", ""), archived_at=None).first()
            return syllabus.with_lesson(layout, lesson.pk, request.POST.get("module", "")) if lesson else layout
    return layout


def _anchor(deed: str, what: str, layout: Layout) -> str:
    """Where the page is looked at again: at the line that was moved."""
    if deed in {"up", "down"}:
        return f"#{what.replace(':', '-')}"
    return f"#m-{layout[-1].key}" if deed == "module" and layout else ""


@permission_required("studio.write")
@require_POST
def begin(request: HttpRequest, course: str) -> HttpResponse:
    """A draft of the next edition, as a copy of the published one."""
    found = find_course(course)
    editions.begin_edition(found, writer(request))
    return redirect("studio:edition", course=found.slug)


@permission_required("studio.write")
@require_http_methods(["GET", "HEAD", "POST"])
def discard_edition(request: HttpRequest, course: str) -> HttpResponse:
    """Asks first; what is published stays as it is."""
    draft = draft_of(find_course(course))
    if draft is None:
        return redirect("studio:course", course=course)
    if request.method != "POST":
        return render(request, "studio/courses/discard.html", {"draft": draft, "course": draft.course})
    try:
        gone = editions.discard_edition(draft.edition, writer(request))
    except NotKept as refusal:
        messages.error(request, str(refusal))
        return redirect("studio:edition", course=draft.course.slug)
    messages.success(request, _("The draft was thrown away."))
    return redirect("studio:home") if gone else redirect("studio:course", course=draft.course.slug)
