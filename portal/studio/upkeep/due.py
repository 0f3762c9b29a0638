"""Lessons and first minute cards whose review is due."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Min, Q, QuerySet
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from lessons.models import State
from portal.language.formats import day
from portal.studio.upkeep.rows import Door, Line, card_url, cards, lessons


def review_horizon() -> date:
    """The last day of those that are named beforehand."""
    return timezone.localdate() + timedelta(days=settings.REVIEW_DAYS)


def lessons_due(language: str) -> QuerySet[Any]:
    published = Q(texts__revisions__state=State.PUBLISHED)
    due = lessons(language).annotate(due=Min("texts__revisions__review_due", filter=published))
    return due.filter(due__lte=review_horizon()).order_by("due", "pk")


def cards_due(language: str) -> QuerySet[Any]:
    return cards(language).filter(review_due__lte=review_horizon()).order_by("review_due", "pk")


def due_words(due: date) -> str:
    """That the day of a review has come, or when it will."""
    words = _("Review due since %(day)s.") if due <= timezone.localdate() else _("Review due on %(day)s.")
    return words % {"day": day(due)}


def lesson_due_lines(rows: Sequence[Any], language: str, door: Door) -> list[Line]:
    return [Line(row.title, door(row.slug, row.key), (format_html("{}", due_words(row.due)),)) for row in rows]


def card_due_lines(rows: Sequence[Any], language: str, door: Door) -> list[Line]:
    return [Line(row.title or row.key, card_url(row), (format_html("{}", due_words(row.review_due)),)) for row in rows]
