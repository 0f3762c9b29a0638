"""How sure a learner was, beside how often they were right. It helps them learn, and never counts towards a pass."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery

from lessons.catalogue import LessonLine, Outline
from quizzes.models import AttemptItem, Learner, Quiz, Response

Confidence = Response.Confidence
ORDER = (Confidence.SURE, Confidence.UNSURE, Confidence.GUESS)


@dataclass(frozen=True)
class Level:
    """Of the questions answered so, how many were fully right."""

    name: str
    right: int
    total: int


@dataclass(frozen=True)
class SureAndWrong:
    """A question that one was sure of and wrong about, with its lesson, if that is still in the course."""

    step: int
    stem: str
    lesson: LessonLine | None


@dataclass(frozen=True)
class Calibration:
    """The levels that were used, surest first; what was sure and wrong is to be mended first."""

    levels: list[Level]
    sure_and_wrong: list[SureAndWrong] = field(default_factory=list)


def levels_of(said: Iterable[tuple[str, bool]]) -> list[Level]:
    """The levels that were used, from (confidence, whether it was right); answers without a confidence do not count."""
    every = list(said)
    counted = {name: [right for level, right in every if level == name] for name in ORDER}
    return [Level(name.value, sum(rights), len(rights)) for name, rights in counted.items() if rights]


def calibration(
    items: Iterable[AttemptItem], said: Mapping[int, str], stems: Mapping[int, str], path: Outline | None
) -> Calibration | None:
    """Of an attempt: `said` is the confidence and `stems` the question by item id; None where nobody said how sure."""
    every = [item for item in items if said.get(item.pk)]
    if not every:
        return None
    lessons = {line.id: line for line in path.lessons} if path else {}
    wrong = [item for item in every if said[item.pk] == Confidence.SURE and item.fraction != 1]
    named = [
        SureAndWrong(item.step, stems.get(item.pk, ""), lessons.get(item.version.question.lesson_id or 0))
        for item in wrong
    ]
    return Calibration(levels_of((said[item.pk], item.fraction == 1) for item in every), named)


def levels_over_all(learner: Learner) -> list[Level]:
    """The same over every answer whose key the learner has seen; one query."""
    last = Response.objects.filter(item=OuterRef("pk")).order_by("-sequence").values("confidence")[:1]
    shown = Q(attempt__rules__feedback__in=[Quiz.Feedback.AT_ONCE, Quiz.Feedback.AT_END], closed_at__isnull=False)
    rows: Any = (
        AttemptItem.objects.filter(shown, attempt__learner=learner, attempt__rules__confidence=True)
        .annotate(said=Subquery(last))
        .exclude(Q(said=None) | Q(said=""))
        .order_by()
        .values_list("said")
        .annotate(total=Count("pk"), right=Count("pk", filter=Q(fraction=1)))
    )
    found = {said: Level(said, right, total) for said, total, right in rows}
    return [found[name] for name in ORDER if name in found]
