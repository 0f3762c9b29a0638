"""Template words for numbers, dates and the other language; built in, so no template loads them."""

from collections.abc import Iterable
from typing import Any

from babel.core import get_global
from django import template
from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import translate_url
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from portal.language import formats

register = template.Library()
PICTURED = ("ar", "en")  # languages in static/share/


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
register.filter("year", _or_nothing(formats.plain_year))
register.filter("moment", _or_nothing(formats.moment))


@register.filter
def number_range(low: float, high: float) -> SafeString:
    """`{{ 100|number_range:120 }}`: both ends in reading order, kept together whatever the text around them."""
    return format_html("<bdi>{}–{}</bdi>", formats.number(low), formats.number(high))


@register.simple_tag
def other_languages(among: Iterable[str] | None = None) -> list[str]:
    """The codes of the languages this page is not in: all of the portal, or those `among` which it can be read."""
    here = get_language() or settings.LANGUAGE_CODE
    return [code for code, _name in settings.LANGUAGES if code != here and (not among or code in among)]


@register.simple_tag(takes_context=True)
def url_in(context: dict[str, Any], language: str) -> str:
    """The address of this very page in a language; that language's home where a page has no address in it."""
    request: HttpRequest | None = context.get("request")
    here = request.get_full_path() if request else str(context.get("address") or context.get("path") or "")
    there = translate_url(here, language)
    return there if there != here or language == get_language() else f"/{language}/"


@register.simple_tag
def first_language(among: Iterable[str] | None = None) -> str:
    """The code of the language that the nation put first; "" where the page cannot be read in it."""
    return settings.LANGUAGE_CODE if not among or settings.LANGUAGE_CODE in among else ""


@register.simple_tag
def share_picture() -> str:
    """The picture that stands for the portal where a page is shared; in another language where this one has none."""
    here = get_language() or settings.LANGUAGE_CODE
    known = (here, settings.LANGUAGE_CODE, "en")
    return static(f"share/{next(code for code in known if code in PICTURED)}.png")


@register.filter
def with_country(language: str) -> str:
    """A language as those who show links to others name it: `ar` is `ar_AR`, `fr` is `fr_FR`."""
    likely = get_global("likely_subtags").get(language, language).split("_")
    return {"ar": "ar_AR", "en": "en_GB"}.get(language) or f"{likely[0]}_{likely[-1]}"
