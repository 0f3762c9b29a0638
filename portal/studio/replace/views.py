"""HTTP for finding words in drafts and published texts, looking at what would change, and writing it into drafts."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from lessons.words import reader_language
from portal.accounts.rights import permission_required
from portal.studio.replace.deed import (
    NotReplaced,
    Replacement,
    chosen_in,
    reasons_against,
    replace_all,
    shown,
)
from portal.studio.replace.forms import SearchForm
from portal.studio.replace.places import Hit, Place, places_of

A_PAGE = 150  # hits, each of which is a box to tick
BETWEEN = "|"


@permission_required("studio.write")
@require_safe
def replace(request: HttpRequest) -> HttpResponse:
    """Every place that has the words, page by page, with boxes to tick."""
    form = SearchForm(request.GET if "q" in request.GET else None, reader_language())
    context: dict[str, Any] = {"form": form}
    if not form.is_bound:
        return render(request, "studio/replace/search.html", context)
    if not form.is_valid():
        return render(request, "studio/replace/search.html", context, status=422)
    places = places_of(form.search)
    pairs = [(place, hit) for place in places for hit in place.hits]
    page = Paginator(pairs, A_PAGE).get_page(request.GET.get("page"))
    context |= {
        "page": page,
        "places": len(places),
        "shown": _by_place(list(page)),
        "asked": _asked(form),
        "query": urlencode(_asked(form)),
        "in_review": [place for place in places if place.in_review],
    }
    return render(request, "studio/replace/search.html", context)


def _by_place(pairs: Sequence[tuple[Place, Hit]]) -> list[tuple[Place, list[Hit]]]:
    groups = [list(group) for _value, group in groupby(pairs, key=lambda pair: pair[0].value)]
    return [(group[0][0], [hit for _place, hit in group]) for group in groups]


def _asked(form: SearchForm) -> dict[str, str]:
    """The search as it stands in an address."""
    said = {name: str(form.cleaned_data[name] or "") for name in form.fields if name != "whole"}
    return said | ({"whole": "on"} if form.cleaned_data["whole"] else {})


@permission_required("studio.write")
@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """What would change, word by word and as readers would see it; nothing is written yet."""
    form = SearchForm(request.POST, reader_language())
    if not form.is_valid():
        return render(request, "studio/replace/search.html", {"form": form}, status=422)
    chosen = _chosen(request, form)
    if not chosen:
        messages.error(request, _("Nothing was ticked. Tick the places to change."))
        return redirect(_address(form))
    refused = reasons_against(chosen)
    left_out = {place.value for place, _why in refused}
    good = [each for each in chosen if each.place.value not in left_out]
    return _show(request, form, good, refused)


def _show(
    request: HttpRequest,
    form: SearchForm,
    chosen: Sequence[Replacement],
    refused: Sequence[tuple[Place, str]],
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "asked": _asked(form),
        "shown": shown(chosen),
        "refused": refused,
        "back": _address(form),
        "done_nothing": status != 200,
    }
    return render(request, "studio/replace/preview.html", context, status=status)


@permission_required("studio.write")
@require_POST
def write(request: HttpRequest) -> HttpResponse:
    """Into drafts, all that is ticked or nothing; what is published stays as it is."""
    form = SearchForm(request.POST, reader_language())
    if not form.is_valid():
        return render(request, "studio/replace/search.html", {"form": form}, status=422)
    chosen, user = _chosen(request, form), _person(request)
    if not chosen:
        messages.error(request, _("The words are not there any more: somebody changed them meanwhile."))
        return redirect(_address(form))
    try:
        count = replace_all(form.search, form.cleaned_data["by"], chosen, user)
    except NotReplaced as refusal:
        return _show(request, form, [], refusal.reasons, 409)
    said = ngettext(
        "Replaced in %(count)s draft. To undo it, throw that draft away.",
        "Replaced in %(count)s drafts. To undo it, throw these drafts away.",
        count,
    )
    messages.success(request, said % {"count": count})
    return redirect(_address(form))


def _person(request: HttpRequest) -> Any:
    return request.user


def _address(form: SearchForm) -> str:
    return f"{reverse('studio:replace')}?{urlencode(_asked(form))}"


def _chosen(request: HttpRequest, form: SearchForm) -> list[Replacement]:
    """What was ticked, as it stands now; a box sends `texts:slug|markdown@3-7`, a mark `texts:slug|` and itself."""
    ticked = defaultdict[str, list[str]](list)
    for value in request.POST.getlist("hit"):
        place, _bar, hit = value.partition(BETWEEN)
        ticked[place].append(hit)
    marks = dict(value.split(BETWEEN, 1) for value in request.POST.getlist("mark") if BETWEEN in value)
    if not ticked:
        return []
    return [each for each in chosen_in(form.search, form.cleaned_data["by"], ticked, marks) if each.hits or each.moved]
