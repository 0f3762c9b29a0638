"""Which questions an attempt asks, and in what order."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from django.db.models import Max, QuerySet

from lessons.models import State
from lessons.suspending import wholly_out_of_view
from quizzes.choosing import choose
from quizzes.draw_rows import candidates_of
from quizzes.kinds import KINDS, kind_named
from quizzes.models import AttemptItem, Learner, QuestionVersion, Quiz, as_one_quiz


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
    live = live.exclude(question__lesson__in=wholly_out_of_view().values("pk"))
    return live.select_related("question").order_by("question__position", "pk")


def still_asked(drawn: Sequence[Drawn]) -> list[Drawn]:
    """Of a draw of a while ago, what was not retired since; one query or none."""
    if not drawn:
        return []
    versions = QuestionVersion.objects.filter(pk__in=[item.version for item in drawn], question__archived_at=None)
    kept = set(versions.values_list("pk", flat=True))
    return [item for item in drawn if item.version in kept]


def last_asked(learner: Learner | None, quiz: Quiz) -> dict[int, datetime]:
    """When the learner was last asked each question (not version); all finals of a course count as one quiz."""
    if learner is None:
        return {}
    asked = AttemptItem.objects.filter(as_one_quiz(quiz, "attempt__quiz"), attempt__learner=learner).order_by()
    return dict(asked.values("version__question").annotate(last=Max("attempt__begun_at")).values_list(*_LAST))


_LAST = ("version__question", "last")


def draw(quiz: Quiz, seed: str, asked: Mapping[int, datetime] | None = None) -> list[Drawn]:
    """The same draw for the same pool and seed.

    What the learner never met comes first, then what they met longest ago (`asked` says when), so that nothing repeats
    before the pool is used up. Rows of the draw go before that, and in a final that every module and, as far as there
    is room, every lesson is there.
    """
    random = Random(seed)  # noqa: S311 - a draw is repeatable, not secret
    versions = list(pool(quiz))
    random.shuffle(versions)
    times = {question: at.timestamp() for question, at in (asked or {}).items()}
    versions.sort(key=lambda version: times.get(version.question_id, 0.0))
    chosen = _chosen(quiz, versions)
    random.shuffle(chosen)
    return [Drawn(version.pk, _order(version, random)) for version in chosen]


def _chosen(quiz: Quiz, versions: list[QuestionVersion]) -> list[QuestionVersion]:
    """As many as the quiz draws, of versions that stand in the order in which they are wanted."""
    if not quiz.draw or quiz.draw >= len(versions):
        return versions
    rows = list(quiz.draw_rows.all())
    found = choose(
        candidates_of(quiz, versions, rows),
        [row.count for row in rows],
        quiz.draw,
        spread=quiz.purpose == Quiz.Purpose.FINAL,
    )
    by_question = {version.question_id: version for version in versions}
    return [by_question[candidate.question] for candidate in found]


def _order(version: QuestionVersion, random: Random) -> list[str]:
    kind = kind_named(version.kind)
    return kind.option_order(*kind.parse(version.structure, version.answer_key), random)
