"""The rows of a draw: what a package names by keys, as rows that name it by ids."""

from collections.abc import Mapping, Sequence

from lessons.models import Lesson, Skill, Topic
from portal.exchange.schemas import DrawPart
from portal.exchange.storing.report import Outcome
from portal.exchange.storing.rows import References
from quizzes.final_rules import Row, set_rows
from quizzes.models import Quiz

ByKey = {"topic": Topic, "skill": Skill, "lesson": Lesson}


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


def put_rows(quiz: Quiz, wanted: Sequence[Row], modules: Mapping[str, int]) -> Outcome:
    """The quiz has these rows and no others; `modules` are the ids of those of its edition, by key."""
    return Outcome.CHANGED if set_rows(quiz, wanted, modules) else Outcome.UNCHANGED
