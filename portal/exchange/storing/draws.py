"""The rows of a draw: what a package names by keys, as rows that name it by ids."""

from collections.abc import Mapping, Sequence
from typing import Any

from lessons.models import Lesson, Skill, Topic
from portal.exchange.schemas import DrawPart
from portal.exchange.storing.report import Outcome
from portal.exchange.storing.rows import References
from quizzes.models import DrawRow, Quiz

ByKey = {"topic": Topic, "skill": Skill, "lesson": Lesson}
NAMED = ("count", "topic_id", "skill_id", "difficulty", "kind", "lesson_id", "pool")
Row = tuple[tuple[Any, ...], str]
"""What `NAMED` names, in that order, and the key of the module."""


class DrawStore:
    """Reads and writes rows of draws; its keys are looked up once, when a package has such a row."""

    def __init__(self) -> None:
        self.references: dict[str, References] = {}

    def rows(self, parts: Sequence[DrawPart], authority: str) -> list[Row]:
        """The rows as they are stored."""
        return [self._row(part, authority) for part in parts]

    def _row(self, part: DrawPart, authority: str) -> Row:
        ids = {name: self._id(name, key, authority) for name in ByKey if (key := getattr(part, name))}
        said = (
            part.count,
            ids.get("topic"),
            ids.get("skill"),
            str(part.difficulty or ""),
            part.kind or "",
            ids.get("lesson"),
            part.pool or "",
        )
        return said, part.module or ""

    def _id(self, name: str, key: str, authority: str) -> int:
        if name not in self.references:
            self.references[name] = References(ByKey[name])
        return self.references[name].id(key, authority)


def rows_of(quiz: Quiz) -> list[Row]:
    """The rows that the quiz has."""
    rows = quiz.draw_rows.select_related("module")
    return [(tuple(getattr(row, name) for name in NAMED), row.module.key if row.module else "") for row in rows]


def put_rows(quiz: Quiz, wanted: Sequence[Row], modules: Mapping[str, int]) -> Outcome:
    """The quiz has these rows and no others; `modules` are the ids of those of its edition, by key."""
    if rows_of(quiz) == list(wanted):
        return Outcome.UNCHANGED
    quiz.draw_rows.all().delete()
    DrawRow.objects.bulk_create(
        DrawRow(quiz=quiz, position=at, module_id=modules.get(module), **dict(zip(NAMED, said, strict=True)))
        for at, (said, module) in enumerate(wanted, 1)
    )
    return Outcome.CHANGED
