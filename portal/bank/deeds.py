"""What is done to questions of the bank, each deed with its line in the audit log; all of it or nothing."""

from collections.abc import Sequence

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from lessons.models import Lesson
from lessons.readiness import Reason
from portal.accounts.audit import record
from portal.accounts.models import User
from portal.studio.authorship import sign
from portal.studio.compositions import next_key
from portal.studio.question_standing import QuestionStanding
from quizzes import copying, moving, retiring
from quizzes.models import Question, QuizQuestion


@transaction.atomic
def retire(request: HttpRequest, questions: Sequence[Question]) -> list[Question]:
    """Those that were in use until now; raises NotReady."""
    done = retiring.retire([question.pk for question in questions], timezone.now())
    for question in done:
        record(request, "question.retired", question, question=question.pk)
    return done


@transaction.atomic
def restore(request: HttpRequest, questions: Sequence[Question]) -> list[Question]:
    """Those that were retired until now."""
    done = retiring.restore([question.pk for question in questions])
    for question in done:
        record(request, "question.restored", question, question=question.pk)
    return done


@transaction.atomic
def move(request: HttpRequest, questions: Sequence[Question], lesson: Lesson, *, take_out: bool) -> list[Question]:
    """Those that were elsewhere until now; raises NotReady."""
    done = moving.move([question.pk for question in questions], lesson, take_out=take_out)
    keys = dict(Lesson.objects.filter(pk__in={former for _question, former in done}).values_list("pk", "key"))
    for question, former in done:
        said = {"from_lesson": keys.get(former or 0, ""), "to_lesson": lesson.key}
        record(request, "question.moved", question, question=question.pk, **said)
    return [question for question, _former in done]


@transaction.atomic
def duplicate(request: HttpRequest, by: User, standing: QuestionStanding, lesson: Lesson, newest: int) -> Question:
    """A copy in the lesson; the one that this person made after the copy `newest` where the same form comes twice."""
    source, version = standing.question, standing.current
    Lesson.objects.select_for_update().get(pk=lesson.pk)
    twice = source.copies.filter(pk__gt=newest, lesson=lesson, versions__author=by).first()
    if twice or version is None:
        return twice or source
    draft = copying.duplicate(version, standing.words.values(), lesson, next_key(lesson), by)
    for row in (draft, *draft.texts.all()):
        sign(row, by)
    record(request, "question.duplicated", draft.question, question=draft.question_id, made_from=source.key)
    return draft.question


@transaction.atomic
def before_retiring(questions: Sequence[Question]) -> tuple[list[Reason], list[str]]:
    """Why they cannot be retired now, and what it would mean for quizzes if they were.

    What it tries holds rows, so they are taken in the order of the deed.
    """
    retiring.locked([question.pk for question in questions])
    return retiring.reasons_against_retiring(questions), retiring.shortages(questions)


@transaction.atomic
def before_moving(questions: Sequence[Question], lesson: Lesson) -> tuple[list[Reason], list[QuizQuestion], list[str]]:
    """Why they cannot be moved now, where quizzes list them that would lose them, and what quizzes would lack.

    What it tries holds rows, so they are taken in the order of the deed.
    """
    moving.hold_lesson(lesson)
    retiring.locked([question.pk for question in questions])
    reasons = moving.reasons_against_moving(questions, lesson, take_out=True)
    listed = list(moving.left_behind(questions, lesson).select_related("question"))
    return reasons, listed, [] if reasons else moving.shortages(questions, lesson)
