"""Public pages, rendered once for everybody.

A visitor without a session gets the same bytes as everyone: no cookie, no query when warm. A person with a session gets
the same body with their own state in its slots. While the database is away, what was rendered lately is still served.
"""

import gzip
import hashlib
import logging
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, wraps
from threading import Lock
from typing import Any

import brotli
from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.cache import caches
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, get_language_bidi

from lessons import due, slots, stamp

logger = logging.getLogger(__name__)
GONE = (DatabaseError, InterfaceError)
PUBLIC_FOR = "public, max-age=60, stale-while-revalidate=30, stale-if-error=86400"
MOST_PAGES = 2000
LEARNER_COOKIE = "learner"
# The session, the guest, and what was just said to who has logged out.
OURS = frozenset({settings.SESSION_COOKIE_NAME, LEARNER_COOKIE, CookieStorage.cookie_name})

Build = Callable[..., str]


@dataclass
class Page:
    """A rendered page; `encoded` holds its bytes for a guest, by content coding."""

    stamp: str
    parts: tuple[str | slots.Slot, ...]
    etag: str
    encoded: dict[str, bytes] = field(default_factory=dict)

    @classmethod
    def of(cls, stamp: str, html: str) -> "Page":
        parts = slots.split(html)
        body = slots.for_everybody(parts).encode()
        return cls(stamp, parts, hashlib.blake2b(body, digest_size=12).hexdigest(), {"": body})

    def body(self, coding: str) -> bytes:
        if coding not in self.encoded:
            self.encoded[coding] = CODINGS[coding](self.encoded[""])
        return self.encoded[coding]


CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=6),
    "gzip": lambda body: gzip.compress(body, 6, mtime=0),
}
_pages: OrderedDict[str, Page] = OrderedDict()
_lock = Lock()


@cache
def build_id() -> str:
    """Changes with the templates, static files and messages, so that a new version shows no old page."""
    digest = hashlib.blake2b(digest_size=8)
    for folder in (settings.BASE_DIR / "templates", settings.STATIC_ROOT, *settings.LOCALE_PATHS):
        for path in (
            sorted(folder.rglob("*.html")) + sorted(folder.glob("staticfiles.json")) + sorted(folder.rglob("*.mo"))
        ):
            digest.update(f"{path}{path.stat().st_mtime_ns}".encode())
    return digest.hexdigest()


def public_page(build: Build) -> Callable[..., HttpResponse]:
    """A view from a function that returns a page's HTML, made with `render_page`; it may raise Http404."""

    @wraps(build)
    def view(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        page = _fresh_page(request, build, kwargs)
        response = _for_person(page, request) if has_session(request) else _for_everybody(page, request)
        patch_vary_headers(response, ["Cookie", "Accept-Encoding"])
        return response

    return view


def public_answer(build: Build) -> Callable[..., HttpResponse]:
    """The same for a page that depends on what was asked: made anew each time, kept nowhere but in browsers."""

    @wraps(build)
    def view(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        due.run_if_due()
        page = Page.of("", build(request, **kwargs))
        response = _for_person(page, request) if has_session(request) else _for_everybody(page, request)
        if not has_session(request):
            response["Cache-Control"] = "public, max-age=60"
        response["X-Robots-Tag"] = "noindex"
        patch_vary_headers(response, ["Cookie", "Accept-Encoding"])
        return response

    return view


def public_file(content_type: str) -> Callable[[Build], Callable[..., HttpResponse]]:
    """The same for a text that is no page, such as a sitemap: nobody's state is in it, so all get the same bytes."""

    def decorator(build: Build) -> Callable[..., HttpResponse]:
        @wraps(build)
        def view(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            response = _for_everybody(_fresh_page(request, build, kwargs), request)
            response["Content-Type"] = content_type
            patch_vary_headers(response, ["Accept-Encoding"])
            return response

        return view

    return decorator


def render_page(request: HttpRequest, template: str, context: dict[str, Any]) -> str:
    """The page with its slots marked; no state of the person asking may be in `context`."""
    return render_to_string(template, context | site(request) | {"cached_for_everybody": True})


def site(request: HttpRequest) -> dict[str, Any]:
    """What every page needs of its address and language; also a context processor."""
    language = get_language() or settings.LANGUAGE_CODE
    return {
        "LANGUAGE_CODE": language,
        "LANGUAGE_BIDI": get_language_bidi(),
        "path": request.path,
        "origin": _origin(request),
        "STATISTICS": settings.STATISTICS,
    }


def has_session(request: HttpRequest) -> bool:
    """Whether the page has something to say to this person alone."""
    return not OURS.isdisjoint(request.COOKIES)


def _origin(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


def _fresh_page(request: HttpRequest, build: Build, kwargs: dict[str, Any]) -> Page:
    key = _origin(request) + request.path
    due.run_if_due()
    now = stamp.current()
    page = _pages.get(key) or _shared(key)
    if page and page.stamp == now and not settings.DEBUG:
        return _keep(key, page)
    try:
        html = build(request, **kwargs)
    except GONE:
        if page is None:
            raise
        logger.warning("the database is away; an older page is served")
        return page
    page = Page.of(now, html)
    caches["pages"].set(_digest(key), (page.stamp, html), timeout=None)
    return _keep(key, page)


def _digest(key: str) -> str:
    return f"{build_id()}{hashlib.blake2b(key.encode(), digest_size=16).hexdigest()}"


def _shared(key: str) -> Page | None:
    """The page as another process rendered it, if one did."""
    found = caches["pages"].get(_digest(key))
    return Page.of(*found) if found else None


def _keep(key: str, page: Page) -> Page:
    with _lock:
        _pages[key] = page
        _pages.move_to_end(key)
        while len(_pages) > MOST_PAGES:
            _pages.popitem(last=False)
    return page


def _coding(request: HttpRequest) -> str:
    """The best coding that the browser names; one that it refuses with q=0 is rare enough to get plain bytes."""
    accepted = request.headers.get("Accept-Encoding", "")
    if "q=0" in accepted.replace(" ", "").replace("q=0.", ""):
        return ""
    return next((coding for coding in CODINGS if coding in accepted), "")


def _for_everybody(page: Page, request: HttpRequest) -> HttpResponse:
    coding = _coding(request)
    etag = f'"{page.etag}{coding}"'
    if request.headers.get("If-None-Match") == etag:
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(page.body(coding))
        if coding:
            response["Content-Encoding"] = coding
    response["ETag"] = etag
    response["Cache-Control"] = PUBLIC_FOR
    return response


def _for_person(page: Page, request: HttpRequest) -> HttpResponse:
    try:
        html = slots.for_person(page.parts, request)
    except GONE:
        logger.warning("the database is away; a page is served without the person's state")
        html = slots.for_everybody(page.parts)
    response = HttpResponse(html)
    response["Cache-Control"] = "private, no-cache"
    return response
