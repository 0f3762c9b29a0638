"""The one place that decides what is read, passed, complete and expired, and why.

What happened is recorded as events, which are only ever added to. The projections (`LessonProgress`, `CourseProgress`)
are computed from events and attempts by the same functions live and when rebuilt from nothing.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max, Min, Q
from django.utils import timezone

from lessons.models import CourseEdition, Placement
from quizzes.models import (
    Attempt,
    Completion,
    CourseProgress,
    Learner,
    LessonProgress,
    ProgressEvent,
    Quiz,
)

Verb = ProgressEvent.Verb


def everything_of(learner: Learner) -> Q:
    """Rows of a learner and of the guests merged into them."""
    return Q(learner__in=Learner.objects.filter(Q(pk=learner.pk) | Q(merged_into=learner.pk)))


# Recording


def record_begun(attempt: Attempt, now: datetime) -> None:
    """Beginning a lesson's check counts as having read the lesson; any attempt starts the course."""
    lesson_id = attempt.quiz.lesson_id
    if lesson_id is not None:
        record_read(attempt.learner, attempt.edition, lesson_id, now, attempt)
        return
    _start(attempt.learner, attempt.edition, now)
    _project(attempt.learner, attempt.edition, None)


def record_read(
    learner: Learner, edition: CourseEdition, lesson_id: int, now: datetime, attempt: Attempt | None = None
) -> None:
    """The learner has read the lesson; saying it again changes nothing."""
    _start(learner, edition, now)
    if not ProgressEvent.objects.filter(everything_of(learner), verb=Verb.READ, lesson=lesson_id).exists():
        _add(learner, edition, Verb.READ, now, lesson_id=lesson_id, attempt=attempt)
    _project(learner, edition, lesson_id)


def record_finished(attempt: Attempt, now: datetime) -> None:
    """What a finished attempt means for the lesson and the course."""
    learner, edition, lesson_id = attempt.learner, attempt.edition, attempt.quiz.lesson_id
    _start(learner, edition, now)
    if attempt.passed:
        verb = Verb.PASSED if lesson_id is not None else Verb.FINAL_PASSED
        _add(learner, edition, verb, now, lesson_id=lesson_id, attempt=attempt)
        _complete(attempt, now)
    _project(learner, edition, lesson_id)


def _start(learner: Learner, edition: CourseEdition, now: datetime) -> None:
    started = ProgressEvent.objects.filter(everything_of(learner), verb=Verb.STARTED, course=edition.course_id)
    if not started.exists():
        _add(learner, edition, Verb.STARTED, now)


def _add(
    learner: Learner,
    edition: CourseEdition,
    verb: str,
    now: datetime,
    *,
    lesson_id: int | None = None,
    attempt: Attempt | None = None,
) -> None:
    ProgressEvent.objects.create(
        learner=learner,
        verb=verb,
        course_id=edition.course_id,
        edition=edition,
        lesson_id=lesson_id,
        attempt=attempt,
        day=timezone.localdate(now),
        at=now,
    )


# Deciding


def still_missing(learner: Learner, edition: CourseEdition) -> tuple[list[int], bool]:
    """(ids of lessons whose check is not passed, in order; whether the final is still to be passed).

    A lesson without a check counts once it is read; a course without a final needs none.
    """
    events = ProgressEvent.objects.filter(everything_of(learner))
    passed = set(events.filter(verb=Verb.PASSED).values_list("lesson", flat=True))
    read = set(events.filter(verb=Verb.READ).values_list("lesson", flat=True))
    lessons = Placement.objects.filter(edition=edition).order_by("position")
    missing = [
        lesson
        for lesson, check in lessons.values_list("lesson", "lesson__check_quiz")
        if lesson not in (read if check is None else passed)
    ]
    has_final = Quiz.objects.filter(edition=edition).exists()
    final_done = events.filter(verb=Verb.FINAL_PASSED, course=edition.course_id).exists()
    return missing, has_final and not final_done


def _complete(attempt: Attempt, now: datetime) -> None:
    """A passing attempt earns a completion when it leaves nothing missing; passing the final again renews it."""
    learner, edition = attempt.learner, attempt.edition
    today = timezone.localdate(now)
    missing, final_missing = still_missing(learner, edition)
    if missing or final_missing:
        return
    is_final = attempt.quiz.lesson_id is None
    if not is_final and _holds(learner, edition.course_id, today):
        return
    Completion.objects.create(
        learner=learner,
        course_id=edition.course_id,
        edition=edition,
        attempt=attempt,
        completed_on=today,
        expires_on=months_later(today, edition.valid_months) if edition.valid_months else None,
    )
    _add(learner, edition, Verb.COMPLETED, now, attempt=attempt)


def _holds(learner: Learner, course_id: int, today: date) -> bool:
    earned = Completion.objects.filter(everything_of(learner), course=course_id)
    return earned.filter(Q(expires_on=None) | Q(expires_on__gt=today)).exists()


def months_later(day: date, months: int) -> date:
    """The same day `months` later, or that month's last day where there is no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise ValueError(day)


# Projecting


def _project(learner: Learner, edition: CourseEdition, lesson_id: int | None) -> None:
    if lesson_id is not None:
        project_lessons(learner, [lesson_id])
    project_courses(learner, [edition.course_id])


@transaction.atomic
def project_everything(learner: Learner) -> None:
    """Rebuilds every projection of one learner from events and attempts."""
    LessonProgress.objects.filter(learner=learner).delete()
    CourseProgress.objects.filter(learner=learner).delete()
    events = ProgressEvent.objects.filter(everything_of(learner)).order_by()
    project_lessons(learner, events.exclude(lesson=None).values_list("lesson", flat=True).distinct())
    project_courses(learner, events.values_list("course", flat=True).distinct())


def project_lessons(learner: Learner, lessons: Iterable[int]) -> None:
    """Where the learner stands in each of these lessons."""
    wanted = list(lessons)
    days: dict[int, dict[str, Any]] = {lesson: {} for lesson in wanted}
    events = ProgressEvent.objects.filter(everything_of(learner), lesson__in=wanted, verb__in=[Verb.READ, Verb.PASSED])
    for lesson, verb, first in events.values_list("lesson", "verb").annotate(first=Min("day")).order_by():
        days[lesson]["read_on" if verb == Verb.READ else "passed_on"] = first
    scores = Attempt.objects.filter(learner=learner, quiz__lesson__in=wanted, score__isnull=False)
    for lesson, best in scores.values_list("quiz__lesson").annotate(best=Max("score")).order_by():
        days[lesson]["best"] = best
    empty = {"read_on": None, "passed_on": None, "best": None}
    LessonProgress.objects.bulk_create(
        [
            LessonProgress(learner=learner, lesson_id=lesson, **(empty | found))
            for lesson, found in days.items()
            if found
        ],
        update_conflicts=True,
        unique_fields=["learner", "lesson"],
        update_fields=list(empty),
    )


def project_courses(learner: Learner, courses: Iterable[int]) -> None:
    """Where the learner stands in each of these courses."""
    rows = [row for row in (_course_row(learner, course) for course in courses) if row]
    CourseProgress.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["learner", "course"],
        update_fields=["edition", "started_on", "active_on", "last_lesson", "passed", "completed_on", "expires_on"],
    )


def _course_row(learner: Learner, course_id: int) -> CourseProgress | None:
    events = list(
        ProgressEvent.objects.filter(everything_of(learner), course=course_id)
        .order_by("day", "pk")
        .values_list("verb", "day", "lesson", "edition")
    )
    if not events:
        return None
    earned = (
        Completion.objects.filter(everything_of(learner), course=course_id).order_by("-completed_on", "-pk").first()
    )
    lessons = [lesson for _verb, _day, lesson, _edition in events if lesson]
    return CourseProgress(
        learner=learner,
        course_id=course_id,
        edition_id=events[-1][3],
        started_on=events[0][1],
        active_on=events[-1][1],
        last_lesson_id=lessons[-1] if lessons else None,
        passed=len({lesson for verb, _day, lesson, _edition in events if verb == Verb.PASSED}),
        completed_on=earned.completed_on if earned else None,
        expires_on=earned.expires_on if earned else None,
    )
