"""The projections as they are stored: written live, rebuilt from nothing, and compared with what they should be."""

import uuid
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from quizzes.history import Only, Rows, Whose, clusters, rows_of
from quizzes.models import CourseProgress, Learner, LessonProgress

BATCH = 500
LESSON = ("read_on", "passed_on", "best")
COURSE = ("edition_id", "started_on", "active_on", "last_lesson_id", "passed", "completed_on", "expires_on")


@dataclass(frozen=True)
class Difference:
    """A stored value that is not what events and attempts say; `what` is `lesson 5 passed_on` or `course 2`.

    A row that is missing, or that should not be there, is told as one difference, with None for the one that is not.
    """

    learner: uuid.UUID
    what: str
    stored: Any
    rebuilt: Any


def project(whose: Whose, lessons: Collection[int], courses: Collection[int]) -> None:
    """Brings where they stand in these lessons and courses up to date; five statements however many."""
    write(rows_of(whose, Only(lessons, courses)))


def write(rows: Rows) -> None:
    lessons = [rows.lessons[key] for key in sorted(rows.lessons)]
    LessonProgress.objects.bulk_create(
        lessons, update_conflicts=True, unique_fields=["learner", "lesson"], update_fields=LESSON
    )
    fields = [name.removesuffix("_id") for name in COURSE]
    courses = [rows.courses[key] for key in sorted(rows.courses)]
    CourseProgress.objects.bulk_create(
        courses, update_conflicts=True, unique_fields=["learner", "course"], update_fields=fields
    )


@transaction.atomic
def rebuild(learners: Iterable[uuid.UUID]) -> int:
    """Rebuilds every projection of these learners from events and attempts; returns how many learners have any."""
    wanted = set(learners)
    whose = clusters(wanted, hold=True)
    LessonProgress.objects.filter(learner__in=wanted).delete()
    CourseProgress.objects.filter(learner__in=wanted).delete()
    rows = rows_of(whose, Only())
    write(rows)
    return len({learner for learner, _course in rows.courses})


def differences(learners: Iterable[uuid.UUID]) -> Iterator[Difference]:
    """Where the stored projections of these learners are not what they should be.

    Who differs is looked at once more while nobody adds to what they did: it may have been between two looks.
    """
    suspects = {one.learner for one in _differences(set(learners))}
    if suspects:
        with transaction.atomic():
            certain = list(_differences(suspects, hold=True))
        yield from certain


def _differences(wanted: set[uuid.UUID], *, hold: bool = False) -> Iterator[Difference]:
    rows = rows_of(clusters(wanted, hold=hold), Only())
    lessons = {(row.learner_id, row.lesson_id): row for row in LessonProgress.objects.filter(learner__in=wanted)}
    courses = {(row.learner_id, row.course_id): row for row in CourseProgress.objects.filter(learner__in=wanted)}
    yield from _compare("lesson", lessons, rows.lessons, LESSON)
    yield from _compare("course", courses, rows.courses, COURSE)


def batches() -> Iterator[list[uuid.UUID]]:
    """Every learner, in batches by id: no more than one batch is held."""
    everybody = Learner.objects.order_by("pk").values_list("pk", flat=True)
    found = list(everybody[:BATCH])
    while found:
        yield found
        found = list(everybody.filter(pk__gt=found[-1])[:BATCH])


def _compare(
    name: str,
    stored: dict[tuple[uuid.UUID, int], Any],
    rebuilt: dict[tuple[uuid.UUID, int], Any],
    fields: tuple[str, ...],
) -> Iterator[Difference]:
    for key in sorted(stored.keys() | rebuilt.keys()):
        was, should = stored.get(key), rebuilt.get(key)
        if was is None or should is None:
            yield Difference(key[0], f"{name} {key[1]}", was and "there", should and "there")
            continue
        for field in fields:
            if getattr(was, field) != getattr(should, field):
                yield Difference(
                    key[0],
                    f"{name} {key[1]} {field.removesuffix('_id')}",
                    getattr(was, field),
                    getattr(should, field),
                )
