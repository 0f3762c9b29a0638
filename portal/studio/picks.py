"""The drafts of lessons, as somebody picks them for a release."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from lessons.models import CourseEdition, Lesson, LocalFactValue, Placement, Revision, State
from portal.studio.languages import language_name
from portal.studio.models import Release
from portal.studio.overview import HEAVY, title_of
from portal.studio.question_standing import QuestionStanding, by_lesson, question_standings
from portal.studio.standing import Standing, rows_of, standings
from quizzes.models import Question, QuestionText, QuestionVersion


@dataclass(frozen=True)
class Pick:
    """One line to tick: a text in one language, or a question with all that is new of it."""

    value: str
    label: str
    url: str
    rows: tuple[models.Model, ...]


@dataclass(frozen=True)
class PickGroup:
    """The picks of one lesson; or with an empty address those of the course itself."""

    title: str
    url: str
    picks: list[Pick]


def picks_of_course(course: str, language: str) -> list[PickGroup]:
    """Everything that is a draft in the course, lesson by lesson. Seven queries at most."""
    editions = CourseEdition.objects.filter(course__slug=course, state=State.DRAFT).select_related("course")
    own = [_of_edition(edition) for edition in editions.order_by("number")]
    groups = [PickGroup(_("The course itself"), "", own)] if own else []
    return groups + picks_of_lessons(_lessons_of([course]), language)


def picks_of_lesson(lesson: Lesson, language: str) -> list[PickGroup]:
    """Everything that is a draft of the lesson, and the drafts of courses that give it its place. Six queries."""
    editions = CourseEdition.objects.filter(placements__lesson=lesson, state=State.DRAFT).select_related("course")
    own = [_of_edition(edition) for edition in editions.distinct().order_by("course__position", "number")]
    groups = [PickGroup(_("The course itself"), "", own)] if own else []
    return groups + picks_of_lessons([lesson], language)


def picks_around(release: Release, language: str) -> list[PickGroup]:
    """What the release holds, and what else is a draft in the courses that it is about."""
    lessons = Lesson.objects.filter(
        models.Q(texts__revisions__releases=release)
        | models.Q(questions__versions__releases=release)
        | models.Q(questions__versions__texts__releases=release)
    )
    courses = Placement.objects.filter(lesson__in=lessons).values_list("edition__course__slug", flat=True)
    own = [_of_edition(edition) for edition in release.editions.filter(state=State.DRAFT).select_related("course")]
    groups = [PickGroup(_("The course itself"), "", own)] if own else []
    around = [lesson.pk for lesson in _lessons_of(set(courses))]
    found = Lesson.objects.filter(models.Q(pk__in=lessons) | models.Q(pk__in=around))
    return groups + picks_of_lessons(found.order_by("key"), language)


def picks_of_lessons(lessons: Iterable[Lesson], language: str) -> list[PickGroup]:
    """The lessons that have drafts, with these. Four queries beside that for the lessons."""
    known = list(lessons)
    texts = standings(rows_of([lesson.pk for lesson in known]).defer(*HEAVY), ())
    questions = by_lesson(question_standings(Question.objects.filter(lesson__in=known, archived_at=None)))
    groups = [pick_group(lesson, texts[lesson.pk], questions[lesson.pk], language) for lesson in known]
    return [group for group in groups if group.picks]


def pick_group(
    lesson: Lesson, texts: dict[str, Standing], questions: Iterable[QuestionStanding], language: str
) -> PickGroup:
    """The drafts of one lesson."""
    return PickGroup(
        title_of(texts, language, lesson.key),
        reverse("studio:lesson", kwargs={"lesson": lesson.slug}),
        [
            *(_of_text(lesson, text) for text in texts.values() if text.is_draft),
            *(_of_question(lesson, each, language) for each in questions if each.drafts),
        ],
    )


def held_by(release: Release, groups: Iterable[PickGroup]) -> list[str]:
    """The picks of which the release holds something."""
    held = {
        row for name in ("revisions", "versions", "texts", "editions", "facts") for row in getattr(release, name).all()
    }
    return [pick.value for group in groups for pick in group.picks if held.intersection(pick.rows)]


def put_into(release: Release, groups: Iterable[PickGroup], chosen: Collection[str]) -> None:
    """The release holds the chosen picks and nothing else."""
    rows = [row for group in groups for pick in group.picks if pick.value in chosen for row in pick.rows]
    release.revisions.set(row for row in rows if isinstance(row, Revision))
    release.versions.set(row for row in rows if isinstance(row, QuestionVersion))
    release.texts.set(row for row in rows if isinstance(row, QuestionText))
    release.editions.set(row for row in rows if isinstance(row, CourseEdition))
    release.facts.set(row for row in rows if isinstance(row, LocalFactValue))


def _lessons_of(courses: Collection[str]) -> Sequence[Lesson]:
    """The lessons of these courses in their order, each once."""
    placed = Placement.objects.filter(edition__course__slug__in=courses).exclude(edition__state=State.SUPERSEDED)
    ordered: dict[int, Lesson] = {}
    for place in placed.select_related("lesson").order_by("edition__course__position", "edition", "position"):
        ordered.setdefault(place.lesson_id, place.lesson)
    return list(ordered.values())


def _of_text(lesson: Lesson, text: Standing) -> Pick:
    revision: Any = text.working
    return Pick(
        f"text-{revision.pk}",
        _("Text in %(language)s, draft %(number)s")
        % {"language": language_name(text.language), "number": revision.number},
        reverse("studio:lesson", kwargs={"lesson": lesson.slug}) + f"#{text.language}",
        (revision,),
    )


def _of_question(lesson: Lesson, standing: QuestionStanding, language: str) -> Pick:
    question = standing.question
    return Pick(
        f"question-{question.pk}",
        f"{question.key}: {Truncator(standing.stem(language)).chars(90)}",
        reverse("studio:question", kwargs={"lesson": lesson.slug, "key": question.key}),
        tuple(standing.drafts),
    )


def _of_edition(edition: CourseEdition) -> Pick:
    label = _("Order and rules, edition %(label)s") % {"label": edition.label}
    url = reverse("studio:edition", kwargs={"course": edition.course.slug})
    return Pick(f"edition-{edition.pk}", label, url, (edition,))
