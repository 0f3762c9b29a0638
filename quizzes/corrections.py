"""What a learner is told of corrections that changed the score of a sitting."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from quizzes.models import Attempt, CompletionWithdrawal, RegradedAttempt


@dataclass(frozen=True)
class Correction:
    """On `day` a question of the sitting was corrected.

    `stays`: it would not pass by the corrected key, and still does. `withdrawn` is whether a completion that rested on
    it was taken away with its pass.
    """

    day: date
    before: int
    after: int
    passes_now: bool
    passes_no_more: bool
    stays: bool
    withdrawn: bool


def corrections_of(attempt: Attempt) -> list[Correction]:
    """In their order; one query, a second one where there are any. Scores in percent."""
    rows = list(RegradedAttempt.objects.filter(attempt=attempt).select_related("regrade").order_by("regrade__at"))
    if not rows:
        return []
    own = Q(completion__learner=attempt.learner_id) | Q(completion__learner__merged_into=attempt.learner_id)
    withdrawals = CompletionWithdrawal.objects.filter(own, regrade__in=[row.regrade_id for row in rows])
    withdrawn = set(withdrawals.values_list("regrade", flat=True))
    return [_correction(row, withdrawn=row.regrade_id in withdrawn) for row in rows]


def _correction(row: RegradedAttempt, *, withdrawn: bool) -> Correction:
    passes_no_more = row.passed_before and not row.passed_after
    return Correction(
        row.regrade.day,
        percent(row.score_before),
        percent(row.score_after),
        row.passed_after and not row.passed_before,
        passes_no_more,
        row.passed_after and not row.passes,
        withdrawn and passes_no_more,
    )


def percent(share: Decimal) -> int:
    return round(share * 100)
