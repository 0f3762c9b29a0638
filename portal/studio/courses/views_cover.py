"""HTTP for the cover of a draft: what of it stays in sight, another one from the library or sent, or none."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lessons.models import Media
from portal.accounts.rights import permission_required
from portal.studio.courses.covers import CoverShown, cover_mark, cover_shown, save_cover
from portal.studio.courses.finding import Draft, draft_of, find_course, writer
from portal.studio.courses.marks import NotKept
from portal.studio.focus import FocusForm
from portal.studio.pictures.forms import CreditForm, PictureForm
from portal.studio.pictures.keeping import keep_sent
from portal.studio.pictures.library import LibraryForm, cards, library

A_PAGE = 24


@permission_required("studio.write")
@require_http_methods(["GET", "HEAD", "POST"])
def cover(request: HttpRequest, course: str) -> HttpResponse:
    """The draft's cover in its crops; its buttons move the focus, take it away, or send another picture."""
    draft = draft_of(find_course(course))
    if draft is None:
        return redirect("studio:edition", course=course)
    if request.method != "POST":
        return _show(request, draft, cover_shown(draft.edition))
    match request.POST.get("deed"):
        case "upload":
            return _upload(request, draft)
        case "away":
            return _keep(request, draft, None)
    return _move(request, draft)


def _move(request: HttpRequest, draft: Draft) -> HttpResponse:
    shown = cover_shown(draft.edition)
    if shown is None:
        return redirect("studio:edition_cover", course=draft.course.slug)
    form = _focus_form(shown, request.POST)
    if not form.is_valid():
        return _show(request, draft, shown, 422, focus_form=form, to_mend=[form])
    return _keep(request, draft, shown.media, form.moved or shown.focus)


def _upload(request: HttpRequest, draft: Draft) -> HttpResponse:
    form = PictureForm(request.POST, request.FILES, languages=[])
    credit = CreditForm(request.POST, empty_permitted=True)
    media = keep_sent(request, None, form, credit) if draft.writable else None
    if media is None:
        shown = cover_shown(draft.edition)
        return _show(request, draft, shown, 422, form=form, credit_form=credit, to_mend=[form, credit])
    return _keep(request, draft, media)


def _keep(request: HttpRequest, draft: Draft, media: Media | None, focus: Any = None) -> HttpResponse:
    """Back to the page of the cover, which says what became of it."""
    try:
        changed = save_cover(draft.edition, writer(request), media, request.POST.get("mark", ""), focus)
    except NotKept as refusal:
        messages.error(request, str(refusal))
    else:
        if changed:
            messages.success(request, _("Saved as a draft of the course."))
        else:
            messages.info(request, _("Nothing had changed, so nothing was saved."))
    return redirect("studio:edition_cover", course=draft.course.slug)


def _focus_form(shown: CoverShown, data: Any = None) -> FocusForm:
    return FocusForm(data, name="cover", focus=shown.focus)


def _show(request: HttpRequest, draft: Draft, shown: CoverShown | None, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "draft": draft,
        "course": draft.course,
        "cover": shown,
        "mark": cover_mark(draft.edition),
        "focus_form": _focus_form(shown) if shown else None,
        "form": PictureForm(languages=[]),
        "credit_form": CreditForm(empty_permitted=True),
    }
    return render(request, "studio/courses/cover.html", context | more, status=status)


@permission_required("studio.write")
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, course: str) -> HttpResponse:
    """A page of the library, on which each picture is a button that makes it the cover."""
    draft = draft_of(find_course(course))
    if draft is None or not draft.writable:
        return redirect("studio:edition", course=course)
    if request.method == "POST":
        number = request.POST.get("picture", "")
        return _keep(request, draft, get_object_or_404(Media, pk=number if number.isdecimal() else None))
    form = LibraryForm(request.GET)
    context = {"draft": draft, "course": draft.course, "form": form, "mark": cover_mark(draft.edition)}
    if form.is_valid():
        page = Paginator(form.narrow(library()), A_PAGE).get_page(request.GET.get("page"))
        context |= {
            "page": page,
            "cards": cards(page.object_list),
            "query": urlencode(form.address),
            "narrowed": bool(form.address),
        }
    return render(request, "studio/courses/choose_cover.html", context)
