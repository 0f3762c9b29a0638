"""Questions follow the resuscitation profile: those that are written for another one are not asked, and wait."""

from django.db.models import Q

from lessons.models import RELEASED, Profile, State
from lessons.profiles import shown_under
from lessons.readiness import Reason
from quizzes.checks import make_missing
from quizzes.draws import pool
from quizzes.models import QuestionVersion, Quiz
from quizzes.retiring import emptied_reason, locked


def exchange(profile: Profile) -> None:
    """Asks what the profile wants from now on. What was drawn already goes on being asked."""
    leaving = QuestionVersion.objects.filter(state=State.PUBLISHED).exclude(shown_under(profile, "question__profile"))
    coming = QuestionVersion.objects.filter(shown_under(profile, "question__profile"), state=State.RESERVE)
    gone, come = dict(leaving.values_list("pk", "question")), dict(coming.values_list("pk", "question"))
    if not gone and not come:
        return
    locked({*gone.values(), *come.values()})
    QuestionVersion.objects.filter(pk__in=gone).update(state=State.RESERVE)
    QuestionVersion.objects.filter(pk__in=come).update(state=State.PUBLISHED)
    make_missing(QuestionVersion.objects.filter(pk__in=come))


def reasons_against_quizzes() -> list[Reason]:
    """The quizzes that people take and that ask nothing under the profile in force."""
    released = QuestionVersion.objects.filter(state__in=RELEASED, question__archived_at=None)
    varied = released.exclude(question__profile="")
    checks = Q(entries__question__in=varied.values("question"))
    finals = Q(edition__state=State.PUBLISHED, edition__placements__lesson__in=varied.values("question__lesson"))
    quizzes = Quiz.objects.filter(checks | finals).select_related("lesson", "edition__course").distinct()
    return [emptied_reason(quiz) for quiz in quizzes.order_by("pk") if not pool(quiz).exists()]
