"""HTTP for search and for the glossary, where the terms that it finds are explained."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from lessons.glossary import glossary as glossary_letters
from lessons.pages import public_answer, public_page, render_page
from lessons.search.queries import LONGEST
from lessons.search.searching import search as find
from lessons.search.suggesting import suggestions
from lessons.topics import topic_tiles
from lessons.words import reader_language


@require_safe
@public_answer
def search(request: HttpRequest) -> str:
    """Every answer is made anew: what people ask is kept nowhere."""
    language = reader_language()
    found = find(_typed(request), language, _page_number(request))
    context: dict[str, Any] = {
        "found": found,
        "foreign": found.language != language,
        "address": f"{request.path}?{urlencode({'q': found.typed})}",
    }
    if not found.results:
        context["tiles"] = topic_tiles(language)
    return render_page(request, "home/search.html", context)


def _typed(request: HttpRequest) -> str:
    """What was typed, without what no keyboard writes: control characters mark the slots of a page."""
    typed = request.GET.get("q", "")[:LONGEST]
    return " ".join("".join(letter if letter.isprintable() else " " for letter in typed).split())


def _page_number(request: HttpRequest) -> int:
    asked = request.GET.get("page", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 1


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """`{"suggestions": [{"title", "kind", "url", "language"}]}`, for `static/js/search.js`."""
    found = suggestions(_typed(request), reader_language())
    told = [
        {"title": row.title, "kind": row.get_kind_display(), "url": row.url, "language": row.language} for row in found
    ]
    response = JsonResponse({"suggestions": told})
    response["Cache-Control"] = "public, max-age=300"
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
@public_page
def glossary(request: HttpRequest) -> str:
    return render_page(request, "home/glossary.html", {"letters": glossary_letters(reader_language())})
