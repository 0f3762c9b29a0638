"""Which questions a lesson's check asks; one that is not published yet may be listed, and is not asked."""

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from lessons.models import Lesson, State
from lessons.readiness import Reason
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


def questions_to_ask(lesson: Lesson) -> QuerySet[Question]:
    """The questions that the lesson's check may list, published or not."""
    return Question.objects.filter(lesson=lesson, archived_at=None)


def may_have_check(lesson: Lesson) -> bool:
    """Whether rules can be set: a question can be asked, or nobody can meet a check that asks nothing yet."""
    if Quiz.objects.filter(lesson=lesson).exists():
        return True
    asked = questions_to_ask(lesson)
    if asked.filter(versions__state=State.PUBLISHED).exists():
        return True
    return asked.exists() and not lesson.placements.filter(edition__state=State.PUBLISHED).exists()


def check_for(lesson: Lesson, rules: Mapping[str, Any]) -> Quiz:
    """The lesson's check with these rules, which listing all its questions is made where there is none.

    The caller holds the lesson.
    """
    quiz, made = Quiz.objects.update_or_create(
        lesson=lesson, defaults=rules, create_defaults={**rules, "purpose": Quiz.Purpose.CHECK}
    )
    if made:
        QuizQuestion.objects.bulk_create(
            QuizQuestion(quiz=quiz, question=question, position=position)
            for position, question in enumerate(questions_to_ask(lesson))
        )
    return quiz


def reasons_against_empty_checks(lessons: Collection[int], coming: Collection[QuestionVersion] = ()) -> list[Reason]:
    """Checks that could ask nothing once these lessons are read; `coming` are versions that go out with them."""
    live = {"entries__question__archived_at": None, "entries__question__versions__state": State.PUBLISHED}
    quizzes = Quiz.objects.filter(lesson__in=lessons).exclude(pk__in=Quiz.objects.filter(**live).values("pk"))
    going = Quiz.objects.filter(entries__question__in=[version.question_id for version in coming]).values("pk")
    message = _("The check of the lesson would have nothing to ask. Send its questions to review with it.")
    return [
        Reason(message, quiz.lesson) for quiz in quizzes.exclude(pk__in=going).select_related("lesson") if quiz.lesson
    ]
