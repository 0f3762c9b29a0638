"""Lessons and the revisions of their texts."""

from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from typing import Any

from django.db.models import Max

from lessons.markdown import Rendered
from lessons.models import (
    RELEASED,
    Lesson,
    LessonText,
    Revision,
    RevisionMedia,
    RevisionSource,
    Skill,
    Source,
    Topic,
)
from lessons.pictures import media_of
from portal.exchange.content import LessonContent
from portal.exchange.folders import CourseFolder
from portal.exchange.schemas.parts import Citation
from portal.exchange.storing.drafts import LIVE_OR_OURS, Drafts, same_as
from portal.exchange.storing.report import Outcome, Report
from portal.exchange.storing.rows import References, Shelf, set_links
from portal.exchange.voices import give_voice, told_of

Point = tuple[int | None, int | None]
NO_POINT: Point = (None, None)
Cited = tuple[int, str, str]
"""A source, what is said of it, and in which language that is where it is not the text's."""
Placed = Sequence[tuple[CourseFolder, LessonContent]]


class LessonStore:
    """Writes the lessons of a package; `rows` holds them by their place in it afterwards."""

    def __init__(self, placed: Placed, drafts: Drafts, report: Report) -> None:
        self.placed, self.drafts, self.report = placed, drafts, report
        self.shelf = Shelf(Lesson, [content.folder.lesson.content.key for _course, content in placed])
        self.topics, self.skills, self.sources = References(Topic), References(Skill), References(Source)
        self.rows: dict[str, Lesson] = {}
        lessons = [row.pk for row in self.shelf.rows.values()]
        self.texts = {(text.lesson_id, text.language): text for text in LessonText.objects.filter(lesson__in=lessons)}
        of_these = Revision.objects.filter(text__lesson__in=lessons)
        self.newest = dict(of_these.order_by().values_list("text").annotate(Max("number")))
        self.standing: dict[int, list[Revision]] = defaultdict(list)
        for revision in (
            of_these.filter(LIVE_OR_OURS)
            .select_related("text", "narration__recording")
            .prefetch_related("citations", "pictures__media")
        ):
            self.standing[revision.text_id].append(revision)

    def store(self) -> None:
        for course, content in self.placed:
            self.rows[content.folder.place] = self._lesson(course, content)
            self._texts(course, content)

    def _lesson(self, course: CourseFolder, content: LessonContent) -> Lesson:
        document, authority = content.folder.lesson, course.course.content.authority
        part = document.content
        lesson, outcome = self.shelf.put(
            (authority, part.key), slug=part.slug, minutes=part.minutes, source_language=part.source_language
        )
        links = (
            set_links(lesson.topics, self.topics.all(part.topics, authority)),
            set_links(lesson.skills, self.skills.all(part.skills, authority)),
        )
        self.report.note(document.file, max(outcome, *links))
        return lesson

    def _texts(self, course: CourseFolder, content: LessonContent) -> None:
        """The source language first: a translation remembers the revision it was made from."""
        part, authority = content.folder.lesson.content, course.course.content.authority
        source = None
        for language in sorted(content.rendered, key=lambda language: (language != part.source_language, language)):
            cited = [
                (self.sources.id(citation.key, authority), *_noted(citation, language, part.source_language))
                for citation in part.sources
            ]
            revision = self._revision(content, language, cited, source)
            source = source or revision

    def _revision(self, content: LessonContent, language: str, cited: list[Cited], source: Revision | None) -> Revision:
        text = self._text(self.rows[content.folder.place], language)
        fields, shown = _fields(content, language), _shown(content, content.rendered[language])
        file = content.folder.texts[language].head.file
        voice, focus = content.folder.voices.get(language), _focus(content)
        told = (*fields.values(), cited, shown, voice.told if voice else None)
        ours = [row for row in self.standing[text.pk] if row.profile == content.folder.profile]
        revision: Revision | None = same_as(
            ours, lambda row: _told(row, list(fields), focus, heard=bool(voice)) == told
        )
        if revision is None:
            number = self.newest.get(text.pk, 0) + 1
            self.newest[text.pk] = number
            revision = Revision.objects.create(text=text, number=number, made_from=source, **fields)
            former = ours or self.standing[text.pk]
            kept = {row.name: _point(row) for each in former for row in each.pictures.all()}
            _add_parts(revision, content, cited, content.rendered[language], kept | focus)
            give_voice(revision, voice, ours)
            self.report.note(file, Outcome.CREATED if number == 1 else Outcome.CHANGED)
        else:
            self.report.note(file, Outcome.UNCHANGED)
        if revision.state not in RELEASED:
            self.drafts.add(revision, file)
        return revision

    def _text(self, lesson: Lesson, language: str) -> LessonText:
        if (lesson.pk, language) not in self.texts:
            self.texts[lesson.pk, language] = LessonText.objects.create(lesson=lesson, language=language)
        return self.texts[lesson.pk, language]


def _noted(citation: Citation, language: str, source_language: str) -> tuple[str, str]:
    note, spoken = citation.note_in(language, source_language)
    return note, "" if spoken == language else spoken


def _fields(content: LessonContent, language: str) -> dict[str, Any]:
    words, review = content.folder.texts[language], content.folder.lesson.content.review
    return {
        **words.head.content.model_dump(),
        "profile": content.folder.profile,
        "markdown": words.markdown,
        "expert": review.by or "",
        "expert_on": review.at,
        "expert_title": review.title or "",
        "review_due": review.due,
    }


def _shown(content: LessonContent, rendered: Rendered) -> list[tuple[Any, ...]]:
    """(name, hash, alternative text, caption, whether decorative, focus) of each picture, in order."""
    figures, focus = content.folder.figures, _focus(content)
    return [
        (use.name, figures[use.name].sha256, use.alt, use.caption, use.decorative, focus.get(use.name))
        for use in _each_once(rendered)
    ]


def _focus(content: LessonContent) -> dict[str, Point]:
    """By the names of the pictures, of those of which the package says it."""
    figures = content.folder.lesson.content.figures
    return {name: figure.focus for name, figure in figures.items() if figure.focus}


def _told(revision: Revision, fields: list[str], focus: Container[str], *, heard: bool) -> tuple[Any, ...]:
    """Everything that a reader of the revision is told, in the form in which a package says it.

    `focus`: the pictures of which the package says the focus; that of any other stays as the studio has set it, and so
    does a voice where the package has none (`heard`).
    """
    cited = [(row.source_id, row.note, row.note_language) for row in revision.citations.all()]
    shown = [
        (row.name, row.media.sha256, row.alt, row.caption, row.decorative, _point(row) if row.name in focus else None)
        for row in revision.pictures.all()
    ]
    return (*(getattr(revision, name) for name in fields), cited, shown, told_of(revision) if heard else None)


def _point(row: RevisionMedia) -> Point:
    return row.focus_x, row.focus_y


def _each_once(rendered: Rendered) -> list[Any]:
    """A picture that is shown twice is kept once, with the words that stand beside it last."""
    return list({use.name: use for use in rendered.pictures}.values())


def _add_parts(
    revision: Revision,
    content: LessonContent,
    cited: list[Cited],
    rendered: Rendered,
    focus: Mapping[str, Point],
) -> None:
    RevisionSource.objects.bulk_create(
        RevisionSource(revision=revision, source_id=source, note=note, note_language=spoken, position=at)
        for at, (source, note, spoken) in enumerate(cited)
    )
    RevisionMedia.objects.bulk_create(
        RevisionMedia(
            revision=revision,
            media=media_of(content.folder.figures[use.name], use.name.rsplit("/", 1)[-1]),
            name=use.name,
            alt=use.alt,
            caption=use.caption,
            decorative=use.decorative,
            focus_x=focus.get(use.name, NO_POINT)[0],
            focus_y=focus.get(use.name, NO_POINT)[1],
            position=at,
        )
        for at, use in enumerate(_each_once(rendered))
    )
