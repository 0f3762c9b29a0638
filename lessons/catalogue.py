"""Courses as a reader meets them: published editions, in the reader's language."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.urls import reverse

from lessons.models import (
    CourseEdition,
    EditionText,
    ModuleText,
    Placement,
    Revision,
    State,
    TopicText,
)
from lessons.models.topics import Topic
from lessons.words import in_language, preferring


@dataclass(frozen=True)
class CourseCard:
    id: int
    url: str
    title: str
    summary: str
    audience: str
    minutes: int
    lesson_count: int


@dataclass(frozen=True)
class LessonLine:
    """A lesson as a line of its course; `number` counts from 1 through the whole course."""

    id: int
    number: int
    title: str
    minutes: int
    url: str
    module: str
    key: str
    slug: str
    current: bool = False


@dataclass(frozen=True)
class TopicTile:
    name: str
    summary: str
    icon: str
    urgent: bool
    url: str


@dataclass(frozen=True)
class Outline:
    """The published edition of a course, with its lessons in order."""

    edition_id: int
    course_id: int
    course_slug: str
    title: str
    url: str
    lessons: tuple[LessonLine, ...]
    valid_months: int | None = None
    modules: dict[str, list[LessonLine]] = field(default_factory=dict)

    def line(self, slug: str) -> LessonLine | None:
        return next((line for line in self.lessons if line.slug == slug), None)


def published_editions(language: str) -> QuerySet[CourseEdition]:
    """Editions that readers see, each with `title`, `summary` and `audience` in the reader's language."""
    texts = EditionText.objects.all()
    return (
        CourseEdition.objects.filter(state=State.PUBLISHED, course__archived_at=None)
        .select_related("course")
        .annotate(
            title=in_language(texts, "edition", "title", language),
            summary=in_language(texts, "edition", "summary", language),
            audience=in_language(texts, "edition", "audience", language),
            outcomes=in_language(texts, "edition", "outcomes", language),
        )
        .order_by("course__position", "course_id")
    )


def course_url(slug: str) -> str:
    return reverse("lessons:course", kwargs={"course": slug})


def lesson_url(course: str, lesson: str) -> str:
    return reverse("lessons:lesson", kwargs={"course": course, "lesson": lesson})


def course_cards(language: str) -> list[CourseCard]:
    """Every course, one query."""
    editions = published_editions(language).annotate(lesson_count=Count("placements"))
    return [
        CourseCard(
            edition.course_id,
            course_url(edition.course.slug),
            edition.title,  # type: ignore[attr-defined]
            edition.summary,  # type: ignore[attr-defined]
            edition.audience,  # type: ignore[attr-defined]
            edition.minutes,
            edition.lesson_count,
        )
        for edition in editions
    ]


def outline(course_slug: str, language: str) -> Outline | None:
    """The published edition of a course with its readable lessons; None where there is none. One query."""
    rows = _placements(language, edition__course__slug=course_slug)
    return _outline(rows) if rows else None


def outline_of_edition(edition_id: int, language: str) -> Outline | None:
    """Any edition's outline, also one that has been superseded."""
    rows = _placements(language, live=False, edition=edition_id)
    return _outline(rows) if rows else None


def outlines(language: str, course_ids: list[int] | None = None) -> dict[int, Outline]:
    """Published outlines by course id, of these courses or of all, in the order of the courses; one query."""
    by_course: dict[int, list[Any]] = {}
    which: dict[str, Any] = {} if course_ids is None else {"edition__course__in": course_ids}
    for row in _placements(language, **which):
        by_course.setdefault(row.edition.course_id, []).append(row)
    return {course: _outline(rows) for course, rows in by_course.items()}


def _placements(language: str, *, live: bool = True, **which: Any) -> list[Any]:
    rows = Placement.objects.filter(**which)
    if live:
        rows = rows.filter(edition__state=State.PUBLISHED, edition__course__archived_at=None)
    rows = rows.annotate(
        lesson_title=_title(language),
        module_title=in_language(ModuleText.objects.all(), "module", "title", language, "module"),
        course_title=in_language(EditionText.objects.all(), "edition", "title", language, "edition"),
    )
    readable = rows.filter(lesson_title__isnull=False, lesson__archived_at=None)
    in_order = readable.order_by("edition__course__position", "edition", "position")
    return list(in_order.select_related("lesson", "module", "edition__course"))


def _title(language: str) -> Subquery:
    rows = Revision.objects.filter(state=State.PUBLISHED, text__lesson=OuterRef("lesson"))
    return Subquery(rows.order_by(preferring(language, "text__language"), "pk").values("title")[:1])


def _outline(rows: list[Any]) -> Outline:
    edition = rows[0].edition
    slug = edition.course.slug
    lines = tuple(
        LessonLine(
            row.lesson_id,
            number,
            row.lesson_title,
            row.lesson.minutes,
            lesson_url(slug, row.lesson.slug),
            row.module_title or "",
            row.lesson.key,
            row.lesson.slug,
        )
        for number, row in enumerate(rows, 1)
    )
    modules: dict[str, list[LessonLine]] = {}
    for line in lines:
        modules.setdefault(line.module, []).append(line)
    title, months = rows[0].course_title, edition.valid_months
    return Outline(edition.pk, edition.course_id, slug, title, course_url(slug), lines, months, modules)


def topic_tiles(language: str) -> list[TopicTile]:
    """Topics that have a lesson to read, the life-threatening ones first; each leads to its first lesson."""
    first = (
        Placement.objects.filter(
            lesson__topics=OuterRef("pk"), edition__state=State.PUBLISHED, edition__course__archived_at=None
        )
        .order_by("edition__course__position", "position")
        .values("edition__course__slug", "lesson__slug")
    )
    topics = (
        Topic.objects.annotate(
            name=in_language(TopicText.objects.all(), "topic", "name", language),
            summary=in_language(TopicText.objects.all(), "topic", "summary", language),
            course_slug=Subquery(first.values("edition__course__slug")[:1]),
            lesson_slug=Subquery(first.values("lesson__slug")[:1]),
        )
        .filter(lesson_slug__isnull=False)
        .order_by("-urgent", "position", "pk")
    )
    return [
        TopicTile(topic.name, topic.summary, topic.icon, topic.urgent, lesson_url(topic.course_slug, topic.lesson_slug))
        for topic in topics
    ]
