"""Courses and lessons as the studio lists them: what is published, what is being written, what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery

from lessons.models import Course, CourseEdition, EditionText, ModuleText, Placement, Revision, State
from lessons.words import in_language, preferring
from portal.studio.languages import language_name, written_languages
from portal.studio.question_standing import QuestionStanding, by_lesson, question_standings
from portal.studio.standing import Standing, is_stale, rows_of, standings
from quizzes.models import Question

PUBLISHED, SUSPENDED, DRAFT, IN_REVIEW = "published", "suspended", "draft", "in_review"
STALE, MISSING = "stale", "missing"
HEAVY = ("markdown", "html", "summary", "objective")


@dataclass(frozen=True)
class CourseLine:
    slug: str
    title: str
    lessons: int


@dataclass(frozen=True)
class LanguageState:
    """A language of a lesson; `states` are one or more of those above."""

    name: str
    states: tuple[str, ...]


@dataclass(frozen=True)
class LessonLine:
    """`drafts` and `in_review` count its questions that are being changed."""

    slug: str
    title: str
    languages: list[LanguageState]
    questions: int
    drafts: int
    in_review: int


@dataclass(frozen=True)
class CoursePage:
    slug: str
    title: str
    edition: str
    published: bool
    modules: list[tuple[str, list[LessonLine]]]
    due_days: int | None = None


def editions_in_hand() -> QuerySet[CourseEdition]:
    """Of each course first the edition that an editor has in hand: the published one, or else the newest."""
    live = CourseEdition.objects.exclude(state=State.SUPERSEDED).filter(course__archived_at=None)
    return live.order_by(preferring(State.PUBLISHED, "state"), "-number")


def course_lines(language: str) -> list[CourseLine]:
    """Every course. One query."""
    in_hand = editions_in_hand().filter(course=OuterRef("pk")).values("pk")[:1]
    placed = Placement.objects.filter(edition=OuterRef("edition")).order_by().values("edition")
    courses = (
        Course.objects.filter(archived_at=None)
        .annotate(edition=Subquery(in_hand))
        .annotate(
            title=in_language(EditionText.objects.all(), "edition", "title", language, "edition"),
            lessons=Subquery(placed.annotate(count=Count("pk")).values("count")),
        )
    )
    return [CourseLine(course.slug, course.title or course.key, course.lessons or 0) for course in courses]


def course_page(slug: str, language: str) -> CoursePage | None:
    """A course with its lessons, whatever their state; None where there is none. Six queries."""
    editions: Any = editions_in_hand().filter(course__slug=slug).select_related("course")
    edition = editions.annotate(title=in_language(EditionText.objects.all(), "edition", "title", language)).first()
    if edition is None:
        return None
    places = list(_places(edition, language))
    lessons = [place.lesson_id for place in places]
    texts = standings(rows_of(lessons).defer(*HEAVY), written_languages())
    questions = by_lesson(question_standings(Question.objects.filter(lesson__in=lessons, archived_at=None)))
    modules: dict[str, list[LessonLine]] = {}
    for place in places:
        line = _line(place.lesson, texts[place.lesson_id], questions[place.lesson_id], language)
        modules.setdefault(place.module_title or place.module.key, []).append(line)
    return CoursePage(
        slug,
        edition.title or edition.course.key,
        edition.label,
        edition.state == State.PUBLISHED,
        list(modules.items()),
        edition.course.due_days,
    )


def _places(edition: CourseEdition, language: str) -> QuerySet[Any]:
    title = in_language(ModuleText.objects.all(), "module", "title", language, "module")
    return (
        Placement.objects.filter(edition=edition)
        .select_related("lesson", "module")
        .annotate(module_title=title)
        .order_by("position")
    )


def _line(lesson: Any, texts: dict[str, Standing], questions: Sequence[QuestionStanding], language: str) -> LessonLine:
    source = texts.get(lesson.source_language, Standing(lesson.source_language))
    return LessonLine(
        lesson.slug,
        title_of(texts, language, lesson.key),
        [LanguageState(language_name(code), states_of(text, source)) for code, text in texts.items()],
        len(questions),
        sum(bool(question.drafts) for question in questions),
        sum(question.in_review for question in questions),
    )


def states_of(text: Standing, source: Standing) -> tuple[str, ...]:
    """Everything that is to be said of one language of a lesson."""
    said = {
        PUBLISHED: text.published is not None and not text.is_out_of_view,
        SUSPENDED: text.is_out_of_view,
        DRAFT: text.is_draft,
        IN_REVIEW: text.in_review,
        STALE: is_stale(text, source),
        MISSING: text.current is None,
    }
    return tuple(state for state, holds in said.items() if holds)


def title_of(texts: dict[str, Standing], language: str, otherwise: str) -> str:
    """What a lesson is called: in the language of the page, or else in another one."""
    order = sorted(texts.values(), key=lambda text: text.language != language)
    return next((text.current.title for text in order if text.current and text.current.title), otherwise)


def lesson_titles(lessons: Sequence[int], language: str) -> dict[int, str]:
    """Titles by lesson id, of drafts too. One query."""
    rows: QuerySet[Revision] = rows_of(lessons).defer(*HEAVY)
    return {lesson: title_of(texts, language, "") for lesson, texts in standings(rows, ()).items()}
