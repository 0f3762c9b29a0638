"""Places in a public page that are each person's own.

A template writes `{% slot "name" argument %}what a guest sees{% endslot %}`. The page is rendered and cached once for
everybody; for a person with a session the registered renderer fills the place, around the same cached body.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import lru_cache

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.translation import get_language

Renderer = Callable[[HttpRequest, str], str]
MARK = "\x00"
# Stands where the CSRF token goes; like MARK, a character that no keyboard types.
TOKEN = "\x02"  # noqa: S105 - a place, not a token
_renderers: dict[str, Renderer] = {}


@dataclass(frozen=True)
class Slot:
    name: str
    argument: str
    default: str


def register(name: str, renderer: Renderer) -> None:
    """`renderer(request, argument)` returns the HTML of the slot for that person."""
    _renderers[name] = renderer


def marked(name: str, argument: str, default: str) -> str:
    return f"{MARK}{name}\x01{argument}\x01{default}{MARK}"


def split(html: str) -> tuple[str | Slot, ...]:
    """The page as plain parts and slots in turn, beginning and ending with a plain part."""
    parts: list[str | Slot] = []
    for index, part in enumerate(html.split(MARK)):
        parts.append(Slot(*part.split("\x01", 2)) if index % 2 else part)
    return tuple(parts)


def for_everybody(parts: tuple[str | Slot, ...]) -> str:
    return "".join(part.default if isinstance(part, Slot) else part for part in parts)


def for_person(parts: tuple[str | Slot, ...], request: HttpRequest) -> str:
    html = "".join(_fill(part, request) if isinstance(part, Slot) else part for part in parts)
    return html.replace(TOKEN, get_token(request)) if TOKEN in html else html


def _fill(slot: Slot, request: HttpRequest) -> str:
    renderer = _renderers.get(slot.name)
    return renderer(request, slot.argument) if renderer else slot.default


def fragment(request: HttpRequest, template: str, **context: Hashable) -> str:
    """A small template rendered once for each different context and language; `for_person` puts the CSRF token in."""
    return _rendered(template, get_language() or "", tuple(sorted(context.items())))


@lru_cache(maxsize=4096)
def _rendered(template: str, language: str, context: tuple[tuple[str, Hashable], ...]) -> str:
    return render_to_string(template, {**dict(context), "csrf_token": TOKEN})
