"""Whether another attempt may begin: how many are left, and from when on."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Case, Count, Max, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from lessons.models import CourseEdition
from quizzes.models import Attempt, Learner, Quiz, as_one_quiz
from quizzes.validity import completions_as_of, run_out_by

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
    """What stands against another attempt of `learner`; at most one query.

    An open attempt does not count, nor what was before a completion ran out: who has to renew begins anew.
    """
    if learner is None or not (quiz.attempt_limit or quiz.cooldown):
        return Allowance(left=quiz.attempt_limit or None)
    over = Attempt.objects.filter(as_one_quiz(quiz), learner=learner).exclude(state=Attempt.State.OPEN)
    done = over.aggregate(count=Count("pk", filter=_to_renew(learner, quiz, now)), last=Max(ENDED))
    left = max(0, quiz.attempt_limit - done["count"]) if quiz.attempt_limit else None
    if left == 0:
        return Allowance(LIMIT, left)
    again_at = done["last"] + timedelta(seconds=quiz.cooldown) if quiz.cooldown and done["last"] else None
    if again_at and now < again_at:
        return Allowance(COOLDOWN, left, again_at)
    return Allowance(left=left)


def _to_renew(learner: Learner, quiz: Quiz, now: datetime) -> Q:
    """Condition on attempts: begun since a completion of the final's course ran out; all of them where none has."""
    if quiz.edition_id is None:
        return Q()
    course = CourseEdition.objects.filter(pk=quiz.edition_id).values("course")
    whose = Q(learner=learner) | Q(learner__merged_into=learner)
    earned = completions_as_of().filter(whose, course__in=course)
    ran_out = earned.filter(run_out_by(localdate(now))).order_by("-expires_on").values("expires_on")[:1]
    return Q(begun_at__date__gte=Coalesce(Subquery(ran_out), date.min))
