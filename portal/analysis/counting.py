"""Which answers are counted for whom: the quizzes of a course, without the answers of the portal's own people."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.db.models import Case, Min, Q, QuerySet, Value, When
from django.utils import timezone
from django_tasks import task

from lessons.models import Course, CourseEdition, State
from portal.accounts.models import User
from quizzes.analysis.counting import count_quiz
from quizzes.models import Quiz, QuizStatistic

logger = logging.getLogger(__name__)

PAUSE = timedelta(minutes=1)  # between two counts of a course


def staff() -> QuerySet[User, Any]:
    """Whoever writes, reviews, manages or administers, or once did: they know the answers, or try things out."""
    return User.objects.filter(Q(is_staff=True) | Q(is_superuser=True) | Q(grants__isnull=False)).values("pk")


def published_edition(slug: str) -> CourseEdition | None:
    """The edition that citizens take."""
    found = CourseEdition.objects.filter(course__slug=slug, state=State.PUBLISHED)
    return found.select_related("course").first()


def quizzes_of(edition: CourseEdition) -> QuerySet[Quiz]:
    """The checks of its lessons in their order, then its final."""
    last = Case(When(purpose=Quiz.Purpose.FINAL, then=Value(1)), default=Value(0))
    placed = Min("lesson__placements__position", filter=Q(lesson__placements__edition=edition))
    found = Quiz.objects.filter(Q(edition=edition) | Q(lesson__placements__edition=edition))
    return found.annotate(last=last, placed=placed).order_by("last", "placed", "pk").select_related("lesson")


def counted_at(quizzes: QuerySet[Quiz]) -> datetime | None:
    """When the oldest of their figures were counted; None before the first time."""
    at: Any = QuizStatistic.objects.filter(quiz__in=quizzes.order_by().values("pk")).aggregate(at=Min("counted_at"))
    found: datetime | None = at["at"]
    return found


def ask_to_count(edition: CourseEdition) -> bool:
    """Has the course counted anew as a task; whether it will be: not where it was asked for or done just now."""
    at = counted_at(quizzes_of(edition))
    if at is not None and timezone.now() - at < PAUSE:
        return False
    if not cache.add(f"analysis:count:{edition.course_id}", value=True, timeout=PAUSE.total_seconds()):
        return False
    count_course.enqueue(edition.course_id)
    return True


@task()
def count_course(course_id: int) -> int:
    """Counts every quiz of the course's published edition anew; how many sittings were counted."""
    course = Course.objects.filter(pk=course_id).first()
    edition = published_edition(course.slug) if course else None
    return sum(count_quiz(quiz, staff()) for quiz in quizzes_of(edition)) if edition else 0


@dataclass
class Counted:
    """What came of a course: how many sittings were counted, and the quizzes that could not be."""

    course: str
    sittings: int = 0
    failed: list[Quiz] = field(default_factory=list)


def count_everything() -> Iterator[Counted]:
    """Counts the quizzes of every published course, one course after the other; a fault in one quiz stops no other."""
    editions = CourseEdition.objects.filter(state=State.PUBLISHED).select_related("course").order_by("course__position")
    for edition in editions:
        counted = Counted(edition.course.key)
        for quiz in quizzes_of(edition):
            try:
                counted.sittings += count_quiz(quiz, staff())
            except Exception:
                logger.exception("A quiz could not be counted", extra={"quiz": quiz.pk})
                counted.failed.append(quiz)
        yield counted
