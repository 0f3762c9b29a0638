"""What a person downloads, as one page to read and to print: a table a section, and nothing from the network."""

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language, get_language_bidi, gettext

from portal.accounts.holding_words import called
from portal.accounts.holdings import Row, Section, sections
from portal.accounts.models import User
from portal.language.formats import day, moment

STYLE = """
body { font-family: system-ui, sans-serif; line-height: 1.6; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
table { border-collapse: collapse; display: block; overflow-x: auto; }
th, td { border: 1px solid #8888; padding: .3rem .6rem; text-align: start; vertical-align: top; }
h2 { margin-block: 2.5rem .5rem; }
:root { color-scheme: light dark; }
@media print {
  body { margin: 0; max-width: none; }
  table { display: table; font-size: 8pt; }
  tr { break-inside: avoid; }
}
"""


def page(user: User) -> Iterator[str]:
    """The page, piece by piece."""
    title = gettext("Everything the portal holds about you")
    yield format_html(
        '<!doctype html>\n<html lang="{}" dir="{}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n'
        "<h1>{}</h1>\n<p><bdi>{}</bdi> · {}</p>\n",
        get_language(),
        "rtl" if get_language_bidi() else "ltr",
        title,
        STYLE,
        title,
        user,
        moment(timezone.now()),
    )
    for section in sections():
        yield from _section(section, user)
    yield "</body>\n</html>\n"


def _section(section: Section, user: User) -> Iterator[str]:
    yield format_html("<h2>{}</h2>\n", section.words)
    columns: list[str] = []
    for row in section.rows(user):
        if not columns:
            columns = list(row)
            yield _head(columns)
        yield _line(row, columns)
    yield "</tbody></table>\n" if columns else format_html("<p>{}</p>\n", gettext("Nothing."))


def _head(columns: Iterable[str]) -> str:
    cells = format_html_join("", '<th scope="col">{}</th>', ((called(key),) for key in columns))
    return format_html("<table><thead><tr>{}</tr></thead><tbody>\n", cells)


def _line(row: Row, columns: Iterable[str]) -> str:
    cells = format_html_join("", '<td dir="auto">{}</td>', ((_said(row[key]),) for key in columns))
    return format_html("<tr>{}</tr>\n", cells)


def _said(value: Any) -> str:
    """The value as a person reads it; a dash for nothing."""
    if value is None or value == "":
        return "\u2013"
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, dict | list):
        return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)
    return str(value)
