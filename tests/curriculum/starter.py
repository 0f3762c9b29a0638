"""The starter curriculum as its files have it, read once and without a database."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from lessons.markdown.tree import Node, parse
from portal.exchange.agreement import Anything, Known
from portal.exchange.content import content_of
from portal.exchange.faults import FaultList
from portal.exchange.folders import Package
from portal.exchange.schemas import QuestionPart
from portal.exchange.survey import CourseSurvey, LessonSurvey, opened, survey
from quizzes.kinds import kind_named
from quizzes.kinds.base import Kind

LANGUAGES = ("ar", "en")
MEDICAL = {"FA", "LS"}


@dataclass(frozen=True)
class Question:
    """A question with its parts parsed by its kind, and its words in each language."""

    lesson: LessonSurvey
    part: QuestionPart
    kind: Kind[Any, Any, Any]
    structure: Any
    answer_key: Any
    words: dict[str, Any]

    def __str__(self) -> str:
        return self.part.key


@cache
def package() -> Package:
    return opened()


@cache
def courses() -> list[CourseSurvey]:
    return survey(package())


@cache
def lessons() -> list[LessonSurvey]:
    """Every lesson, each followed by its variants for other profiles."""
    written = [lesson for course in courses() for lesson in course.lessons]
    return [each for lesson in written for each in (lesson, *lesson.variants)]


@cache
def questions() -> list[Question]:
    """Every question of every lesson."""
    return [question for lesson in lessons() for question in _questions(lesson)]


def _questions(lesson: LessonSurvey) -> Iterator[Question]:
    faults = FaultList()
    anything = Anything()
    content = content_of(lesson.folder, Known(*[anything] * 6), faults)
    faults.refuse()
    for question in content.questions:
        kind = kind_named(question.part.kind)
        structure, key = kind.parse(question.structure, question.answer_key)
        words = {language: kind.parse_words(said, structure, key) for language, said in question.words.items()}
        yield Question(lesson, question.part, kind, structure, key, words)


def shared_rows(name: str) -> list[Any]:
    """The rows of every file of that name, `skills.yaml`."""
    return [row for _authority, _document, _path, row in package().shared_rows(name)]


@cache
def tree(lesson: LessonSurvey, language: str) -> Node:
    """The lesson's text in that language, parsed."""
    return parse(lesson.folder.texts[language].markdown)


def texts_of(question: Question, language: str) -> Iterator[tuple[str, str]]:
    """Each text of a question with its place in it: `stem`, `options.ice`, `feedback.low`."""
    yield from texts_in(question.words[language].model_dump(mode="json", exclude_none=True))


def texts_in(said: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Each text of words that are dumped, with its place in them."""
    if isinstance(said, dict | list):
        for name, inner in said.items() if isinstance(said, dict) else enumerate(said):
            yield from texts_in(inner, f"{place}.{name}".lstrip("."))
    else:
        yield place, str(said)


def shown_in(lesson: LessonSurvey) -> set[str]:
    """Names of the pictures that the lesson or one of its questions shows."""
    nodes = (node for language in LANGUAGES for node in tree(lesson, language).walk())
    asked = {str(question.of_its_kind.get("picture", "")) for question in lesson.questions}
    return asked | {str(node.attrs["src"]) for node in nodes if node.type == "image"}
