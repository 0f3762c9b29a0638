"""What a person had typed into a form that could not be taken, so that it is not lost."""

from collections.abc import Iterator
from typing import cast
from urllib.parse import urlsplit

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, QueryDict, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.http import url_has_allowed_host_and_scheme

SECRET = ("password", "secret", "token")
MACHINERY = ("csrfmiddlewaretoken", "next", "language", "started", "submission_id")
MACHINERY_STARTS = ("_", "action", "initial-")
MACHINERY_ENDS = ("_FORMS", "-id", "-DELETE", "-ORDER")


def typed_texts(request: HttpRequest) -> list[str]:
    """The texts posted with the request, without passwords and what the page itself had put into the form."""
    return [text for name, text in _posted(request) if _is_typed(name, text)]


def page_before(request: HttpRequest) -> str:
    """Path of the page whose form was sent; the path that was asked for if the browser names none of ours."""
    referer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referer, {request.get_host()}):
        return request.get_full_path()
    parts = urlsplit(referer)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    is_ours = path.startswith("/") and url_has_allowed_host_and_scheme(path, None)  # `//elsewhere` is another host
    return path if is_ours else request.get_full_path()


def _posted(request: HttpRequest) -> Iterator[tuple[str, str]]:
    try:
        posted = cast("QueryDict", request.POST)
    except (UnreadablePostError, MultiPartParserError, SuspiciousOperation):
        return
    for name, values in posted.lists():
        for value in values:
            yield name, str(value)


def _is_typed(name: str, text: str) -> bool:
    lowered = name.lower()
    machinery = name in MACHINERY or name.startswith(MACHINERY_STARTS) or name.endswith(MACHINERY_ENDS)
    return bool(text.strip()) and not machinery and not any(word in lowered for word in SECRET)
