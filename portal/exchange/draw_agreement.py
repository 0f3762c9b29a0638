"""Whether the rows of a draw name what there is, and ask for no more than the package's questions can give."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from lessons.models import Skill
from portal.exchange.documents import Document
from portal.exchange.faults import FaultList
from portal.exchange.folders import CourseFolder, LessonFolder, Package
from portal.exchange.schemas import DrawPart, QuestionPart, QuizRules
from quizzes.choosing import Candidate
from quizzes.draw_reasons import reasons_against_rows
from quizzes.kinds import KINDS

Having = Mapping[str, Collection[str]]
"""By what a row may name: the keys that a question has of it."""


@dataclass(frozen=True)
class Names:
    """What rows may name, and what is part of what."""

    topics: Collection[str]
    skills: Collection[str]
    parents: Mapping[str, str]

    @classmethod
    def of(cls, package: Package, topics: Collection[str], skills: Collection[str]) -> "Names":
        parents = dict(Skill.objects.exclude(parent=None).values_list("key", "parent__key"))
        for _authority, _document, _path, row in package.shared_rows("skills.yaml"):
            parents |= {part.key: row.key for part in row.parts}
        return cls(topics, skills, parents)


def check_final_rows(course: CourseFolder, names: Names, faults: FaultList) -> None:
    """Those of the course's final, whose pool are the questions of all its lessons."""
    if course.final is None:
        return
    modules = {name: module.key for module in course.course.content.modules for name in module.lessons}
    for profile in course.profiles:
        having = [
            has
            for name, folder in course.lessons.items()
            for has in _questions(
                folder, profile, names, lesson=folder.lesson.content.key, module=modules.get(name, "")
            )
        ]
        _check(course.final, having, names, faults)


def check_check_rows(folder: LessonFolder, names: Names, faults: FaultList) -> None:
    """Those of a lesson's check, whose pool are the questions beside it."""
    if folder.quiz is None:
        return
    for at, row in enumerate(folder.quiz.content.draw_rows):
        if row.lesson or row.module:
            message = _("A check asks about one lesson only. Take `lesson` and `module` away.")
            faults.add(folder.quiz.file, folder.quiz.line(("draw_rows", at)), message)
            return
    for profile in folder.profiles:
        _check(folder.quiz, list(_questions(folder, profile, names)), names, faults)


def _check(document: Document[Any], having: list[Having], names: Names, faults: FaultList) -> None:
    rules: QuizRules = document.content
    before = len(faults.found)
    for at, row in enumerate(rules.draw_rows):
        for name, key in _unknown(row, having, names):
            message = _("There is no %(name)s “%(key)s” to draw from. Correct it, or take it away.")
            line = document.line(("draw_rows", at, name))
            faults.add(document.file, line, message % {"name": name, "key": key})
    if len(faults.found) > before:
        return
    candidates = [
        Candidate(number, rows=tuple(at for at, row in enumerate(rules.draw_rows) if _meets(has, row)))
        for number, has in enumerate(having)
    ]
    asked = [(row.count, ", ".join(f"{name}: {key}" for name, key in row.wishes.items())) for row in rules.draw_rows]
    for reason in reasons_against_rows(rules.draw, asked, candidates):
        faults.add(document.file, document.line(("draw_rows",)), reason)


def _unknown(row: DrawPart, having: list[Having], names: Names) -> Iterable[tuple[str, str]]:
    known: dict[str, Collection[str]] = {"topic": names.topics, "skill": names.skills, "kind": KINDS}
    known |= {name: {key for has in having for key in has.get(name, ())} for name in ("lesson", "module", "pool")}
    return [(name, key) for name, key in row.wishes.items() if name in known and key not in known[name]]


def _meets(has: Having, row: DrawPart) -> bool:
    return all(key in has.get(name, ()) for name, key in row.wishes.items())


def _questions(folder: LessonFolder, profile: str, names: Names, **of_lesson: str) -> Iterable[Having]:
    for question in folder.asked_under(profile):
        yield _having(question, folder, names) | {name: {key} for name, key in of_lesson.items()}


def _having(question: QuestionPart, folder: LessonFolder, names: Names) -> dict[str, Collection[str]]:
    skills = set(question.skills)
    return {
        "topic": folder.lesson.content.topics,
        "skill": skills | {names.parents[key] for key in skills if key in names.parents},
        "difficulty": {str(question.difficulty or "")},
        "kind": {question.kind},
        "pool": {question.pool or ""},
    }
