"""Courses as a reader meets them: published editions, in the reader's language."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.urls import reverse

from lessons.covers import cover_html, with_covers
from lessons.models import (
    Course,
    CourseEdition,
    EditionText,
    ModuleText,
    Placement,
    Revision,
    State,
)
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
    take_first: tuple["CourseLink", ...] = ()
    cover: str = ""


@dataclass(frozen=True)
class CourseLink:
    title: str
    url: str


@dataclass(frozen=True)
class CourseGroup:
    """Courses for the same people, in the order of the catalogue; `audience` says for whom."""

    audience: str
    courses: list[CourseCard]


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
    """Every course. Two queries, three where one has a cover."""
    editions = list(with_covers(published_editions(language)).annotate(lesson_count=Count("placements")))
    first = taken_first([edition.course_id for edition in editions], language)
    return [
        CourseCard(
            edition.course_id,
            course_url(edition.course.slug),
            edition.title,  # type: ignore[attr-defined]
            edition.summary,  # type: ignore[attr-defined]
            edition.audience,  # type: ignore[attr-defined]
            edition.minutes,
            edition.lesson_count,
            tuple(first.get(edition.course_id, ())),
            cover_html(edition),
        )
        for edition in editions
    ]


def grouped(cards: list[CourseCard]) -> list[CourseGroup]:
    """By whom they are for, the groups and the courses in each in the order of the catalogue."""
    groups: dict[str, list[CourseCard]] = {}
    for card in cards:
        groups.setdefault(card.audience, []).append(card)
    return [CourseGroup(audience, found) for audience, found in groups.items()]


def taken_first(courses: list[int], language: str) -> dict[int, list[CourseLink]]:
    """By course, the published ones that are better taken before it. One query."""
    before = Course.take_first.through.objects.filter(from_course__in=courses)
    titles = EditionText.objects.filter(edition__course=OuterRef("to_course"), edition__state=State.PUBLISHED)
    rows: QuerySet[Any] = before.filter(to_course__archived_at=None).annotate(
        title=Subquery(titles.order_by(preferring(language), "pk").values("title")[:1])
    )
    found: dict[int, list[CourseLink]] = {}
    ordered = rows.exclude(title=None).order_by("to_course__position", "to_course")
    for course, slug, title in ordered.values_list("from_course", "to_course__slug", "title"):
        found.setdefault(course, []).append(CourseLink(title, course_url(slug)))
    return found


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
    return list(readable(rows, language).order_by("edition__course__position", "edition", "position"))


def readable(placements: QuerySet[Placement], language: str) -> QuerySet[Any]:
    """Those whose lesson can be read, each with `lesson_title`, `module_title` and `course_title`."""
    rows = placements.annotate(
        lesson_title=_title(language),
        module_title=in_language(ModuleText.objects.all(), "module", "title", language, "module"),
        course_title=in_language(EditionText.objects.all(), "edition", "title", language, "edition"),
    )
    rows = rows.filter(lesson_title__isnull=False, lesson__archived_at=None)
    return rows.select_related("lesson", "module", "edition__course")


def _title(language: str) -> Subquery:
    rows = Revision.objects.filter(state=State.PUBLISHED, text__lesson=OuterRef("lesson"))
    return Subquery(rows.order_by(preferring(language, "text__language"), "pk").values("title")[:1])


def lesson_line(row: Any, number: int) -> LessonLine:
    """A row of `readable` as a line of a list."""
    return LessonLine(
        row.lesson_id,
        number,
        row.lesson_title,
        row.lesson.minutes,
        lesson_url(row.edition.course.slug, row.lesson.slug),
        row.module_title or "",
        row.lesson.key,
        row.lesson.slug,
    )


def _outline(rows: list[Any]) -> Outline:
    edition = rows[0].edition
    slug = edition.course.slug
    lines = tuple(lesson_line(row, number) for number, row in enumerate(rows, 1))
    modules: dict[str, list[LessonLine]] = {}
    for line in lines:
        modules.setdefault(line.module, []).append(line)
    title, months = rows[0].course_title, edition.valid_months
    return Outline(edition.pk, edition.course_id, slug, title, course_url(slug), lines, months, modules)
