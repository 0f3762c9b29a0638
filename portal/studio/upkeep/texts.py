"""Published texts that are behind their source, or that lead to a lesson which was put away."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Value
from django.db.models.functions import Concat, StrIndex
from django.utils.html import format_html
from django.utils.translation import gettext as _

from lessons.models import Lesson, Revision, State
from portal.studio.languages import language_name
from portal.studio.standing import stale_published
from portal.studio.upkeep.rows import Door, Line, bdi, titled


def translations(language: str) -> QuerySet[Any]:
    stale = stale_published().defer("markdown", "html", "summary", "objective").select_related("text__lesson")
    return stale.annotate(lesson_title=titled("text__lesson", language)).order_by("text__lesson", "pk")


def translation_lines(rows: Sequence[Any], language: str, door: Door) -> list[Line]:
    sentence = _("The text in %(language)s is older than the one in %(source)s that it was made from.")
    return [
        Line(
            row.lesson_title,
            door(row.text.lesson.slug, row.text.lesson.key),
            (
                format_html(
                    "{}",
                    sentence
                    % {
                        "language": language_name(row.text.language),
                        "source": language_name(row.text.lesson.source_language),
                    },
                ),
            ),
        )
        for row in rows
    ]


def _archived() -> QuerySet[Any]:
    """Archived lessons to which the published text around this query leads."""
    place = Concat(Value("{lesson:"), F("key"), Value("}"))
    named = Lesson.objects.filter(archived_at__isnull=False).annotate(at=StrIndex(OuterRef("html"), place))
    return named.filter(at__gt=0)


def linked(language: str) -> QuerySet[Any]:
    texts = Revision.objects.filter(state=State.PUBLISHED, text__lesson__archived_at=None)
    leads = texts.filter(Exists(_archived())).defer("markdown", "summary", "objective")
    return leads.select_related("text__lesson").order_by("text__lesson", "pk")


def linked_lines(rows: Sequence[Any], language: str, door: Door) -> list[Line]:
    archived = Lesson.objects.filter(archived_at__isnull=False).annotate(title=titled("pk", language))
    gone = [(f"{{lesson:{row.key}}}", row.title or row.key) for row in archived]
    sentence = _("In {language} it leads to {title}, which is archived.")
    return [
        Line(
            row.title,
            door(row.text.lesson.slug, row.text.lesson.key),
            tuple(
                format_html(sentence, language=language_name(row.text.language), title=bdi(title))
                for mark, title in gone
                if mark in row.html
            ),
        )
        for row in rows
    ]
