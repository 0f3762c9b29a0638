"""Which questions a lesson's check asks; one that is not published yet may be listed, and is not asked."""

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Max

from lessons.models import State
from quizzes.models import Question, QuestionVersion, Quiz, QuizQuestion

SHARE_TO_PASS = Decimal("0.8")


def ask_in_check(question: Question) -> None:
    """Add the question to its lesson's check; where the lesson has none, `make_missing` makes it at publishing.

    The caller holds the lesson, so that nobody else adds one meanwhile.
    """
    quiz = Quiz.objects.filter(lesson=question.lesson_id).first() if question.lesson_id else None
    if quiz is None or quiz.entries.filter(question=question).exists():
        return
    last = quiz.entries.aggregate(last=Max("position"))["last"]
    position = 0 if last is None else last + 1
    QuizQuestion.objects.create(quiz=quiz, question=question, position=position)


def make_missing(versions: Iterable[QuestionVersion]) -> None:
    """A lesson without a check has one as soon as a question of it can be asked: a check that asks nothing blocks."""
    lacking = Question.objects.filter(versions__in=list(versions), lesson__isnull=False, lesson__check_quiz=None)
    lessons = sorted(set(lacking.values_list("lesson", flat=True)))
    if not lessons:
        return
    rules = {"purpose": Quiz.Purpose.CHECK, "pass_mark": SHARE_TO_PASS, "feedback": Quiz.Feedback.AT_ONCE}
    made = Quiz.objects.bulk_create(Quiz(lesson_id=lesson, **rules) for lesson in lessons)
    quizzes = {quiz.lesson_id: quiz for quiz in made}
    asked = Question.objects.filter(lesson__in=lessons, versions__state=State.PUBLISHED, archived_at=None)
    QuizQuestion.objects.bulk_create(
        QuizQuestion(quiz=quizzes[question.lesson_id], question=question, position=position)
        for position, question in enumerate(asked)
    )
