"""Error pages, in the language of the person who meets them; each says what to do next."""

import sys
from typing import Any

from django.core.exceptions import DisallowedHost
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import REASON_NO_CSRF_COOKIE
from django.template.loader import render_to_string
from django.utils.module_loading import import_string
from django.utils.translation import get_language_from_request, override

from lessons import slots
from lessons.pages import render_page
from portal.accounts.kept import page_before, typed_texts

GONE = (DatabaseError, InterfaceError)
BARE = (
    '<!doctype html><html lang="ar" dir="rtl"><meta charset="utf-8"><meta name="robots" content="noindex">'
    "<title>500</title><p>حدث خطأ لدينا. أعد المحاولة بعد قليل.</p>"
    '<p lang="en" dir="ltr">Something went wrong on our side. Try again in a moment.</p>'
)

BARE_400 = (
    '<!doctype html><html lang="ar" dir="rtl"><meta charset="utf-8"><meta name="robots" content="noindex">'
    "<title>400</title><p>لا نعرف هذا العنوان. اكتبوا عنوان البوابة من جديد.</p>"
    '<p lang="en" dir="ltr">We do not know this address. Type the address of the portal again.</p>'
)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: what was sent could not be read; a request to another host than ours is told so in plain words."""
    if isinstance(exception, DisallowedHost):
        return HttpResponse(BARE_400, status=400, headers={"Cache-Control": "private, no-store"})
    return _page(request, "400.html", 400, {})


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: this person may not open this page."""
    return _page(request, "403.html", 403, {})


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: there is no such page."""
    return _page(request, "404.html", 404, {})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was open too long, or the browser keeps no cookies. What was typed is shown to be copied.

    An answer to a question is shown in the question, and what an instructor wrote is there, to be sent once more.
    """
    if reason != REASON_NO_CSRF_COOKIE and (asked := _question_once_more(request)):
        return asked
    context = {
        "cookies_off": reason == REASON_NO_CSRF_COOKIE,
        "typed": typed_texts(request),
        "back_url": page_before(request),
    }
    return _page(request, "errors/csrf.html", 403, context)


# Imported when they are needed: what serves errors starts with as little as possible.
ONCE_MORE = {
    "quizzes:question": "quizzes.views.once_more",
    "quizzes:check": "quizzes.check_views.once_more",
    "studio:lesson": "portal.studio.keeping.resending.once_more",
    "studio:question": "portal.studio.keeping.resending.once_more",
    "studio:new_question": "portal.studio.keeping.resending.once_more",
}


def _question_once_more(request: HttpRequest) -> HttpResponse | None:
    match = request.resolver_match
    if match is None or match.view_name not in ONCE_MORE:
        return None
    with override(get_language_from_request(request, check_path=True)):
        response: HttpResponse | None = import_string(ONCE_MORE[match.view_name])(request, **match.kwargs)
    if response is not None:
        response["Cache-Control"] = "private, no-store"
    return response


def failed(request: HttpRequest) -> HttpResponse:
    """500, or 503 when the database is away: a page in both languages that needs nothing to work."""
    away = isinstance(sys.exc_info()[1], GONE)
    try:
        html = str(render_to_string("500.html"))
    except Exception:  # noqa: BLE001 - whatever broke must not break the page that says so
        html = BARE
    response = HttpResponse(html, status=503 if away else 500)
    response["Cache-Control"] = "no-store"
    if away:
        response["Retry-After"] = "30"
    return response


def _page(request: HttpRequest, template: str, status: int, context: dict[str, Any]) -> HttpResponse:
    """The page in the language of the address, else of the cookie, else of the browser."""
    with override(get_language_from_request(request, check_path=True)):
        response = HttpResponse(_html(request, template, context), status=status)
    response["Cache-Control"] = "private, no-store"
    return response


def _html(request: HttpRequest, template: str, context: dict[str, Any]) -> str:
    """The page with the person's own menu; without it while the database is away."""
    try:
        return render_to_string(template, context, request)
    except GONE:
        return slots.for_everybody(slots.split(render_page(request, template, context)))
