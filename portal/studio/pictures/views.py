"""HTTP for the library: the list of pictures, a page for each, and its credit."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lessons.credits import credit_of, line_of
from lessons.markdown.figures import media_url
from lessons.models import Lesson, Media
from lessons.renditions import WEBP
from lessons.words import reader_language
from portal.accounts.rights import may, permission_required
from portal.studio.overview import lesson_titles
from portal.studio.pictures.crediting import save_credit
from portal.studio.pictures.exchanging import names_in
from portal.studio.pictures.forms import CreditForm
from portal.studio.pictures.library import LibraryForm, cards, count_uncredited, library, name_of
from portal.studio.pictures.uses import cover_uses, lesson_uses, question_uses
from portal.studio.pictures.ways import back_to

A_PAGE = 24


def find_picture(picture: int) -> Any:
    """The row of `library()`; raises Http404."""
    return get_object_or_404(library(), pk=picture)


def lesson_asked(request: HttpRequest) -> Lesson | None:
    """The lesson that the address or the form names as `lesson`; None where it names none. Raises Http404."""
    slug = request.POST.get("lesson") or request.GET.get("lesson")
    return get_object_or_404(Lesson, slug=slug, archived_at=None) if slug else None


def about_lesson(lesson: Lesson | None) -> dict[str, Any]:
    """What pages that were come to from a lesson show of it."""
    if lesson is None:
        return {}
    title = lesson_titles([lesson.pk], reader_language()).get(lesson.pk) or lesson.key
    query = urlencode({"lesson": lesson.slug})
    return {"lesson": lesson, "lesson_title": title, "back_url": back_to(lesson), "lesson_query": query}


@permission_required("studio.open")
@require_safe
def pictures(request: HttpRequest) -> HttpResponse:
    """A page of the library; `lesson` in the address is the one that a picture is chosen for."""
    form, lesson = LibraryForm(request.GET), lesson_asked(request)
    context: dict[str, Any] = {"form": form, "page": None, "writes": may(request.user, "studio.write")}
    if form.is_valid():
        page = Paginator(form.narrow(library()), A_PAGE).get_page(request.GET.get("page"))
        own = {"lesson": lesson.slug} if lesson else {}
        context |= {
            "page": page,
            "cards": cards(page.object_list),
            "query": urlencode(form.address | own),
            "narrowed": bool(form.address),
            "uncredited": count_uncredited(),
        }
    return render(request, "studio/pictures/library.html", context | about_lesson(lesson))


@permission_required("studio.open")
@require_safe
def picture(request: HttpRequest, picture: int) -> HttpResponse:
    """One picture: where it is used, its words, its credit, its renditions."""
    return show_picture(request, find_picture(picture))


def show_picture(request: HttpRequest, media: Any, credit: CreditForm | None = None) -> HttpResponse:
    """Its page; `credit` is the form where it was sent with faults."""
    language, lesson = reader_language(), lesson_asked(request)
    form = credit or CreditForm(credit=credit_of(media))
    context = {
        "picture": media,
        "name": name_of(media),
        "url": media_url(media),
        "is_photograph": media.mime == WEBP,
        "lesson_uses": lesson_uses(media, language),
        "question_uses": question_uses(media),
        "cover_uses": cover_uses(media, language),
        "renditions": [(row, media_url(row)) for row in sorted(media.renditions.all(), key=lambda row: row.width)],
        "crops": media.crops.order_by("pk"),
        "credit": credit_of(media),
        "told": line_of(media, ""),
        "credit_form": form,
        "to_mend": [form],
        "writes": may(request.user, "studio.write"),
        "shown_there": bool(lesson and names_in(lesson, media)),
    }
    return render(
        request, "studio/pictures/picture.html", context | about_lesson(lesson), status=422 if credit else 200
    )


@permission_required("studio.write")
@require_POST
def credit(request: HttpRequest, picture: int) -> HttpResponse:
    """Say who made the picture."""
    media: Media = find_picture(picture)
    form = CreditForm(request.POST, credit=credit_of(media))
    if not form.is_valid():
        return show_picture(request, media, form)
    save_credit(request, media, form.cleaned_data)
    messages.success(request, _("The credit is kept. Readers see it where the licence asks for it."))
    lesson = lesson_asked(request)
    return redirect(back_to(lesson, media) if lesson else reverse("studio:picture", kwargs={"picture": media.pk}))
