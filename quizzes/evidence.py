"""What a learner answered the last time each question was asked: all that is known of what they know."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F, OuterRef, Subquery, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from lessons.models import State
from quizzes.models import AttemptItem, Learner, QuestionVersion


@dataclass(frozen=True)
class Shown:
    """The latest answer to one question: the share it earned, and the day."""

    question_id: int
    lesson_id: int | None
    has_check: bool
    critical: bool
    share: Decimal
    on: date

    @property
    def right(self) -> bool:
        return self.share == 1


def last_shown(learner: Learner) -> dict[int, Shown]:
    """The latest answer by question id, of questions that are still asked; one query, one row a question.

    An answer counts once its feedback was due. A question left without an answer shows nothing.
    """
    asked = QuestionVersion.objects.filter(
        question=OuterRef("version__question"), state=State.PUBLISHED, question__archived_at=None
    )
    newest_first = [F("closed_at").desc(), F("pk").desc()]
    rows = (
        AttemptItem.objects.filter(attempt__learner=learner, fraction__isnull=False, closed_at__isnull=False)
        .annotate(
            question=F("version__question"),
            lesson=F("version__question__lesson"),
            check_quiz=F("version__question__lesson__check_quiz"),
            critical=Subquery(asked.values("critical")[:1]),
            nth=Window(RowNumber(), partition_by="version__question", order_by=newest_first),
        )
        .filter(nth=1, critical__isnull=False)
        .order_by()
        .values_list("question", "lesson", "check_quiz", "critical", "fraction", "closed_at")
    )
    return {
        question: Shown(question, lesson, check is not None, critical, share, timezone.localdate(at))
        for question, lesson, check, critical, share, at in rows
    }
