"""The rules of a final and the rows of its draw, as they are read, compared, written and taken over."""

from collections.abc import Mapping, Sequence
from typing import Any

from lessons.models import CourseEdition
from quizzes.models import DrawRow, Quiz, QuizQuestion

RULES = (
    "pass_mark",
    "draw",
    "time_limit",
    "time_essential",
    "attempt_limit",
    "cooldown",
    "feedback",
    "due_at",
    "confidence",
)
NAMED = ("count", "topic_id", "skill_id", "difficulty", "kind", "lesson_id", "pool")
Row = tuple[tuple[Any, ...], str]
"""What `NAMED` names, in that order, and the key of the module."""


def final_of(edition: CourseEdition) -> Quiz | None:
    return Quiz.objects.filter(edition=edition).first()


def rules_of(quiz: Quiz) -> tuple[Any, ...]:
    """What `RULES` names, in that order."""
    return tuple(getattr(quiz, name) for name in RULES)


def rows_of(quiz: Quiz) -> list[Row]:
    """The rows that the quiz draws by."""
    rows = DrawRow.objects.filter(quiz=quiz).select_related("module")
    return [(tuple(getattr(row, name) for name in NAMED), row.module.key if row.module else "") for row in rows]


def set_rows(quiz: Quiz, wanted: Sequence[Row], modules: Mapping[str, int]) -> bool:
    """The quiz has these rows and no others, which may change nothing; `modules` are ids of its edition's, by key."""
    if rows_of(quiz) == list(wanted):
        return False
    quiz.draw_rows.all().delete()
    DrawRow.objects.bulk_create(
        DrawRow(quiz=quiz, position=at, module_id=modules.get(module), **dict(zip(NAMED, said, strict=True)))
        for at, (said, module) in enumerate(wanted, 1)
    )
    return True


def make_final(edition: CourseEdition, rules: Sequence[Any], rows: Sequence[Row], modules: Mapping[str, int]) -> Quiz:
    """The edition's final, which it has not yet; `rules` are those of `RULES`."""
    final = Quiz.objects.create(purpose=Quiz.Purpose.FINAL, edition=edition, **dict(zip(RULES, rules, strict=True)))
    set_rows(final, rows, modules)
    return final


def take_over_final(before: CourseEdition, edition: CourseEdition, modules: Mapping[str, int]) -> None:
    """The new edition's final is the former one's: its rules, its rows, and its questions where it lists any."""
    former = final_of(before)
    if former is None:
        return
    final = make_final(edition, rules_of(former), rows_of(former), modules)
    QuizQuestion.objects.bulk_create(
        QuizQuestion(quiz=final, question_id=one.question_id, pool=one.pool, points=one.points, position=one.position)
        for one in former.entries.all()
    )
