"""Lessons and cards that rest on a source of which a newer one took the place."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lessons.models import RevisionSource, State, TopicSource
from portal.studio.upkeep.rows import Door, Line, bdi, card_url, cards, lessons


def superseded_in(lessons: Iterable[int]) -> dict[int, list[SafeString]]:
    """A sentence for each superseded source, by the lesson whose published text cites it. One query."""
    cited = RevisionSource.objects.filter(revision__text__lesson__in=list(lessons), revision__state=State.PUBLISHED)
    return _superseded(cited, "revision__text__lesson")


def _superseded(citations: QuerySet[Any], owner: str) -> dict[int, list[SafeString]]:
    rows = citations.filter(source__superseded_by__isnull=False).order_by(owner, "source__key")
    fields = ("source__title", "source__year", "source__superseded_by__title", "source__superseded_by__year")
    found: dict[int, list[SafeString]] = defaultdict(list)
    for pk, old, old_year, new, new_year in rows.values_list(owner, *fields).distinct():
        sentence = _("The source {old} was superseded by {new}.")
        said = format_html(sentence, old=bdi(f"{old} ({old_year})"), new=bdi(f"{new} ({new_year})"))
        found[pk].append(said)
    return found


def lessons_superseded(language: str) -> QuerySet[Any]:
    cited = RevisionSource.objects.filter(
        revision__text__lesson=OuterRef("pk"), revision__state=State.PUBLISHED, source__superseded_by__isnull=False
    )
    return lessons(language).filter(Exists(cited), title__isnull=False).order_by("pk")


def lesson_source_lines(rows: Sequence[Any], language: str, door: Door) -> list[Line]:
    said = superseded_in(row.pk for row in rows)
    return [Line(row.title, door(row.slug, row.key), tuple(said.get(row.pk, ()))) for row in rows]


def cards_superseded(language: str) -> QuerySet[Any]:
    cited = TopicSource.objects.filter(topic=OuterRef("pk"), source__superseded_by__isnull=False)
    return cards(language).filter(Exists(cited)).order_by("pk")


def card_source_lines(rows: Sequence[Any], language: str, door: Door) -> list[Line]:
    said = _superseded(TopicSource.objects.filter(topic__in=[row.pk for row in rows]), "topic")
    return [Line(row.title or row.key, card_url(row), tuple(said.get(row.pk, ()))) for row in rows]
