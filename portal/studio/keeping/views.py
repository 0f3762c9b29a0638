"""HTTP of the keeping: a script sends what is in the fields every few seconds, and hears who else is there."""

import time
from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.rights import permission_required
from portal.language.formats import clock
from portal.studio.keeping.copies import Desk, TooLarge, WrittenElsewhere, keep, look, refuse_unknown, settle
from portal.studio.keeping.neighbours import Newer, neighbours
from portal.studio.keeping.places import Place
from portal.studio.keeping.resending import typist_of
from portal.studio.keeping.sent import PLACE, Unsaved, pairs_in, sheet_of
from portal.studio.models import WorkingCopy
from portal.studio.views_lesson import find_lesson

MOST_A_MINUTE = 90


@permission_required("studio.write")
@require_http_methods(["GET", "POST"])
def keeping(request: HttpRequest, lesson: str) -> HttpResponse:
    """JSON. GET: `csrf`, a token for the forms of the page, and `person`, who is logged in now.

    POST: the fields of a form are kept as the person's working copy; with `look`, only what goes on there is asked.
    The answer holds `mark` (the state of the copy), `at` (when it was kept) and what to show: `here`, `newer`.
    403 where the page was another person's, 409 where another page of theirs wrote something else (`fields`), 413 where
    it is too much, 429 where it comes too often.
    """
    if request.method == "GET":
        return JsonResponse({"csrf": get_token(request), "person": request.user.pk})
    if typist_of(request) != request.user.pk:
        return JsonResponse({"state": "other"}, status=403)
    if _is_too_often(request):
        return JsonResponse({"state": "often"}, status=429)
    place = Place.of(request, find_lesson(lesson), request.POST.get(PLACE, ""))
    unsaved, newer = place.read(request.POST)
    try:
        copy = _kept(request, place.desk, unsaved)
    except WrittenElsewhere as refusal:
        told = _told(request, place.desk, refusal.copy, newer)
        return JsonResponse(told | {"fields": pairs_in(refusal.copy)}, status=409)
    except TooLarge:
        return JsonResponse({"state": "large"}, status=413)
    return JsonResponse(_told(request, place.desk, copy, newer))


def _kept(request: HttpRequest, desk: Desk, unsaved: Unsaved) -> WorkingCopy:
    sheet = sheet_of(request.POST)
    if "look" not in request.POST:
        return keep(desk, sheet, unsaved.typed, unsaved.begun_from, unsaved.languages)
    copy = look(desk)
    refuse_unknown(copy, sheet)
    return copy


def _told(request: HttpRequest, desk: Desk, copy: WorkingCopy, newer: list[Newer]) -> dict[str, Any]:
    here = render_to_string("studio/keeping/here.html", {"here": neighbours(desk)}, request)
    at = clock(copy.saved_at) if copy.saved_at else ""
    news = render_to_string("studio/keeping/newer.html", {"newer": newer}, request)
    return {"mark": copy.mark, "at": at, "here": here.strip(), "newer": news.strip()}


def _is_too_often(request: HttpRequest) -> bool:
    key = f"keeping:{request.user.pk}:{int(time.time()) // 60}"
    cache.add(key, 0, 120)
    return cache.incr(key) > MOST_A_MINUTE


@permission_required("studio.write")
@require_POST
def drop(request: HttpRequest, lesson: str) -> HttpResponse:
    """Throw the working copy away, and go on with what is kept."""
    place = Place.of(request, find_lesson(lesson), request.POST.get(PLACE, ""))
    if settle(place.desk, sheet_of(request.POST)):
        messages.success(request, _("What you had typed and not saved was thrown away."))
    else:
        messages.warning(request, _("You went on writing in another tab, so nothing was thrown away."))
    return redirect(place.url)
