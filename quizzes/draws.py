"""Which questions an attempt asks, and in what order."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

from django.db.models import QuerySet

from lessons.models import State
from quizzes.kinds import KINDS, kind_named
from quizzes.models import Attempt, AttemptItem, Learner, QuestionVersion, Quiz


@dataclass(frozen=True)
class Drawn:
    """One question of a draw: its version and the order of its options."""

    version: int
    option_order: list[str]


def new_seed() -> str:
    return secrets.token_hex(16)


def pool(quiz: Quiz) -> QuerySet[QuestionVersion]:
    """The published versions that a quiz may ask: its own list, or for a final the bank of its edition's lessons."""
    live = QuestionVersion.objects.filter(state=State.PUBLISHED, question__archived_at=None, kind__in=list(KINDS))
    if quiz.purpose == Quiz.Purpose.FINAL and not quiz.entries.exists():
        live = live.filter(question__lesson__placements__edition=quiz.edition_id)
    else:
        live = live.filter(question__entries__quiz=quiz)
    return live.select_related("question").order_by("question__position", "pk")


def asked_last(learner: Learner | None, quiz: Quiz) -> set[int]:
    """Questions (not versions) that the learner's latest attempt asked."""
    if learner is None:
        return set()
    latest = Attempt.objects.filter(learner=learner, quiz=quiz).order_by("-begun_at").values("pk")[:1]
    return set(AttemptItem.objects.filter(attempt__in=latest).values_list("version__question", flat=True))


def draw(quiz: Quiz, seed: str, avoid: Iterable[int] = ()) -> list[Drawn]:
    """The same draw for the same pool and seed; a final asks about every lesson, a retry first what it did not ask."""
    random = Random(seed)  # noqa: S311 - a draw is repeatable, not secret
    versions = list(pool(quiz))
    random.shuffle(versions)
    old = set(avoid)
    versions.sort(key=lambda version: version.question_id in old)
    count = min(quiz.draw or len(versions), len(versions))
    if quiz.purpose == Quiz.Purpose.FINAL:
        versions = _one_a_lesson_first(versions)
    chosen = versions[:count]
    random.shuffle(chosen)
    return [Drawn(version.pk, _order(version, random)) for version in chosen]


def _one_a_lesson_first(versions: list[QuestionVersion]) -> list[QuestionVersion]:
    first: dict[int | None, QuestionVersion] = {}
    for version in versions:
        first.setdefault(version.question.lesson_id, version)
    leaders = list(first.values())
    return leaders + [version for version in versions if version not in leaders]


def _order(version: QuestionVersion, random: Random) -> list[str]:
    kind = kind_named(version.kind)
    return kind.option_order(*kind.parse(version.structure, version.answer_key), random)
