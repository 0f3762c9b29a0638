"""What the lists of upkeep share: how a row is said, and the lessons and cards that they are about."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from lessons.models import Lesson, Revision, State, Topic, TopicText
from lessons.words import in_language, preferring

Door = Callable[[str, str], str]
"""Where a lesson, by its slug and key, is opened by who looks."""


@dataclass(frozen=True)
class Line:
    """One thing to look at; `title` leads to `url` where there is one, `said` are sentences beside it, in HTML."""

    title: str
    url: str
    said: tuple[SafeString, ...]


@dataclass(frozen=True)
class UpkeepList:
    """`rows(language)` is in a lasting order; `lines(rows, language, door)` asks a fixed number of queries."""

    slug: str
    title: Any
    none: Any
    rows: Callable[[str], QuerySet[Any]]
    lines: Callable[[Sequence[Any], str, Door], list[Line]]


def bdi(words: object) -> SafeString:
    return format_html("<bdi>{}</bdi>", words)


def titled(lesson: str, language: str) -> Subquery:
    """The title of a lesson as readers have it, in the language where there is one."""
    texts = Revision.objects.filter(text__lesson=OuterRef(lesson), state=State.PUBLISHED)
    return Subquery(texts.order_by(preferring(language, "text__language"), "pk").values("title")[:1])


def lessons(language: str) -> QuerySet[Any]:
    return Lesson.objects.filter(archived_at=None).annotate(title=titled("pk", language))


def cards(language: str) -> QuerySet[Any]:
    """Topics that have a first minute card."""
    with_card = Exists(TopicText.objects.filter(topic=OuterRef("pk")).exclude(first_minute=""))
    named = in_language(TopicText.objects.all(), "topic", "name", language)
    return Topic.objects.filter(with_card).annotate(title=named)


def card_url(topic: Topic) -> str:
    return reverse("lessons:topic", args=[topic.slug])
