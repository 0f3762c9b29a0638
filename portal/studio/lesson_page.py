"""The page on which a lesson is written: a column a language, the pictures, the questions beside it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse

from lessons.markdown import MarkdownFault
from lessons.markdown.figures import Shown, shown_in
from lessons.measuring import Measure, measure
from lessons.models import Lesson, LessonText, Placement, Revision, State
from lessons.words import reader_language
from portal.studio.changes import changes_in
from portal.studio.comparison import Change
from portal.studio.drafts import Typed, Written, tidy
from portal.studio.focus import FocusForm
from portal.studio.forms import LessonTextForm
from portal.studio.lacks import Shown as ShownPicture
from portal.studio.lacks import lacks_of
from portal.studio.languages import InLanguage, direction, language_name, written_languages
from portal.studio.linting import Advice, advice_for, advice_for_check
from portal.studio.models import Release
from portal.studio.narration.shown import narration_lines
from portal.studio.overview import states_of, title_of
from portal.studio.picture_lines import picture_lines
from portal.studio.pictures.forms import PictureForm
from portal.studio.question_standing import QuestionStanding, question_standings
from portal.studio.releases import UNDER_WAY
from portal.studio.rendering import rendered
from portal.studio.standing import Standing, is_stale, standings_of
from portal.studio.writing.finder import fact_choices
from quizzes.kinds import KINDS
from quizzes.models import Question


@dataclass(frozen=True)
class FaultLine:
    """A fault of the Markdown with the line it is on, as its author wrote it."""

    fault: MarkdownFault
    text: str


@dataclass(frozen=True)
class Column(InLanguage):
    """One language of the lesson."""

    form: LessonTextForm
    standing: Standing
    states: tuple[str, ...]
    faults: list[FaultLine]
    measure: Measure

    @property
    def language(self) -> str:
        return self.standing.language


@dataclass(frozen=True)
class QuestionLine:
    question: Question
    key: str
    stem: str
    kind: str
    critical: bool
    states: tuple[str, ...]
    url: str
    advice: list[Advice]


def languages_of(lesson: Lesson) -> list[str]:
    """The portal's languages, and any other that the lesson has a text in."""
    written = written_languages()
    others = LessonText.objects.filter(lesson=lesson).exclude(language__in=written).order_by("language")
    return [*written, *others.values_list("language", flat=True)]


def text_forms(lesson: Lesson, data: Any = None, typed: Mapping[str, Typed] | None = None) -> dict[str, LessonTextForm]:
    """A form for each language, filled with what is kept, or with what is `typed` already, or bound to `data`."""
    texts = standings_of(lesson, languages_of(lesson))
    return {
        language: LessonTextForm(
            data, standing=text, stale=_stale(lesson, texts, text), typed=(typed or {}).get(language)
        )
        for language, text in texts.items()
    }


def focus_forms(forms: Mapping[str, LessonTextForm], data: Any) -> list[FocusForm]:
    """The form of each picture's focus, bound to `data`."""
    current = [form.standing.current for form in forms.values()]
    return [line.form for line in picture_lines([revision for revision in current if revision], data)]


def forms_again(lesson: Lesson, typed: Mapping[str, Written]) -> dict[str, LessonTextForm]:
    """Forms with what was typed, begun from what is kept now: sent once more, they are saved."""
    return text_forms(lesson, typed={language: Typed(written, "") for language, written in typed.items()})


def _stale(lesson: Lesson, texts: Mapping[str, Standing], text: Standing) -> bool:
    return is_stale(text, texts.get(lesson.source_language, Standing(lesson.source_language)))


def page(lesson: Lesson, forms: Mapping[str, LessonTextForm], picture: PictureForm, data: Any = None) -> dict[str, Any]:
    """What the template shows; the forms of the pictures' focus are bound to `data` where it is given."""
    texts = {language: form.standing for language, form in forms.items()}
    source = texts.get(lesson.source_language, Standing(lesson.source_language))
    revisions = [text.current for text in texts.values() if text.current]
    pictures = shown_in(revisions)
    lines = picture_lines(revisions, data)
    language = reader_language()
    questions = _questions_of(lesson)
    drawn = [ShownPicture(line.name, line.media) for line in lines]
    asked = [*forms.values(), *(line.form for line in lines), picture, *([picture.credit] if picture.credit else [])]
    return {
        "lesson": lesson,
        "title": title_of(texts, language, lesson.key),
        "columns": [
            Column(
                form,
                form.standing,
                states_of(form.standing, source),
                _faults(form.standing.current, pictures),
                measure(tidy(form["markdown"].value() or ""), form.standing.language, lesson.minutes),
            )
            for form in forms.values()
        ],
        "picture_form": picture,
        "to_mend": [form for form in asked if form.is_bound and form.errors],
        "pictures": lines,
        "narrations": narration_lines(lesson, texts),
        "facts": fact_choices(language),
        "questions": [_question_line(lesson, standing, language) for standing in questions],
        "advice": advice_for_check(questions),
        "release": release_holding([text.working for text in texts.values() if text.in_review and text.working]),
        "kinds": [(name, kind.called) for name, kind in KINDS.items()],
        "writable": not all(text.in_review for text in texts.values()),
        "has_draft": any(text.is_draft for text in texts.values()),
        "sends": any(text.is_draft for text in texts.values()) or any(each.drafts for each in questions),
        "lacks": list(lacks_of(lesson, texts, questions, drawn, placed=_is_placed(lesson))),
    }


def _is_placed(lesson: Lesson) -> bool:
    """Whether a course that is read or in work has the lesson. One query."""
    return Placement.objects.filter(lesson=lesson).exclude(edition__state=State.SUPERSEDED).exists()


def _faults(revision: Revision | None, pictures: Mapping[int, Mapping[str, Shown]]) -> list[FaultLine]:
    """What is wrong with a text that is not published; nothing is said of an empty one."""
    if revision is None or revision.published_at or not revision.markdown.strip():
        return []
    _html, faults = rendered(revision, pictures.get(revision.pk, {}))
    return fault_lines(Written.of(revision).markdown, faults)


def fault_lines(markdown: str, faults: Iterable[MarkdownFault]) -> list[FaultLine]:
    """The faults with their lines, for `studio/faults.html`."""
    lines = markdown.split("\n")
    return [FaultLine(fault, lines[fault.line - 1][:120] if fault.line <= len(lines) else "") for fault in faults]


def clashes(
    forms: Mapping[str, LessonTextForm], typed: Mapping[str, Written], languages: list[str]
) -> list[tuple[str, str, list[Change]]]:
    """(name, direction, changes) for each of these languages: how what was typed differs from what is kept now."""
    return [
        (
            language_name(language),
            direction(language),
            changes_in(Written.of(forms[language].standing.current), typed[language]),
        )
        for language in languages
    ]


def _questions_of(lesson: Lesson) -> list[QuestionStanding]:
    """The lesson's questions in their order. Three queries."""
    found = question_standings(Question.objects.filter(lesson=lesson, archived_at=None))
    return [standing for standing in found if standing.current]


def _question_line(lesson: Lesson, standing: QuestionStanding, language: str) -> QuestionLine:
    version = standing.current
    return QuestionLine(
        standing.question,
        standing.question.key,
        standing.stem(language),
        version.get_kind_display() if version else "",
        version.critical if version else False,
        standing.states,
        reverse("studio:question", kwargs={"lesson": lesson.slug, "key": standing.question.key}),
        advice_for(standing),
    )


def release_holding(rows: list[Any]) -> Release | None:
    """The release under review that holds these revisions, versions or texts; None where there is none. One query."""
    if not rows:
        return None
    names = {"revision": "revisions", "questionversion": "versions", "questiontext": "texts"}
    holds = Q()
    for row in rows:
        holds |= Q(**{names[row._meta.model_name]: row.pk})
    found = Release.objects.filter(holds, state__in=UNDER_WAY).select_related("author").distinct()
    return found.first()
