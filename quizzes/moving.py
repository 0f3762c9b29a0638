"""Moving questions to another lesson. Their keys, versions, attempts and figures stay with them."""

from collections.abc import Collection, Sequence

from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext as _

from lessons import stamp
from lessons.models import Lesson, State
from lessons.readiness import Reason, refuse
from quizzes.checks import ask_in_check, make_missing
from quizzes.models import Question, QuestionVersion, Quiz, QuizQuestion
from quizzes.retiring import asking, emptied, emptied_reason, locked
from quizzes.shortages import arising, called


def left_behind(questions: Sequence[Question], lesson: Lesson) -> QuerySet[QuizQuestion]:
    """Where quizzes list them by name that have nothing to do with the lesson they go to."""
    theirs = Q(quiz__lesson=lesson) | Q(quiz__edition__placements__lesson=lesson)
    near = QuizQuestion.objects.filter(theirs).values("pk")
    listed = QuizQuestion.objects.filter(question__in=moved(questions, lesson)).exclude(pk__in=near)
    return listed.exclude(quiz__edition__state=State.SUPERSEDED).select_related("quiz__lesson", "quiz__edition__course")


def moved(questions: Sequence[Question], lesson: Lesson) -> list[Question]:
    """Those that are not there already."""
    return [question for question in questions if question.lesson_id != lesson.pk]


def reasons_against_moving(questions: Sequence[Question], lesson: Lesson, *, take_out: bool) -> list[Reason]:
    """Quizzes that list a question and are not to lose it, and quizzes that would be left without questions."""
    going = moved(questions, lesson)
    staying = [] if take_out else list(left_behind(going, lesson))
    message = _("%(quiz)s lists it. Agree that it is taken out there, or leave the question where it is.")
    reasons = [Reason(message % {"quiz": called(entry.quiz)}, entry.question) for entry in staying]
    losing = [quiz for quiz in asking(going) if not _keeps(quiz, lesson)]
    return reasons + [emptied_reason(quiz) for quiz in emptied(losing, going)]


def _keeps(quiz: Quiz, lesson: Lesson) -> bool:
    """Whether the quiz may ask questions of the lesson that they go to."""
    if quiz.lesson_id:
        return quiz.lesson_id == lesson.pk
    return lesson.placements.filter(edition=quiz.edition_id).exists()


def shortages(questions: Sequence[Question], lesson: Lesson) -> list[str]:
    """What the draws of quizzes would lack once they are moved; only for questions that may be."""
    going = moved(questions, lesson)
    return arising(asking(going), lambda: move([question.pk for question in going], lesson, take_out=True))


def hold_lesson(lesson: Lesson) -> None:
    """Whoever else adds a question to it waits until the transaction ends."""
    list(Lesson.objects.select_for_update(no_key=True).filter(pk=lesson.pk))


@transaction.atomic
def move(questions: Collection[int], lesson: Lesson, *, take_out: bool) -> list[tuple[Question, int | None]]:
    """Each question that was moved with the id of its former lesson. All or none: raises NotReady.

    With `take_out` the quizzes of the former lesson lose it; the check of the new one asks it.
    """
    hold_lesson(lesson)
    chosen = locked(questions)
    refuse(reasons_against_moving(chosen, lesson, take_out=take_out))
    going = moved(chosen, lesson)
    left_behind(going, lesson).delete()
    former = [(question, question.lesson_id) for question in going]
    last = lesson.questions.aggregate(last=Max("position"))["last"]
    for at, question in enumerate(going, 0 if last is None else last + 1):
        question.lesson, question.position = lesson, at
        question.save(update_fields=["lesson", "position"])
        ask_in_check(question)
    make_missing(QuestionVersion.objects.filter(question__in=going, state=State.PUBLISHED))
    if going:
        stamp.touch()
    return former
