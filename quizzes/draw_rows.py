"""Which questions of a pool meet which rows of a draw; a fixed number of queries, whatever the size of either."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from lessons.models import Lesson, Placement
from quizzes.choosing import Candidate
from quizzes.models import DrawRow, QuestionSkill, QuestionVersion, Quiz, QuizQuestion

Having = Callable[[QuestionVersion], Any]


def candidates_of(quiz: Quiz, versions: Sequence[QuestionVersion], rows: Sequence[DrawRow]) -> list[Candidate]:
    """The versions (with their questions) as the draw sees them, in the same order."""
    modules = _modules(quiz)
    having = _having(quiz, versions, modules) if rows else {}
    return [
        Candidate(
            version.question_id,
            version.question.lesson_id,
            modules.get(version.question.lesson_id or 0),
            tuple(at for at, row in enumerate(rows) if _meets(version, row, having)),
        )
        for version in versions
    ]


def _modules(quiz: Quiz) -> dict[int, int]:
    """Of a final: the module of each lesson of its edition."""
    if quiz.purpose != Quiz.Purpose.FINAL:
        return {}
    return dict(Placement.objects.filter(edition=quiz.edition_id).order_by().values_list("lesson", "module"))


def _meets(version: QuestionVersion, row: DrawRow, having: Mapping[str, Having]) -> bool:
    """Whether everything that the row names is true of the question."""
    return all(wished in has(version) for name, has in having.items() if (wished := _wished(row, name)))


def _wished(row: DrawRow, name: str) -> Any:
    return getattr(row, f"{name}_id", None) or getattr(row, name)


def _having(quiz: Quiz, versions: Sequence[QuestionVersion], modules: Mapping[int, int]) -> dict[str, Having]:
    """By what a row may name: all that a question has of it."""
    questions = [version.question_id for version in versions]
    lessons = {version.question.lesson_id for version in versions}
    topics = _sets(Lesson.topics.through.objects.filter(lesson__in=lessons).values_list("lesson", "topic"))
    weights = QuestionSkill.objects.filter(question__in=questions)
    skills = _sets(weights.values_list("question", "skill"), weights.values_list("question", "skill__parent"))
    pools = _sets(_entries(quiz, questions).values_list("question", "pool"))
    return {
        "topic": lambda version: topics[version.question.lesson_id],
        "skill": lambda version: skills[version.question_id],
        "difficulty": lambda version: {version.question.difficulty},
        "kind": lambda version: {version.kind},
        "lesson": lambda version: {version.question.lesson_id},
        "module": lambda version: {modules.get(version.question.lesson_id or 0)},
        "pool": lambda version: pools[version.question_id],
    }


def _entries(quiz: Quiz, questions: Sequence[int]) -> QuerySet[QuizQuestion]:
    """Where the questions' pools are named: the quiz's own list, or of a final without one the lessons' checks."""
    own = QuizQuestion.objects.filter(quiz=quiz, question__in=questions)
    if quiz.purpose == Quiz.Purpose.FINAL and not quiz.entries.exists():
        return QuizQuestion.objects.filter(quiz__purpose=Quiz.Purpose.CHECK, question__in=questions)
    return own


def _sets(*pairs: Iterable[tuple[Any, Any]]) -> defaultdict[Any, set[Any]]:
    found = defaultdict[Any, set[Any]](set)
    for some in pairs:
        for key, value in some:
            found[key].add(value)
    return found
