"""How far each language is: lessons, questions, the words of courses, and what all of them share."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from lessons.models import EditionText, Lesson, Module, ModuleText, Placement
from lessons.words import in_language
from portal.language.catalogues import share_translated
from portal.studio.languages import InLanguage, written_languages
from portal.studio.overview import HEAVY, MISSING, PUBLISHED, STALE, editions_in_hand, states_of, title_of
from portal.studio.standing import Standing, rows_of, standings
from portal.studio.translating.question_progress import QuestionProgress, question_progress
from portal.studio.translating.shared_words import SORTS


@dataclass
class Progress:
    """How many of `total` are published, being written, behind their source, or not there; some are two of these."""

    total: int = 0
    published: int = 0
    draft: int = 0
    behind: int = 0
    missing: int = 0

    def add(self, states: Collection[str]) -> None:
        self.total += 1
        self.published += PUBLISHED in states
        self.draft += bool({"draft", "in_review"} & set(states))
        self.behind += STALE in states
        self.missing += MISSING in states

    @property
    def complete(self) -> bool:
        return self.published == self.total and not self.behind


@dataclass
class CourseProgress:
    """One course in one language; `words` counts the texts of the course and its modules that are there."""

    slug: str
    title: str
    lessons: Progress = field(default_factory=Progress)
    questions: Progress = field(default_factory=Progress)
    words: int = 0
    words_total: int = 0

    @property
    def complete(self) -> bool:
        return self.lessons.complete and self.questions.complete and self.words == self.words_total


@dataclass(frozen=True)
class SharedProgress:
    """Words that belong to no course, such as topics: how many of all are there."""

    slug: str
    title: str
    there: int
    total: int


@dataclass(frozen=True)
class LanguageProgress(InLanguage):
    """`interface` is the share of the portal's own messages that are translated."""

    language: str
    interface: float
    shared: list[SharedProgress]
    courses: list[CourseProgress]


@dataclass(frozen=True)
class LessonProgress:
    slug: str
    title: str
    states: tuple[str, ...]
    is_source: bool
    questions: QuestionProgress


def board(language: str) -> list[LanguageProgress]:
    """Every language with every course, titles in `language`. A fixed number of queries."""
    codes = written_languages()
    editions = list(_editions(language))
    places = _places(editions)
    lessons = {lesson for found in places.values() for lesson in found}
    texts = standings(rows_of([lesson.pk for lesson in lessons]).defer(*HEAVY), codes)
    questions = question_progress(lessons, codes)
    words, totals = _course_words(editions)
    shared = {sort.slug: sort.counts() for sort in SORTS}
    found = []
    for code in codes:
        courses = [
            _course(edition, places[edition.pk], texts, questions, code, words[edition.pk, code], totals[edition.pk])
            for edition in editions
        ]
        counts = [
            SharedProgress(sort.slug, str(sort.title), shared[sort.slug][1][code], shared[sort.slug][0])
            for sort in SORTS
            if sort.slug != "courses"
        ]
        found.append(LanguageProgress(code, share_translated(code), counts, courses))
    return found


def _editions(language: str, **only: Any) -> Iterable[Any]:
    """The edition in hand of every course, with a title."""
    titled = editions_in_hand().filter(**only).select_related("course")
    rows = titled.annotate(title=in_language(EditionText.objects.all(), "edition", "title", language))
    first: dict[int, Any] = {}
    for edition in rows:
        first.setdefault(edition.course_id, edition)
    return sorted(first.values(), key=lambda edition: (edition.course.position, edition.course_id))


def _places(editions: Collection[Any]) -> dict[int, list[Lesson]]:
    found: dict[int, list[Lesson]] = defaultdict(list)
    for place in Placement.objects.filter(edition__in=editions).select_related("lesson").order_by("position"):
        found[place.edition_id].append(place.lesson)
    return found


def _course_words(editions: Collection[Any]) -> tuple[Counter[tuple[int, str]], Counter[int]]:
    """How many words courses and modules have, by edition and language; and how many there are to be."""
    there: Counter[tuple[int, str]] = Counter()
    total = Counter({edition.pk: 1 for edition in editions})
    for edition, count in Module.objects.filter(edition__in=editions).values_list("edition").annotate(n=Count("pk")):
        total[edition] += count
    for texts, owner in (
        (EditionText.objects.filter(edition__in=editions), "edition"),
        (ModuleText.objects.filter(module__edition__in=editions), "module__edition"),
    ):
        for edition, code, count in texts.order_by().values_list(owner, "language").annotate(n=Count("pk")):
            there[edition, code] += count
    return there, total


def _course(
    edition: Any,
    lessons: Iterable[Lesson],
    texts: dict[int, dict[str, Standing]],
    questions: dict[tuple[int, str], QuestionProgress],
    code: str,
    words: int,
    total: int,
) -> CourseProgress:
    course = CourseProgress(edition.course.slug, edition.title or edition.course.key, words=words, words_total=total)
    for lesson in lessons:
        course.lessons.add(_states(lesson, texts[lesson.pk], code))
        asked = questions[lesson.pk, code]
        for name in ("total", "published", "draft", "behind", "missing"):
            setattr(course.questions, name, getattr(course.questions, name) + getattr(asked, name))
    return course


def _states(lesson: Lesson, texts: dict[str, Standing], code: str) -> tuple[str, ...]:
    source = texts.get(lesson.source_language, Standing(lesson.source_language))
    return states_of(texts.get(code, Standing(code)), source)


def lesson_lines(course: str, code: str, language: str) -> tuple[str, list[LessonProgress]] | None:
    """A course's title, and each lesson of it in one language; None where there is no such course. Six queries."""
    editions = list(_editions(language, course__slug=course))
    if not editions:
        return None
    lessons = _places(editions)[editions[0].pk]
    texts = standings(rows_of([lesson.pk for lesson in lessons]).defer(*HEAVY), written_languages())
    questions = question_progress(lessons, [code])
    lines = [
        LessonProgress(
            lesson.slug,
            title_of(texts[lesson.pk], language, lesson.key),
            _states(lesson, texts[lesson.pk], code),
            lesson.source_language == code,
            questions[lesson.pk, code],
        )
        for lesson in lessons
    ]
    return editions[0].title or editions[0].course.key, lines
