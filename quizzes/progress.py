"""The one place that decides what is read, passed, complete and expired, and why.

What happened is recorded as events, which are only ever added to. The projections (`LessonProgress`, `CourseProgress`)
are computed from events and attempts by the same functions live, when rebuilt from nothing, and as of any past day:
`history.py` reads, `needs.py` knows what an edition asks, `validity.py` from when to when something counts.

A new edition takes nothing away. A lesson passed counts wherever it stands, and a final passed in one edition of a
course counts in every later one; a lesson that the edition adds is missing. A sitting counts for the edition in which
it began, and a completion holds until its own last day.
"""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from lessons.models import CourseEdition
from quizzes.history import Only, Whose, clusters, rows_of
from quizzes.models import (
    Attempt,
    Completion,
    CourseProgress,
    Learner,
    LessonProgress,
    ProgressEvent,
)
from quizzes.needs import Done, needs_of
from quizzes.projections import project, rebuild
from quizzes.validity import LATEST, completions_as_of, has_run_out, months_later, not_withdrawn

Verb = ProgressEvent.Verb
PASSES = (Verb.PASSED, Verb.FINAL_PASSED)


def everything_of(learner: Learner) -> Q:
    """Rows of a learner and of the guests merged into them."""
    return Q(learner__in=Learner.objects.filter(Q(pk=learner.pk) | Q(merged_into=learner.pk)))


# Recording


def record_begun(attempt: Attempt, now: datetime, whose: Whose) -> None:
    """Beginning a lesson's check counts as having read the lesson; any attempt starts the course.

    `whose` are the learner and the guests merged into them, held since before the attempt was made.
    """
    lesson_id = attempt.quiz.lesson_id
    if lesson_id is not None:
        _read(whose, attempt.learner, attempt.edition, lesson_id, now, attempt)
        return
    _start(whose, attempt.learner, attempt.edition, now)
    project(whose, [], [attempt.edition.course_id])


def record_read(learner: Learner, edition: CourseEdition, lesson_id: int, now: datetime) -> None:
    """The learner has read the lesson. The last lesson of a course may complete it.

    Saying it again changes nothing, unless the course is to be read only, is not completed, and all of it is read: an
    edition that asks for less than the one before is completed so.
    """
    _read(held(learner), learner, edition, lesson_id, now)


def _read(
    whose: Whose,
    learner: Learner,
    edition: CourseEdition,
    lesson_id: int,
    now: datetime,
    attempt: Attempt | None = None,
) -> None:
    _start(whose, learner, edition, now)
    again = _events(whose).filter(verb=Verb.READ, lesson=lesson_id).exists()
    if not again:
        _add(learner, edition, Verb.READ, now, lesson_id=lesson_id, attempt=attempt)
    if attempt is None and (not again or _reading_again_counts(whose, edition)):
        _complete(whose, learner, edition, now)
    project(whose, [lesson_id], [edition.course_id])


def record_finished(attempt: Attempt, now: datetime) -> None:
    """What a finished attempt means for the lesson and the course."""
    learner, edition, lesson_id = attempt.learner, attempt.edition, attempt.quiz.lesson_id
    whose = held(learner)
    _start(whose, learner, edition, now)
    if attempt.passed:
        verb = Verb.PASSED if lesson_id is not None else Verb.FINAL_PASSED
        _add(learner, edition, verb, now, lesson_id=lesson_id, attempt=attempt)
        _complete(whose, learner, edition, now, attempt)
    project(whose, [] if lesson_id is None else [lesson_id], [edition.course_id])


def held(learner: Learner) -> dict[uuid.UUID, uuid.UUID]:
    """The learner with the guests merged into them, held so that two sittings that end at once see each other.

    Of who was merged since they were read, it is the one into whom.
    """
    whose = clusters([learner.pk], hold=True)
    if whose:
        return whose
    owner = Learner.objects.values_list("merged_into", flat=True).get(pk=learner.pk)
    return clusters([owner], hold=True) if owner else {}


def _events(whose: Whose) -> QuerySet[ProgressEvent]:
    return ProgressEvent.objects.filter(learner__in=list(whose))


def _start(whose: Whose, learner: Learner, edition: CourseEdition, now: datetime) -> None:
    if not _events(whose).filter(verb=Verb.STARTED, course=edition.course_id).exists():
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
    """(ids of lessons that do not count yet, in order; whether the final is still to be passed)."""
    needs = needs_of([(edition.pk, edition.course_id)])[edition.pk]
    return needs.missing(_done(clusters([learner.pk])))


def _done(whose: Whose) -> Done:
    """What they have read and passed; one query."""
    counted = _events(whose).filter(not_withdrawn(), verb__in=[Verb.READ, *PASSES]).order_by()
    rows = set(counted.values_list("verb", "lesson", "course").distinct())
    return Done(
        {lesson for verb, lesson, _course in rows if verb == Verb.READ},
        {lesson for verb, lesson, _course in rows if verb == Verb.PASSED},
        {course for verb, _lesson, course in rows if verb == Verb.FINAL_PASSED},
    )


def _complete(
    whose: Whose, learner: Learner, edition: CourseEdition, now: datetime, attempt: Attempt | None = None
) -> None:
    """What leaves nothing missing earns a completion; where one holds already, only passing the final renews it."""
    today = timezone.localdate(now)
    if not needs_of([(edition.pk, edition.course_id)])[edition.pk].are_met(_done(whose)):
        return
    is_final = attempt is not None and attempt.quiz.lesson_id is None
    if not is_final and _holds(whose, edition.course_id, today):
        return
    completion_of(learner.pk, edition, attempt.pk if attempt else None, today).save()
    _add(learner, edition, Verb.COMPLETED, now, attempt=attempt)


def completion_of(
    learner_id: uuid.UUID, edition: CourseEdition, attempt_id: uuid.UUID | None, today: date
) -> Completion:
    """A completion earned today, not saved: it holds as long as the edition says."""
    return Completion(
        learner_id=learner_id,
        course_id=edition.course_id,
        edition=edition,
        attempt_id=attempt_id,
        completed_on=today,
        expires_on=months_later(today, edition.valid_months) if edition.valid_months else None,
    )


def _reading_again_counts(whose: Whose, edition: CourseEdition) -> bool:
    if completions_as_of().filter(learner__in=list(whose), course=edition.course_id).exists():
        return False
    return needs_of([(edition.pk, edition.course_id)])[edition.pk].reading_only


def _holds(whose: Whose, course_id: int, today: date) -> bool:
    """Whether one of their completions has not run out."""
    earned = completions_as_of().filter(learner__in=list(whose), course=course_id)
    return any(not has_run_out(day, today) for day in earned.order_by(*LATEST).values_list("expires_on", flat=True))


def project_everything(learner: Learner) -> None:
    """Rebuilds every projection of one learner from events and attempts."""
    rebuild([learner.pk])


# As of any past day


@dataclass(frozen=True)
class AsOf:
    """Where a learner stood at the end of a day: ids of lessons read and passed, of courses complete and run out.

    `lessons` and `courses` are the projections of that day by id, without best scores.
    """

    read: frozenset[int]
    passed: frozenset[int]
    complete: frozenset[int]
    expired: frozenset[int]
    lessons: dict[int, LessonProgress]
    courses: dict[int, CourseProgress]


def as_of(learner: Learner, day: date) -> AsOf:
    """Where the learner stood at the end of `day`, with what the guests merged into them since had done by then."""
    rows = rows_of(clusters([learner.pk]), Only(), day)
    lessons = {lesson: row for (_whose, lesson), row in rows.lessons.items()}
    courses = {course: row for (_whose, course), row in rows.courses.items()}
    completed = {course: row for course, row in courses.items() if row.completed_on is not None}
    expired = frozenset(course for course, row in completed.items() if has_run_out(row.expires_on, day))
    return AsOf(
        frozenset(lesson for lesson, row in lessons.items() if row.read_on is not None),
        frozenset(lesson for lesson, row in lessons.items() if row.passed_on is not None),
        frozenset(completed) - expired,
        expired,
        lessons,
        courses,
    )
