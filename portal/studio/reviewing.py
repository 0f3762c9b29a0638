"""A release as its reviewer reads it: everything new beside what readers have now."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from lessons.models import PUBLIC, CourseEdition, EditionText, ModuleText, Placement, State
from lessons.words import in_language
from portal.studio.comparison import Change, change
from portal.studio.courses.covers import CoverChange, cover_change
from portal.studio.courses.effects import EffectsShown, effects_shown
from portal.studio.courses.reviewed import changes_in_edition
from portal.studio.facts.reviewed import FactReview, reviewed_facts
from portal.studio.models import Release
from portal.studio.overview import lesson_titles
from portal.studio.reviewed_questions import QuestionReview, reviewed_questions
from portal.studio.reviewed_texts import TextReview, reviewed_texts
from portal.studio.standing import OPEN


@dataclass(frozen=True)
class EditionReview:
    """Order, words and rules of a course, as lines of text compared with those of the edition before.

    `effects` is what it does to people under way, said as long as it has not gone out.
    """

    edition: CourseEdition
    title: str
    change: Change
    parts: list[Change]
    cover: CoverChange | None
    effects: EffectsShown | None


@dataclass(frozen=True)
class ReleaseReview:
    texts: list[TextReview]
    questions: list[QuestionReview]
    editions: list[EditionReview]
    facts: list[FactReview]


def review_of(release: Release, language: str, lessons: Collection[int | None] | None = None) -> ReleaseReview:
    """Everything in a release, or of its texts and questions those of some lessons (None among them: of no lesson)."""
    return ReleaseReview(
        reviewed_texts(release, lessons),
        reviewed_questions(release, lessons),
        [_edition(edition, language) for edition in release.editions.select_related("course")],
        reviewed_facts(release, language),
    )


def _edition(edition: CourseEdition, language: str) -> EditionReview:
    public = CourseEdition.objects.filter(course=edition.course_id, state__in=PUBLIC, number__lt=edition.number)
    before = public.order_by("-number").first()
    texts = EditionText.objects.filter(edition=edition)
    title = texts.filter(language=language).first() or texts.first()
    old = _lines(before, language) if before else None
    return EditionReview(
        edition,
        title.title if title else edition.course.key,
        change("", old, _lines(edition, language)),
        changes_in_edition(before, edition),
        cover_change(before, edition),
        effects_shown(edition, language) if edition.state in OPEN else None,
    )


def _lines(edition: CourseEdition, language: str) -> str:
    """The modules, with the lessons of each in their order, a line each."""
    title = in_language(ModuleText.objects.all(), "module", "title", language, "module")
    places: list[Any] = list(
        Placement.objects.filter(edition=edition).select_related("lesson", "module").annotate(module_title=title)
    )
    titles = lesson_titles([place.lesson_id for place in places], language)
    modules: dict[str, list[str]] = {}
    for place in places:
        name = titles.get(place.lesson_id) or place.lesson.key
        modules.setdefault(place.module_title or place.module.key, []).append(f"  {name}")
    return "".join(f"{line}\n" for module, lessons in modules.items() for line in (module, *lessons))


def pages_for_readers(release: Release, language: str) -> list[tuple[str, str, str]]:
    """(course, lesson, title) of every lesson that readers see because of the release."""
    lessons = {
        *release.revisions.values_list("text__lesson", flat=True),
        *release.texts.values_list("version__question__lesson", flat=True),
        *release.versions.values_list("question__lesson", flat=True),
    } - {None}
    placed = Placement.objects.filter(lesson__in=lessons, edition__state=State.PUBLISHED).order_by(
        "edition", "position"
    )
    titles = lesson_titles(sorted(lessons), language)
    first: dict[int, tuple[str, str, str]] = {}
    for lesson, course, slug in placed.values_list("lesson", "edition__course__slug", "lesson__slug"):
        first.setdefault(lesson, (course, slug, titles.get(lesson) or slug))
    return list(first.values())
