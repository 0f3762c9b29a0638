"""What a new edition does to those who are in the middle of a course, counted before it goes out.

It follows from what `progress.py` does: a completion holds until its own last day; a lesson passed counts wherever it
stands, and a final passed in every later edition; a lesson that is added is missing; and a sitting that is under way
counts for the edition in which it began. Nobody is complete by a new edition alone.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from lessons.models import CourseEdition, State
from quizzes.final_rules import final_of, rules_of
from quizzes.models import Attempt, CourseProgress, LessonProgress, ProgressEvent
from quizzes.needs import Needs, needs_of
from quizzes.validity import not_withdrawn, run_out_by, running_on


@dataclass(frozen=True)
class Effects:
    """Numbers of people are exact: whoever shows them coarsens them. `added` and `removed` are ids of lessons.

    `under_way` have started and never completed it, `holding` are complete, and of `run_out` the completion has run
    out. Of those under way, `lacking` have not done all that is added, `had_removed` have done something that is taken
    out, and to `done` nothing would be missing. `in_final` sit a final now.
    """

    before: CourseEdition
    under_way: int
    holding: int
    run_out: int
    added: Sequence[int]
    removed: Sequence[int]
    lacking: int
    had_removed: int
    done: int
    in_final: int
    had_final: bool
    has_final: bool
    final_changes: bool
    reading_only: bool


def effects_of(edition: CourseEdition) -> Effects | None:
    """Against the edition that is taken now; None where there is none. Ten queries at most, however many people."""
    before = CourseEdition.objects.filter(course=edition.course_id, state=State.PUBLISHED).first()
    if before is None or before.pk == edition.pk:
        return None
    needs = needs_of([(before.pk, before.course_id), (edition.pk, edition.course_id)])
    old, new = needs[before.pk], needs[edition.pk]
    former, coming = dict(old.lessons), dict(new.lessons)
    added = [lesson for lesson in coming if lesson not in former]
    removed = [lesson for lesson in former if lesson not in coming]
    people = _people(before.course_id)
    return Effects(
        before=before,
        **people,
        added=added,
        removed=removed,
        lacking=people["under_way"] - _who_did_all(new, added).count() if added else 0,
        had_removed=_counted(old, removed).values("learner").distinct().count() if removed else 0,
        done=_to_whom_nothing_is_missing(new),
        in_final=_in_final(before.course_id),
        had_final=old.final,
        has_final=new.final,
        final_changes=_rules(before) != _rules(edition),
        reading_only=new.reading_only,
    )


def _people(course: int) -> dict[str, int]:
    today = timezone.localdate()
    complete = Q(completed_on__isnull=False)
    return CourseProgress.objects.filter(course=course).aggregate(
        under_way=Count("pk", filter=~complete),
        holding=Count("pk", filter=complete & running_on(today)),
        run_out=Count("pk", filter=complete & run_out_by(today)),
    )


def _under_way(course: int) -> QuerySet[Any]:
    return CourseProgress.objects.filter(course=course, completed_on=None).values("learner")


def _counted(needs: Needs, lessons: Collection[int]) -> QuerySet[LessonProgress]:
    """What counts of these lessons for those under way: passed, or read where there is no check."""
    checked = [lesson for lesson, has_check in needs.lessons if has_check and lesson in lessons]
    read = [lesson for lesson, has_check in needs.lessons if not has_check and lesson in lessons]
    counts = Q(lesson__in=checked, passed_on__isnull=False) | Q(lesson__in=read, read_on__isnull=False)
    return LessonProgress.objects.filter(counts, learner__in=_under_way(needs.course))


def _who_did_all(needs: Needs, lessons: Collection[int]) -> QuerySet[Any]:
    """Of those under way."""
    found = _counted(needs, lessons).order_by().values("learner").annotate(done=Count("lesson"))
    return found.filter(done=len(lessons))


def _to_whom_nothing_is_missing(needs: Needs) -> int:
    found = _who_did_all(needs, [lesson for lesson, _has_check in needs.lessons])
    if needs.final:
        theirs = Q(learner=OuterRef("learner")) | Q(learner__merged_into=OuterRef("learner"))
        passed = ProgressEvent.objects.filter(
            theirs, not_withdrawn(), verb=ProgressEvent.Verb.FINAL_PASSED, course=needs.course
        )
        found = found.filter(Exists(passed))
    return found.count()


def _in_final(course: int) -> int:
    sitting = Attempt.objects.filter(quiz__edition__course=course, state=Attempt.State.OPEN)
    return sitting.values("learner").distinct().count()


def _rules(edition: CourseEdition) -> tuple[Any, ...]:
    final = final_of(edition)
    return rules_of(final) if final else ()
