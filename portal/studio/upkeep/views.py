"""HTTP for what needs looking at: one page with the beginning of every list, and one for each list."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from lessons.words import reader_language
from portal.accounts.rights import may, permission_required
from portal.studio.models import LinkCheck
from portal.studio.upkeep.lists import BY_SLUG, LISTS
from portal.studio.upkeep.rows import Door, Line, UpkeepList

SHOWN, A_PAGE = 5, 50


@dataclass(frozen=True)
class Section:
    """One list as a page shows it; `page.paginator.count` is how many there are in all."""

    slug: str
    title: Any
    none: Any
    page: Page[Any]
    lines: list[Line]

    @classmethod
    def of(cls, each: UpkeepList, door: Door, size: int, number: str | None = None) -> "Section":
        language = reader_language()
        page = Paginator(each.rows(language), size).get_page(number)
        return cls(each.slug, each.title, each.none, page, each.lines(list(page), language, door))


@permission_required("upkeep.view")
@require_safe
def upkeep(request: HttpRequest) -> HttpResponse:
    """The first lines of every list, each with its count."""
    door = _door(request)
    context = _context(request) | {"sections": [Section.of(each, door, SHOWN) for each in LISTS]}
    return render(request, "studio/upkeep/upkeep.html", context)


@permission_required("upkeep.view")
@require_safe
def upkeep_list(request: HttpRequest, name: str) -> HttpResponse:
    """One list, page by page."""
    each = BY_SLUG.get(name)
    if each is None:
        raise Http404
    section = Section.of(each, _door(request), A_PAGE, request.GET.get("page"))
    return render(request, "studio/upkeep/list.html", _context(request) | {"section": section})


def _context(request: HttpRequest) -> dict[str, Any]:
    asked = LinkCheck.objects.aggregate(day=Max("checked_on"))["day"]
    return {"studio": may(request.user, "studio.open"), "days": settings.REVIEW_DAYS, "asked_on": asked}


def _door(request: HttpRequest) -> Door:
    """A lesson is opened where this person may work on it, or else read it."""
    if may(request.user, "studio.write"):
        return partial(_studio, "studio:lesson")
    if may(request.user, "studio.open"):
        return partial(_studio, "studio:preview")
    return _public


def _studio(name: str, slug: str, key: str) -> str:
    return reverse(name, args=[slug])


def _public(slug: str, key: str) -> str:
    return reverse("lessons:by_key", args=[key])
