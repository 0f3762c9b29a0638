"""A lesson as a citizen would see it if its drafts were published now."""

from copy import copy
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lessons import sirens, worksheets
from lessons.catalogue import LessonLine, Outline, lesson_url, outline_of_edition
from lessons.credits import credit_lines
from lessons.markdown import MarkdownFault
from lessons.markdown.figures import Shown, shown_by_name, shown_in
from lessons.models import Lesson, LessonText, Placement, Revision, RevisionMedia, State
from lessons.narrations import has_moved_on, narration_of, view_of
from lessons.reading import LessonPage, SourceView, text_to_read
from lessons.words import preferring
from portal.studio.drafts import Written
from portal.studio.languages import written_languages
from portal.studio.rendering import rendered
from portal.studio.standing import STANDING, Standing, standings_of


@dataclass(frozen=True)
class Preview:
    """`faults` say why the text cannot be shown yet."""

    revision: Revision
    page: LessonPage
    faults: list[MarkdownFault]


def preview_of(lesson: Lesson, language: str) -> Preview | None:
    """The draft in that language, else what is published, else the source language; None where nothing is written."""
    texts = standings_of(lesson, written_languages())
    chosen = [texts.get(code) for code in (language, lesson.source_language, *texts)]
    revision = next((text.current for text in chosen if text and text.current), None)
    if revision is None:
        return None
    html, faults = rendered(revision, shown_in([revision])[revision.pk])
    return Preview(revision, _page(lesson, revision, html, language), faults)


def preview_of_typed(lesson: Lesson, standing: Standing, written: Written, instead: Written | None = None) -> Preview:
    """What is being typed in one language, with the sources and dates of what is kept; the faults of it, if any.

    `instead`: the words to show while there are faults.
    """
    revision = copy(standing.current) or Revision(text=LessonText(lesson=lesson, language=standing.language))
    pictures = _pictures_of_lesson(lesson)
    html, faults = rendered(_saying(revision, written), pictures)
    if faults and instead:
        html, _none = rendered(_saying(revision, instead), pictures)
    return Preview(revision, _page(lesson, revision, html, standing.language), faults)


def _saying(revision: Revision, written: Written) -> Revision:
    for name, value in asdict(written).items():
        setattr(revision, name, value)
    return revision


def _pictures_of_lesson(lesson: Lesson) -> dict[str, Shown]:
    """What a draft may show: whatever any language of the lesson has. Two queries."""
    uses = RevisionMedia.objects.filter(revision__text__lesson=lesson, revision__state__in=STANDING)
    return shown_by_name(uses)


def _page(lesson: Lesson, revision: Revision, html: str, language: str) -> LessonPage:
    spoken = revision.text.language
    text, tips = text_to_read(html, spoken)
    narration = narration_of(revision)
    return LessonPage(
        id=lesson.pk,
        title=revision.title,
        summary=revision.summary,
        objective=revision.objective,
        minutes=lesson.minutes,
        html=sirens.shown(worksheets.blank(text)),
        profile=revision.get_profile_display(),
        tips=tips,
        credits=credit_lines(revision.pk, html) if revision.pk else (),
        sources=_sources(revision),
        expert=revision.expert,
        expert_on=revision.expert_on,
        review_due=revision.review_due,
        published_on=timezone.localdate(revision.published_at) if revision.published_at else timezone.localdate(),
        language=spoken,
        translated=spoken == language,
        narration=view_of(narration, words_changed=bool(narration and has_moved_on(narration, revision))),
    )


def _sources(revision: Revision) -> tuple[SourceView, ...]:
    rows = revision.citations.select_related("source") if revision.pk else ()
    return tuple(
        SourceView(
            row.source.title,
            row.source.publisher,
            row.source.year,
            row.source.url,
            row.note,
            row.note_language or revision.text.language,
        )
        for row in rows
    )


def surroundings(lesson: Lesson, title: str, language: str) -> dict[str, Any]:
    """What the lesson's page shows around the text: its course, its place in it, its neighbours."""
    path, line = _path(lesson, title, language)
    lines = path.lessons
    at = line.number - 1
    return {
        "course": path,
        "line": line,
        "module": {"title": line.module},
        "outline": [replace(other, current=other is line) for other in lines],
        "previous": lines[at - 1] if 0 < at < len(lines) else None,
        "following": lines[at + 1] if at + 1 < len(lines) else None,
    }


def _path(lesson: Lesson, title: str, language: str) -> tuple[Outline, LessonLine]:
    """The course around the lesson, and its line; one made up where no reader can find the lesson yet."""
    place: Any = (
        Placement.objects.filter(~Q(edition__state=State.SUPERSEDED), lesson=lesson)
        .select_related("edition__course")
        .order_by(preferring(State.PUBLISHED, "edition__state"), "pk")
        .first()
    )
    path = outline_of_edition(place.edition_id, language) if place else None
    line = path.line(lesson.slug) if path else None
    if path and line:
        return path, line
    course = place.edition.course.slug if place else lesson.slug
    url = path.url if path else reverse("studio:home")
    number = len(path.lessons) + 1 if path else 1
    made = LessonLine(
        lesson.pk, number, title, lesson.minutes, lesson_url(course, lesson.slug), "", lesson.key, lesson.slug
    )
    known = path.lessons if path else ()
    return Outline(0, 0, course, path.title if path else _("No course yet"), url, (*known, made)), made
