"""Taking questions out of use and bringing them back. Attempts that ask a question already go on asking it."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from lessons import stamp
from lessons.models import State
from lessons.readiness import Reason, refuse
from quizzes.draws import pool
from quizzes.models import Question, QuestionText, QuestionVersion, Quiz
from quizzes.shortages import arising


def locked(questions: Collection[int]) -> list[Question]:
    """The questions, which nobody else can retire, move or publish meanwhile; in the order of their ids."""
    rows = Question.objects.filter(pk__in=questions).order_by("pk")
    list(rows.select_for_update())
    return list(rows.select_related("lesson"))


def asking(questions: Sequence[Question]) -> list[Quiz]:
    """The quizzes that people take now and that may ask one of them; locked, so that two deeds cannot empty one."""
    taken = Quiz.objects.filter(Q(purpose=Quiz.Purpose.CHECK) | Q(edition__state=State.PUBLISHED))
    lessons = {question.lesson_id for question in questions}
    listing = Quiz.objects.filter(entries__question__in=questions).values("pk")
    drawing = Quiz.objects.filter(entries=None, edition__placements__lesson__in=lessons).values("pk")
    found = taken.filter(Q(pk__in=listing) | Q(pk__in=drawing)).order_by("pk")
    list(found.select_for_update(of=("self",)))
    return list(found.select_related("lesson", "edition__course"))


def emptied(quizzes: Iterable[Quiz], without: Sequence[Question]) -> list[Quiz]:
    """The quizzes that can ask something now and could ask nothing without these questions."""
    return [quiz for quiz in quizzes if pool(quiz).exists() and not _left(quiz, without).exists()]


def _left(quiz: Quiz, without: Sequence[Question]) -> QuerySet[QuestionVersion]:
    return pool(quiz).exclude(question__in=without)


def emptied_reason(quiz: Quiz) -> Reason:
    """Says which quiz would have no question left."""
    if quiz.edition:
        message = _("The final of the course would have no question left. Add another question to its lessons first.")
        return Reason(message, quiz.edition.course)
    message = _("The check of the lesson would have no question left. Publish another question for it first.")
    return Reason(message, quiz.lesson or quiz)


def reasons_against_retiring(questions: Sequence[Question]) -> list[Reason]:
    """A question under review, and every quiz that would be left without questions."""
    live = [question for question in questions if question.archived_at is None]
    reviewed = {question.pk for question in in_review(live)}
    message = _("It is in review. Withdraw the release, or wait until it is published.")
    reasons = [Reason(message, question) for question in live if question.pk in reviewed]
    return reasons + [emptied_reason(quiz) for quiz in emptied(asking(live), live)]


def shortages(questions: Sequence[Question]) -> list[str]:
    """What the draws of quizzes would lack without them."""
    live = [question for question in questions if question.archived_at is None]
    return arising(asking(live), lambda: _put_away(live, timezone.now()))


def in_review(questions: Sequence[Question]) -> QuerySet[Question]:
    versions = QuestionVersion.objects.filter(question__in=questions, state=State.IN_REVIEW).values("question")
    texts = QuestionText.objects.filter(version__question__in=questions, state=State.IN_REVIEW)
    return Question.objects.filter(Q(pk__in=versions) | Q(pk__in=texts.values("version__question")))


@transaction.atomic
def retire(questions: Collection[int], now: datetime) -> list[Question]:
    """Nothing draws them any more; those that were in use until now. All or none: raises NotReady."""
    chosen = locked(questions)
    refuse(reasons_against_retiring(chosen))
    return _put_away([question for question in chosen if question.archived_at is None], now)


@transaction.atomic
def restore(questions: Collection[int]) -> list[Question]:
    """They are drawn again wherever they were; those that were retired until now."""
    return _put_away([question for question in locked(questions) if question.archived_at], None)


def _put_away(questions: list[Question], at: datetime | None) -> list[Question]:
    Question.objects.filter(pk__in=[question.pk for question in questions]).update(archived_at=at)
    if questions:
        stamp.touch()
    return questions
