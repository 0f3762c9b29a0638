"""A lesson as a reader meets it: the published words in their language, with sources and dates."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from html import unescape
from typing import Any

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from lessons import sirens, worksheets
from lessons.catalogue import CourseLink, LessonLine, outline, published_editions, taken_first
from lessons.covers import CREDITS, cover_credits, cover_html, with_covers
from lessons.credits import CreditLine, credit_lines, credited_in
from lessons.filling import facts_and_tips, facts_in, fill
from lessons.models import EditionSource, Profile, Revision, State, TopicText
from lessons.narrations import OF_ROW, NarrationView, view_in
from lessons.tips import Terms, Tip
from lessons.words import preferring

# As `lessons/markdown/figures.py` writes it.
PHOTOGRAPH = re.compile(r'<img src="(/media/[0-9a-f]{64}\.webp)" width="(\d+)" height="(\d+)" alt="([^"]*)"')
SIGNED = ("expert", "expert_on", "expert_title")
FIELDS = ("pk", "title", "summary", "objective", "html", "profile", "published_at", *SIGNED, "review_due")


@dataclass(frozen=True)
class SourceView:
    title: str
    publisher: str
    year: int
    url: str
    note: str = ""
    note_language: str = ""


@dataclass(frozen=True)
class TopicLink:
    name: str
    icon: str
    url: str


@dataclass(frozen=True)
class LeadPicture:
    """A photograph that can stand for the lesson; `url` is a path of the portal."""

    url: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True)
class LessonPage:
    id: int
    title: str
    summary: str
    objective: str
    minutes: int
    html: SafeString
    sources: tuple[SourceView, ...]
    expert: str
    expert_on: date | None
    review_due: date | None
    published_on: date
    language: str
    translated: bool
    topic: TopicLink | None = None
    read_in: tuple[str, ...] = ()
    """The portal's languages in which it is published."""
    profile: str = ""
    """Whose guidelines it follows, by name, where others teach something else."""
    expert_title: str = ""
    tips: tuple[Tip, ...] = ()
    """The terms that are explained below it, as they come in the text."""
    narration: NarrationView | None = None
    credits: tuple[CreditLine, ...] = ()
    """Of its pictures those whose authors are to be named."""

    @property
    def has_sirens(self) -> bool:
        return 'class="siren"' in self.html

    @property
    def has_worksheet(self) -> bool:
        return 'class="worksheet"' in self.html

    @property
    def only_there(self) -> bool:
        return not self.translated

    @cached_property
    def lead_picture(self) -> LeadPicture | None:
        """The first photograph that the text shows; None without one. Drawings (SVG) are not shown where one shares."""
        found = PHOTOGRAPH.search(self.html)
        return LeadPicture(found[1], int(found[2]), int(found[3]), unescape(found[4])) if found else None


def lesson_page(lesson_id: int, language: str) -> LessonPage | None:
    """The lesson in `language`, or else in its source language; None when nothing is published.

    Two queries at most, and one more where the author of a picture is to be named.
    """
    rows = _rows_with_sources(lesson_id, language)
    if not rows:
        return None
    row = rows[0]
    text_language = row["text__language"]
    html, tips = text_to_read(row["html"], text_language)
    return LessonPage(
        id=lesson_id,
        title=row["title"],
        summary=row["summary"],
        objective=row["objective"],
        minutes=row["text__lesson__minutes"],
        html=sirens.shown(worksheets.with_slots(html, row["text__lesson__key"], row["title"])),
        tips=tips,
        credits=credit_lines(row["pk"], html) if row["credited"] else (),
        sources=tuple(_source(r) for r in rows if r["pk"] == row["pk"] and r["citations__source__title"]),
        **{name: row[name] for name in SIGNED},
        review_due=row["review_due"],
        published_on=timezone.localdate(row["published_at"]),
        language=text_language,
        translated=text_language == language,
        read_in=tuple(code for code, _name in settings.LANGUAGES if row[_flag(code)]),
        topic=_topic(row),
        profile=str(Profile(row["profile"]).label) if row["profile"] else "",
        narration=view_in(row),
    )


def text_to_read(html: str, language: str) -> tuple[SafeString, tuple[Tip, ...]]:
    """Sanitised `html` with facts and links filled in and the first use of terms marked; these terms. One query.

    Terms are marked first: the country's own words are never part of one.
    """
    facts, tips = facts_and_tips(facts_in(html), language)
    marked, used = Terms(tips).marked_in(worksheets.with_numbers(html, facts))
    return mark_safe(fill(marked, facts)), used  # noqa: S308 - sanitised, and what was added is escaped


def _topic(row: dict[str, Any]) -> TopicLink | None:
    """The topic whose first minute card the lesson explains."""
    if not row["topic_slug"]:
        return None
    return TopicLink(
        row["topic_name"], row["topic_icon"], reverse("lessons:topic", kwargs={"topic": row["topic_slug"]})
    )


def _rows_with_sources(lesson_id: int, language: str) -> list[dict[str, Any]]:
    """One row a source, the reader's language first: words, sources and the topic in one query."""
    cards = (
        TopicText.objects.filter(topic__lessons=OuterRef("text__lesson"))
        .exclude(first_minute="")
        .order_by("-topic__urgent", "topic__position", "topic", preferring(language))
    )
    return list(
        Revision.objects.filter(
            Q(text__language=language) | Q(text__language=F("text__lesson__source_language")),
            state=State.PUBLISHED,
            text__lesson=lesson_id,
        )
        .annotate(
            **_languages(),
            credited=Exists(credited_in(OuterRef("pk"))),
            topic_slug=Subquery(cards.values("topic__slug")[:1]),
            topic_icon=Subquery(cards.values("topic__icon")[:1]),
            topic_name=Subquery(cards.values("name")[:1]),
        )
        .order_by(preferring(language, "text__language"), "citations__position")
        .values(
            *FIELDS,
            *(_flag(code) for code, _name in settings.LANGUAGES),
            *("credited", "topic_slug", "topic_icon", "topic_name"),
            "text__language",
            "text__lesson__key",
            "text__lesson__minutes",
            "citations__note",
            "citations__note_language",
            "citations__source__title",
            "citations__source__publisher",
            "citations__source__year",
            "citations__source__url",
            *(f"narration__{name}" for name in OF_ROW),
        )
    )


def _languages() -> dict[str, Exists]:
    """Whether the lesson is published in each of the portal's languages; subqueries for rows of Revision."""
    siblings = Revision.objects.filter(state=State.PUBLISHED, text__lesson=OuterRef("text__lesson"))
    return {_flag(code): Exists(siblings.filter(text__language=code)) for code, _name in settings.LANGUAGES}


def _flag(code: str) -> str:
    return f"in_{code.replace('-', '_')}"


def _source(row: dict[str, Any]) -> SourceView:
    source = {name: row[f"citations__source__{name}"] for name in ("title", "publisher", "year", "url")}
    return SourceView(
        **source, note=row["citations__note"], note_language=row["citations__note_language"] or row["text__language"]
    )


@dataclass(frozen=True)
class ModuleView:
    title: str
    lessons: list[LessonLine]


@dataclass(frozen=True)
class CoursePage:
    id: int
    slug: str
    edition_id: int
    edition: str
    title: str
    summary: str
    audience: str
    outcomes: list[str]
    minutes: int
    valid_months: int | None
    modules: list[ModuleView]
    sources: list[SourceView]
    first_url: str
    lesson_count: int
    take_first: tuple[CourseLink, ...] = ()
    cover: str = ""
    credits: tuple[CreditLine, ...] = ()


def course_page(slug: str, language: str) -> CoursePage | None:
    """The published edition of a course; None where there is none. Four queries, five with a cover."""
    editions = with_covers(published_editions(language)).select_related(*CREDITS)
    edition: Any = editions.filter(course__slug=slug).first()
    path = outline(slug, language)
    if edition is None or path is None:
        return None
    return CoursePage(
        id=edition.course_id,
        slug=slug,
        edition_id=edition.pk,
        edition=edition.label,
        title=edition.title,
        summary=edition.summary,
        audience=edition.audience,
        outcomes=edition.outcomes.splitlines(),
        minutes=edition.minutes,
        valid_months=edition.valid_months,
        modules=[ModuleView(title, lines) for title, lines in path.modules.items()],
        sources=_edition_sources(edition.pk),
        first_url=path.lessons[0].url,
        lesson_count=len(path.lessons),
        take_first=tuple(taken_first([edition.course_id], language).get(edition.course_id, ())),
        cover=cover_html(edition, leading=True),
        credits=cover_credits(edition),
    )


def _edition_sources(edition_id: int) -> list[SourceView]:
    rows = EditionSource.objects.filter(edition=edition_id).select_related("source")
    return [SourceView(row.source.title, row.source.publisher, row.source.year, row.source.url) for row in rows]
