"""Where a picture is used: in which lessons, in what state and with what words in each language, in which questions."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import PurePath

from django.db.models import Q
from django.urls import reverse

from lessons.models import EditionCover, Lesson, Media, Placement, RevisionMedia, State
from portal.studio.languages import InLanguage
from portal.studio.overview import CourseLine, course_lines, lesson_titles
from portal.studio.pictures.library import SHOWN_IN
from portal.studio.standing import STANDING
from quizzes.models import QuestionVersion

MOST = 200  # more cannot be looked through


@dataclass(frozen=True)
class WordsThere(InLanguage):
    """What one text says of the picture."""

    language: str
    state: str
    alt: str
    caption: str
    decorative: bool


@dataclass(frozen=True)
class LessonUse:
    """A lesson that shows the picture, with the courses it stands in."""

    title: str
    slug: str
    names: list[str]
    words: list[WordsThere]
    courses: list[str]


@dataclass(frozen=True)
class QuestionUse:
    key: str
    url: str
    lesson: str


def lesson_uses(media: Media, language: str) -> list[LessonUse]:
    """By the lesson's key, of what is published or being written. Four queries."""
    found: dict[int, list[RevisionMedia]] = defaultdict(list)
    uses = RevisionMedia.objects.filter(media=media, revision__state__in=STANDING).select_related(
        "revision__text__lesson"
    )
    for use in uses.order_by("revision__text__lesson__key", "revision__text__language", "revision__number")[:MOST]:
        found[use.revision.text.lesson_id].append(use)
    titles, courses = lesson_titles(list(found), language), _courses(found, language)
    return [_lesson_use(rows, titles.get(pk, ""), courses[pk]) for pk, rows in found.items()]


def _lesson_use(rows: list[RevisionMedia], title: str, courses: list[str]) -> LessonUse:
    lesson: Lesson = rows[0].revision.text.lesson
    words = [
        WordsThere(
            row.revision.text.language,
            str(State(row.revision.state).label),
            row.alt,
            row.caption,
            row.decorative,
        )
        for row in rows
    ]
    return LessonUse(title or lesson.key, lesson.slug, sorted({row.name for row in rows}), words, courses)


def _courses(lessons: Collection[int], language: str) -> dict[int, list[str]]:
    titles = {course.slug: course.title for course in course_lines(language)} if lessons else {}
    found: dict[int, list[str]] = defaultdict(list)
    places = Placement.objects.filter(lesson__in=list(lessons)).exclude(edition__state=State.SUPERSEDED)
    for lesson, slug in places.values_list("lesson", "edition__course__slug").order_by("edition__course__position"):
        if slug in titles and titles[slug] not in found[lesson]:
            found[lesson].append(titles[slug])
    return found


def question_uses(media: Media) -> list[QuestionUse]:
    """The questions that ask about a place in the picture. One query."""
    versions = QuestionVersion.objects.filter(
        **{SHOWN_IN: PurePath(media.file).name}, state__in=STANDING, question__archived_at=None
    ).select_related("question__lesson")
    questions = {version.question_id: version.question for version in versions.order_by("question__key")[:MOST]}
    return [
        QuestionUse(
            each.key,
            reverse("studio:question", kwargs={"lesson": each.lesson.slug, "key": each.key}) if each.lesson else "",
            each.lesson.key if each.lesson else "",
        )
        for each in questions.values()
    ]


def cover_uses(media: Media, language: str) -> list[CourseLine]:
    """The courses whose edition, published or in work, has the picture as its cover. At most two queries."""
    covers = EditionCover.objects.filter(media=media, edition__state__in=STANDING)
    slugs = set(covers.values_list("edition__course__slug", flat=True)[:MOST])
    return [line for line in course_lines(language) if line.slug in slugs] if slugs else []


def words_known(media: Media) -> dict[str, tuple[str, str, bool]]:
    """By language the alternative text, the caption and whether it is decorative, as they were last said. One query.

    Where nobody has used it yet, what was said of its original or of another crop of that may be near to it.
    """
    original = media.original.pk
    family = RevisionMedia.objects.filter(Q(media=original) | Q(media__cropped_from=original))
    uses = sorted(
        family.order_by("pk").select_related("revision__text"), key=lambda use: (use.media_id == media.pk, use.pk)
    )
    said = {use.revision.text.language: use for use in uses if use.alt or use.decorative}
    return {language: (use.alt, use.caption, use.decorative) for language, use in said.items()}
