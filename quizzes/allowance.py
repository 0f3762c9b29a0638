"""Whether another attempt may begin: how many are left, and from when on."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, Count, Max, When

from quizzes.models import Attempt, Learner, Quiz, as_one_quiz

LIMIT, COOLDOWN = "limit", "cooldown"


# Who ran out of time was through at the deadline, whenever that was noticed.
ENDED = Case(When(state=Attempt.State.EXPIRED, deadline__isnull=False, then="deadline"), default="submitted_at")


@dataclass(frozen=True)
class Allowance:
    """`reason` is `limit`, `cooldown` or empty; `left` None without a limit; `again_at` while one has to wait."""

    reason: str = ""
    left: int | None = None
    again_at: datetime | None = None


def allowance(learner: Learner | None, quiz: Quiz, now: datetime) -> Allowance:
    """What stands against another attempt of `learner`; at most one query. An open attempt does not count."""
    if learner is None or not (quiz.attempt_limit or quiz.cooldown):
        return Allowance(left=quiz.attempt_limit or None)
    over = Attempt.objects.filter(as_one_quiz(quiz), learner=learner).exclude(state=Attempt.State.OPEN)
    done = over.aggregate(count=Count("pk"), last=Max(ENDED))
    left = max(0, quiz.attempt_limit - done["count"]) if quiz.attempt_limit else None
    if left == 0:
        return Allowance(LIMIT, left)
    again_at = done["last"] + timedelta(seconds=quiz.cooldown) if quiz.cooldown and done["last"] else None
    if again_at and now < again_at:
        return Allowance(COOLDOWN, left, again_at)
    return Allowance(left=left)
