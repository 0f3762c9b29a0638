"""Template words for numbers, dates and the other language; built in, so no template loads them."""

from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from portal.language import formats

register = template.Library()


def _or_nothing(write: Any) -> Any:
    """A filter that shows nothing for nothing, as Django's own do."""
    return lambda value: "" if value is None or value == "" else write(value)


register.filter("number", _or_nothing(formats.number))
register.filter("coefficient", _or_nothing(formats.coefficient))
register.filter("percent", _or_nothing(formats.percent))
register.filter("minutes", _or_nothing(formats.minutes))
register.filter("duration", _or_nothing(formats.duration))
register.filter("day", _or_nothing(formats.day))
register.filter("month", _or_nothing(formats.month))
register.filter("moment", _or_nothing(formats.moment))


@register.filter
def number_range(low: float, high: float) -> SafeString:
    """`{{ 100|number_range:120 }}`: both ends in reading order, kept together whatever the text around them."""
    return format_html("<bdi>{}–{}</bdi>", formats.number(low), formats.number(high))


@register.simple_tag
def other_language() -> str:
    """The code of the language this page is not in."""
    here = (get_language() or settings.LANGUAGE_CODE)[:2]
    return next(code for code, _name in settings.LANGUAGES if code != here)


@register.simple_tag(takes_context=True)
def other_language_url(context: dict[str, Any]) -> str:
    """The address of this very page in the other language; that language's home where a page has no address."""
    return url_in(context, other_language())


@register.simple_tag(takes_context=True)
def url_in(context: dict[str, Any], language: str) -> str:
    """The address of this very page in a language; that language's home where a page has no address in it."""
    request: HttpRequest | None = context.get("request")
    here = request.get_full_path() if request else str(context.get("address") or context.get("path") or "")
    there = translate_url(here, language)
    return there if there != here or language == get_language() else f"/{language}/"


@register.simple_tag
def first_language() -> str:
    """The code of the language that the nation put first."""
    return settings.LANGUAGE_CODE


@register.filter
def with_country(language: str) -> str:
    """A language as those who show links to others name it: `ar` is `ar_AR`."""
    return {"ar": "ar_AR", "en": "en_GB"}.get(language, language)
