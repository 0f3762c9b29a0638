"""The page on which two people's changes are put together."""

from collections.abc import Iterable, Sequence

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from portal.studio.keeping.clash import THEIRS_MARK, TextMerge
from portal.studio.keeping.page import keep_sent
from portal.studio.keeping.places import Place
from portal.studio.keeping.resending import signed
from portal.studio.keeping.sent import KNOWN, PLACE, TAB, TYPIST, fields_of, sheet_of


def show_merges(request: HttpRequest, place: Place, merges: Sequence[TextMerge], status: int) -> HttpResponse:
    """What to choose where both changed the same; what was typed is kept in the working copy, and in the page."""
    copy = keep_sent(place, request.POST)
    known = copy.mark if copy else request.POST.get(KNOWN, "")
    context = {
        "lesson": place.desk.lesson,
        "merges": merges,
        "moved": any(merge.moved for merge in merges),
        "asks": any(merge.asks for merge in merges),
        "authors": _authors(merges),
        "fields": [*_carried(request.POST), *_machinery(request.POST, place, known)],
        "keeping": {"drop_url": reverse("studio:drop_copy", args=[place.desk.lesson.slug])},
        "page_url": place.url,
    }
    return render(request, "studio/keeping/merge.html", context, status=409 if context["moved"] else status)


def _authors(merges: Iterable[TextMerge]) -> str:
    rows = [merge.standing.current for merge in merges]
    return ", ".join(dict.fromkeys(str(row.author) for row in rows if row and row.author))


def _carried(data: QueryDict) -> Iterable[tuple[str, str]]:
    """Everything that the form held, as it goes on to the next page; not choices, nor what page it was."""
    for name, values in fields_of(data).items():
        if not name.endswith(THEIRS_MARK):
            yield from ((name, value) for value in values)


def _machinery(data: QueryDict, place: Place, known: str) -> list[tuple[str, str]]:
    """As the page that the form came from, once more: what it had sent is known to be dealt with."""
    sheet = sheet_of(data)
    again = f"{sheet.tab}.{sheet.count + 1}"
    return [(TAB, again), (KNOWN, known), (TYPIST, signed(place.desk.person)), (PLACE, place.desk.place)]
