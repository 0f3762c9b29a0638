"""The command that rebuilds progress, and the one that compares."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from lessons.models import CourseEdition, Lesson
from quizzes import projections
from quizzes.learners import merge
from quizzes.models import CourseProgress, Learner, LessonProgress, Quiz
from quizzes.progress import record_read
from tests.factories import LearnerFactory, check_of, published_course, published_lesson
from tests.quizzes.sitting import sit

pytestmark = pytest.mark.django_db


@pytest.fixture
def course() -> CourseEdition:
    lesson = published_lesson()
    check_of(lesson)
    return published_course(lessons=[lesson])


def learned(course: CourseEdition) -> Learner:
    learner: Learner = LearnerFactory()
    sit(learner, Quiz.objects.get(lesson__isnull=False), course.pk)
    return learner


def said(*args: str) -> str:
    out = StringIO()
    call_command("rebuild_progress", *args, stdout=out)
    return out.getvalue()


def test_where_nothing_differs_it_says_so(course: CourseEdition) -> None:
    learned(course)
    assert "what is stored is what events and attempts say" in said("--check")


def test_a_difference_is_named_and_fails(course: CourseEdition) -> None:
    learner = learned(course)
    CourseProgress.objects.update(passed=7)
    out = StringIO()
    with pytest.raises(CommandError, match="1 differences"):
        call_command("rebuild_progress", "--check", stdout=out)
    assert out.getvalue() == f"{learner.pk} course {course.course_id} passed: is 7, should be 1\n"


def test_what_is_done_between_two_looks_is_no_difference(course: CourseEdition) -> None:
    learner = learned(course)
    other = published_lesson("burns")
    done: list[str] = []

    def meanwhile(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """They read another lesson when the events have been read and the projections have not."""
        if not done and sql.startswith("SELECT") and LessonProgress._meta.db_table in sql:
            done.append(sql)
            record_read(learner, course, other.pk, timezone.now())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(meanwhile):
        assert list(projections.differences([learner.pk])) == []
    assert done


@pytest.mark.parametrize("model", [CourseProgress, LessonProgress])
def test_a_row_that_is_missing_is_a_difference(course: CourseEdition, model: type[CourseProgress]) -> None:
    learned(course)
    model.objects.all().delete()
    with pytest.raises(CommandError):
        said("--check")


def test_a_row_that_should_not_be_there_is_a_difference(course: CourseEdition) -> None:
    LessonProgress.objects.create(learner=LearnerFactory(), lesson=Lesson.objects.get())
    with pytest.raises(CommandError):
        said("--check")


def test_a_difference_says_which_of_the_two_is_there(course: CourseEdition) -> None:
    learner, stranger, lesson = learned(course), LearnerFactory(), Lesson.objects.get()
    LessonProgress.objects.all().delete()
    LessonProgress.objects.create(learner=stranger, lesson=lesson)
    found = {one.learner: one for one in projections.differences([learner.pk, stranger.pk])}
    assert found == {
        learner.pk: projections.Difference(learner.pk, f"lesson {lesson.pk}", None, "there"),
        stranger.pk: projections.Difference(stranger.pk, f"lesson {lesson.pk}", "there", None),
    }


def test_checking_changes_nothing_and_rebuilding_mends(course: CourseEdition) -> None:
    learned(course)
    CourseProgress.objects.update(passed=7)
    with pytest.raises(CommandError):
        said("--check")
    assert CourseProgress.objects.get().passed == 7
    assert said() == "1 learners rebuilt\n"
    assert CourseProgress.objects.get().passed == 1


def test_batches_meet_everybody_and_the_merged_where_they_are(
    course: CourseEdition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(projections, "BATCH", 2)
    people = [learned(course) for _each in range(5)]
    merge(people[0], people[4])
    said()
    said("--check")
    assert CourseProgress.objects.count() == 4
