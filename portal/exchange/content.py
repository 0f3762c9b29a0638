"""Texts and questions of a package made ready: rendered, and checked by the kinds."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import PurePath
from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError

from lessons.markdown import MarkdownFaults, Rendered, render
from lessons.markdown.figures import Shown
from lessons.models import Media
from lessons.picture_files import Picture
from portal.exchange.agreement import Known
from portal.exchange.documents import Document, report
from portal.exchange.faults import FaultList
from portal.exchange.folders import LessonFolder, LessonWords
from portal.exchange.schemas import QuestionPart
from portal.exchange.yaml_text import Path, Yaml
from quizzes.kinds import KINDS
from quizzes.kinds.base import Kind


@dataclass(frozen=True)
class QuestionContent:
    """A question in the shapes in which versions and texts store it."""

    part: QuestionPart
    structure: dict[str, Any]
    answer_key: dict[str, Any]
    words: dict[str, dict[str, Any]]
    # Pictures that it shows, by the fields that name them.
    pictures: dict[str, Picture]


@dataclass(frozen=True)
class LessonContent:
    """A lesson ready to be stored: rendered words by language, and questions in order."""

    folder: LessonFolder
    rendered: dict[str, Rendered]
    questions: list[QuestionContent]


def content_of(folder: LessonFolder, known: Known, faults: FaultList) -> LessonContent:
    """The lesson's texts rendered and its questions checked; what is wrong goes to `faults`."""
    pictures = {name: Shown(unsaved(picture)) for name, picture in folder.figures.items()}
    rendered = {}
    for language, words in folder.texts.items():
        if text := _rendered(words, pictures, language, known, faults):
            rendered[language] = text
    quiz = folder.quiz
    questions = [_question(folder, at, faults) for at in range(len(quiz.content.questions))] if quiz else []
    return LessonContent(folder, rendered, [question for question in questions if question])


def unsaved(picture: Picture) -> Media:
    """The row that the picture will have."""
    return Media(sha256=picture.sha256, file=picture.path, width=picture.width, height=picture.height)


def _rendered(
    words: LessonWords, pictures: Mapping[str, Shown], language: str, known: Known, faults: FaultList
) -> Rendered | None:
    file, before = words.head.file, words.first_line - 1
    try:
        text = render(words.markdown, pictures, language=language)
    except MarkdownFaults as found:
        for fault in found.faults:
            faults.add(file, before + fault.line, fault.message)
        return None
    for key in sorted(key for key in text.facts if key not in known.facts):
        message = _("There is no local fact “%(key)s”. Add it to local-facts.yaml, or correct its name.")
        faults.add(file, before + _line_with(words.markdown, f"{{fact:{key}}}"), message % {"key": key})
    for key in sorted(key for key in text.lessons if key not in known.lessons):
        message = _("There is no lesson “%(key)s” to link to. Correct the key.")
        faults.add(file, before + _line_with(words.markdown, f"lesson:{key}"), message % {"key": key})
    return text


def _line_with(markdown: str, words: str) -> int:
    return markdown[: max(markdown.find(words), 0)].count("\n") + 1


def _question(folder: LessonFolder, at: int, faults: FaultList) -> QuestionContent | None:
    quiz: Any = folder.quiz
    part, path = quiz.content.questions[at], ("questions", at)
    kind = KINDS.get(part.kind)
    if kind is None:
        message = _("Questions of the kind “%(kind)s” cannot be read yet. Choose one of: %(kinds)s.")
        details = {"kind": part.kind, "kinds": ", ".join(KINDS)}
        faults.add(quiz.file, quiz.line((*path, "kind")), message % details)
        return None
    shown = _pictures(folder, kind, at, faults)
    if shown is None:
        return None
    given = part.of_its_kind
    given |= {name: _kept(picture) for name, picture in shown.items()}
    # What nothing knows goes with the structure, which refuses it by its name.
    structure = _plain({name: value for name, value in given.items() if name not in kind.key.model_fields})
    answer_key = _plain({name: value for name, value in given.items() if name in kind.key.model_fields})
    parsed = _read(quiz, path, partial(kind.parse, structure, answer_key), faults)
    if parsed is None:
        return None
    words = {}
    for language, said in part.texts.items():
        text = _read(quiz, (*path, "texts", language), partial(kind.parse_words, said, *parsed), faults)
        if text is not None:
            words[language] = text.model_dump(mode="json", exclude_none=True)
    return QuestionContent(part, structure, answer_key, words, shown)


def _pictures(folder: LessonFolder, kind: Kind[Any, Any, Any], at: int, faults: FaultList) -> dict[str, Picture] | None:
    """The pictures that the question names, by their fields; None where one is not there or cannot be read."""
    quiz: Any = folder.quiz
    given, found = quiz.content.questions[at].of_its_kind, {}
    for field in [name for name in kind.picture_fields() if name in given]:
        picture = folder.figures.get(str(given[field]))
        if picture is None:
            message = _("There is no picture “%(name)s” in this lesson's folder. Put it there, or correct its name.")
            faults.add(quiz.file, quiz.line(("questions", at, field)), message % {"name": given[field]})
        if picture is None or not picture.data:
            return None
        found[field] = picture
    return found


def _kept(picture: Picture) -> dict[str, Any]:
    """A picture as a question's structure has it."""
    return {"file": PurePath(picture.path).name, "width": picture.width, "height": picture.height}


def _read(quiz: Document[Any], path: Path, read: Callable[[], Any], faults: FaultList) -> Any:
    """What the kind makes of a part of the question; None, with faults, where it refuses it."""
    try:
        return read()
    except ValueError as error:
        _explain(quiz, path, error, faults)
        return None


def _plain(data: dict[str, Any]) -> dict[str, Any]:
    """As it will come back from the database, so that it can be compared."""
    plain: dict[str, Any] = json.loads(json.dumps(data, default=str))
    return plain


def _explain(quiz: Document[Any], path: Path, error: ValueError, faults: FaultList) -> None:
    """What a kind refuses, at the field that it names first."""
    if isinstance(error, ValidationError):
        report(quiz.file, Yaml(None, quiz.lines), error, faults, path)
        return
    field = str(error).split(":", 1)[0].split(" ", 1)[0]
    message = _("%(problem)s. Correct it here.")
    faults.add(quiz.file, quiz.line((*path, field)), message % {"problem": error})
