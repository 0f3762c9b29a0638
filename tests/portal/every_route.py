"""Every address of the portal, Django's administration and allauth's pages with it: its name, and an example of it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import URLPattern, get_resolver, reverse

# What stands in an address, by its name there; what is not here is an example of its sort.
BY_NAME = {
    "app_label": "accounts",
    "language": "en",
    "month": date(2026, 5, 1),
    "course": "first-aid",
    "lesson": "bleeding",
    "kind": "single_choice",
    "theme": "dark",
    "url": "accounts/user",
    "content_type_id": 1,
    "object_id": 1,
    "uidb36": "1",
    "key": "none",
    "sha256": "a" * 64,
    "ext": "webp",
}
OF_ROUTE: dict[str, dict[str, Any]] = {
    "sound": {"ext": "ogg"},
    "places": {"kind": "organisations"},
    "reports": {"name": "overdue", "kind": "csv"},
}
BY_SORT = {
    "int": 987654,
    "slug": "none",
    "str": "none",
    "path": "none",
    "uuid": "00000000-0000-4000-8000-000000000000",
}


def routes() -> Iterator[tuple[str, URLPattern]]:
    yield from _walk(get_resolver("portal.urls"), "")


def _walk(resolver: Any, namespace: str) -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if not isinstance(entry, URLPattern):
            yield from _walk(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)
        elif entry.name:
            yield f"{namespace}{entry.name}", entry


def names() -> set[str]:
    return {name for name, _pattern in routes()}


def examples() -> dict[str, str]:
    """An address for each name; whether anything stands there does not matter to who is let in."""
    found: dict[str, str] = {}
    for name, _pattern in routes():
        if name not in found:
            found[name] = _example(name)
    return found


def _example(name: str) -> str:
    resolver: Any = get_resolver("portal.urls")
    *spaces, last = name.split(":")
    for space in spaces:
        _prefix, resolver = resolver.namespace_dict[space]
    [(possibilities, *_), *_more] = resolver.reverse_dict.getlist(last)
    [(_template, parameters), *_] = possibilities
    converters = resolver.reverse_dict.getlist(last)[0][3]
    kwargs = {parameter: _value(parameter, converters.get(parameter)) for parameter in parameters}
    own = OF_ROUTE.get(name.split(":", 1)[0], {})
    kwargs |= {parameter: value for parameter, value in own.items() if parameter in kwargs}
    return reverse(name, kwargs=kwargs)


def _value(parameter: str, converter: Any) -> Any:
    if parameter in BY_NAME:
        return BY_NAME[parameter]
    sort = type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
    return BY_SORT.get(sort, "none")
