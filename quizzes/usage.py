"""Where questions are asked, how often, and what the counted answers show of them."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from lessons.models import Placement, State
from quizzes.models import AttemptItem, ItemStatistic, Question, Quiz, QuizQuestion


@dataclass(frozen=True)
class Usage:
    """Of one question: quizzes that may ask it, answers given to it, and the figures that most people stand behind."""

    quizzes: int = 0
    answered: int = 0
    figures: ItemStatistic | None = None


def usage_of(questions: Collection[Question]) -> dict[int, Usage]:
    """By question id. Four queries, however many questions there are."""
    pks = [question.pk for question in questions]
    listed, drawn = _listed(pks), _drawn({question.lesson_id for question in questions if question.lesson_id})
    answered, figures = _answered(pks), _figures(pks)
    return {
        question.pk: Usage(
            listed[question.pk] + drawn[question.lesson_id],
            answered.get(question.pk, 0),
            figures.get(question.pk),
        )
        for question in questions
    }


def standing_quizzes() -> QuerySet[Quiz]:
    """Checks, and the finals of editions that are taken now or are to be."""
    return Quiz.objects.exclude(edition__state=State.SUPERSEDED)


def drawing_finals() -> QuerySet[Quiz]:
    """Finals without a list of their own: they draw from everything that is asked in their edition's lessons."""
    return standing_quizzes().filter(purpose=Quiz.Purpose.FINAL, entries=None)


def quizzes_with(question: Question) -> QuerySet[Quiz]:
    """Every quiz that may ask it: the check first, then finals, the newest edition first."""
    drawn = drawing_finals().filter(edition__placements__lesson=question.lesson_id).values("pk")
    found = standing_quizzes().filter(Q(entries__question=question) | Q(pk__in=drawn))
    return found.distinct().order_by("purpose", "-edition").select_related("lesson", "edition__course")


def figures_of_now() -> QuerySet[ItemStatistic]:
    """Figures of questions in quizzes that may still ask them: not in one that they left, nor in a former final."""
    listed = QuizQuestion.objects.filter(quiz=OuterRef("quiz"), question=OuterRef("version__question"))
    placed = Placement.objects.filter(edition=OuterRef("quiz__edition"), lesson=OuterRef("version__question__lesson"))
    drawn = Q(Exists(placed), quiz__in=drawing_finals().values("pk"))
    return ItemStatistic.objects.filter(Q(Exists(listed)) | drawn, quiz__in=standing_quizzes().values("pk"))


def _listed(questions: Collection[int]) -> Counter[int]:
    rows = QuizQuestion.objects.filter(question__in=questions, quiz__in=standing_quizzes())
    return Counter(rows.values_list("question", flat=True))


def _drawn(lessons: Collection[int]) -> Counter[int | None]:
    finals = drawing_finals().values("edition")
    return Counter(Placement.objects.filter(lesson__in=lessons, edition__in=finals).values_list("lesson", flat=True))


def _answered(questions: Collection[int]) -> dict[int, int]:
    items = AttemptItem.objects.filter(version__question__in=questions, fraction__isnull=False).order_by()
    return dict(items.values_list("version__question").annotate(Count("pk")))


def _figures(questions: Collection[int]) -> dict[int, ItemStatistic]:
    rows = figures_of_now().filter(version__question__in=questions, version__state=State.PUBLISHED, language="")
    rows = rows.select_related("version")
    return {row.version.question_id: row for row in rows.order_by("people")}
