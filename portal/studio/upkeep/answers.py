"""Links that did not answer, with the lessons and sources that name them."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from portal.language.formats import day, number
from portal.studio.models import LinkCheck
from portal.studio.upkeep.links import WELL
from portal.studio.upkeep.rows import Door, Line, bdi, titled

MOST_NAMED = 5  # lessons and sources that are named beside one link


def links(language: str) -> QuerySet[Any]:
    return LinkCheck.objects.exclude(result__in=WELL).order_by("failing_since", "pk")


def link_lines(rows: Sequence[Any], language: str, door: Door) -> list[Line]:
    named = _places(rows, language, door)
    return [Line(row.url, row.url, (_answer_of(row), *named.get(row.pk, ()))) for row in rows]


def _answer_of(link: LinkCheck) -> SafeString:
    since = _("Since %(day)s.") % {"day": day(link.failing_since)} if link.failing_since else ""
    status = f" ({number(link.status)})" if link.status else ""
    return format_html("{}{} {}", link.get_result_display(), status, since)


def _places(rows: Sequence[Any], language: str, door: Door) -> dict[int, list[SafeString]]:
    """Which lessons and sources name these links. Two queries."""
    named: Any = LinkCheck.objects.filter(pk__in=[row.pk for row in rows]).order_by("pk")
    lessons = named.filter(lessons__isnull=False).annotate(title=titled("lessons", language))
    found: dict[int, list[SafeString]] = defaultdict(list)
    for pk, slug, key, title in lessons.values_list("pk", "lessons__slug", "lessons__key", "title"):
        found[pk].append(format_html('<a href="{}"><bdi>{}</bdi></a>', door(slug, key), title or key))
    for pk, title in named.filter(sources__isnull=False).values_list("pk", "sources__title"):
        found[pk].append(format_html(_("source {title}"), title=bdi(title)))
    return {pk: [_named(places)] for pk, places in found.items()}


def _named(places: list[SafeString]) -> SafeString:
    more = len(places) - MOST_NAMED
    rest = [format_html(_("{count} more"), count=number(more))] if more > 0 else []
    shown = format_html_join(" · ", "{}", ((place,) for place in [*places[:MOST_NAMED], *rest]))
    return format_html(_("It stands in: {places}"), places=shown)
