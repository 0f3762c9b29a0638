"""What a new edition does to those who are in the middle of a course: what is counted is what progress then does."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from lessons.layouts import LaidOut, lay_out
from lessons.models import CourseEdition, Lesson
from lessons.publishing import publish_edition
from quizzes.edition_effects import Effects, effects_of
from quizzes.models import Attempt, CourseProgress, Learner, ProgressEvent, Quiz
from quizzes.progress import record_finished, record_read, still_missing
from tests.factories import LearnerFactory, check_of, published_course, published_lesson

pytestmark = pytest.mark.django_db
RULES = {"pass_mark": "0.8", "feedback": Quiz.Feedback.AT_END}


@pytest.fixture
def lessons() -> list[Lesson]:
    """Three lessons to read."""
    return [published_lesson(f"lesson-{at}") for at in range(3)]


@pytest.fixture
def before(lessons: list[Lesson]) -> CourseEdition:
    """A course of the first two."""
    return published_course("course", lessons[:2])


def draft(before: CourseEdition, *lessons: Lesson, final: bool = False) -> CourseEdition:
    """A next edition of these lessons."""
    edition = CourseEdition.objects.create(
        course=before.course, number=2, label="2", minutes=10, valid_months=24, source_language="en"
    )
    lay_out(edition, [LaidOut("M1", {"en": "One"}, [lesson.pk for lesson in lessons])])
    edition.texts.create(language="en", title="T", summary="S")
    if final:
        Quiz.objects.create(purpose=Quiz.Purpose.FINAL, edition=edition, **RULES)
    return edition


def read(edition: CourseEdition, *lessons: Lesson) -> Learner:
    learner: Learner = LearnerFactory()
    for lesson in lessons:
        record_read(learner, edition, lesson.pk, timezone.now())
    return learner


def effects(edition: CourseEdition) -> Effects:
    found = effects_of(edition)
    assert found is not None
    return found


def test_the_first_edition_is_in_the_middle_of_nobody(lessons: list[Lesson]) -> None:
    first = published_course("other", lessons)
    assert effects_of(first) is None


def test_people_are_counted_by_where_they_stand(before: CourseEdition, lessons: list[Lesson]) -> None:
    read(before, lessons[0])
    read(before, lessons[0])
    read(before, *lessons[:2])
    run_out = read(before, *lessons[:2])
    CourseProgress.objects.filter(learner=run_out).update(expires_on=timezone.localdate() - timedelta(days=1))
    found = effects(draft(before, *lessons))
    assert (found.under_way, found.holding, found.run_out) == (2, 1, 1)


def test_a_lesson_that_is_added_is_missing_to_who_has_not_done_it(before: CourseEdition, lessons: list[Lesson]) -> None:
    one = read(before, lessons[0])
    published_course("other", [lessons[2]])
    other = read(before, lessons[0])
    record_read(other, before, lessons[2].pk, timezone.now())
    edition = draft(before, *lessons)
    found = effects(edition)
    assert found.added == [lessons[2].pk]
    assert (found.under_way, found.lacking) == (2, 1)
    assert still_missing(one, edition)[0] == [lessons[1].pk, lessons[2].pk]
    assert still_missing(other, edition)[0] == [lessons[1].pk]


def test_a_lesson_that_is_taken_out_is_asked_for_no_longer(before: CourseEdition, lessons: list[Lesson]) -> None:
    read(before, lessons[0])
    read(before, lessons[1])
    found = effects(draft(before, lessons[1]))
    assert found.removed == [lessons[0].pk]
    assert (found.had_removed, found.done) == (1, 1)


def test_who_has_done_everything_is_complete_only_once_they_do_something_again(
    before: CourseEdition, lessons: list[Lesson]
) -> None:
    learner = read(before, lessons[1])
    edition = draft(before, lessons[1])
    assert effects(edition).done == 1
    publish_edition(edition, timezone.now())
    assert CourseProgress.objects.get(learner=learner).completed_on is None
    record_read(learner, edition, lessons[1].pk, timezone.now())
    assert CourseProgress.objects.get(learner=learner).completed_on is not None


def test_who_is_complete_stays_complete_when_a_lesson_is_added(before: CourseEdition, lessons: list[Lesson]) -> None:
    learner = read(before, *lessons[:2])
    until = CourseProgress.objects.get(learner=learner).expires_on
    edition = draft(before, *lessons)
    assert effects(edition).holding == 1
    publish_edition(edition, timezone.now())
    row = CourseProgress.objects.get(learner=learner)
    assert (row.completed_on, row.expires_on) == (timezone.localdate(), until)


def sitting(edition: CourseEdition, quiz: Quiz, learner: Learner, **fields: Any) -> Attempt:
    rules = {"purpose": "final", "pass_mark": "0.8", "feedback": "at_end"}
    return Attempt.objects.create(
        learner=learner, quiz=quiz, edition=edition, rules=rules, seed="0", begun_at=timezone.now(), **fields
    )


def test_a_final_under_way_counts_for_the_edition_in_which_it_began(lessons: list[Lesson]) -> None:
    before = published_course("course", lessons[:2], final={})
    learner = read(before, *lessons[:2])
    attempt = sitting(before, Quiz.objects.get(edition=before), learner)
    edition = draft(before, *lessons, final=True)
    found = effects(edition)
    assert (found.in_final, found.had_final, found.has_final, found.final_changes) == (1, True, True, False)
    publish_edition(edition, timezone.now())
    attempt.state, attempt.passed, attempt.score = Attempt.State.SUBMITTED, True, Decimal(1)
    attempt.submitted_at = timezone.now()
    attempt.save()
    record_finished(attempt, timezone.now())
    row = CourseProgress.objects.get(learner=learner)
    assert row.completed_on == timezone.localdate()
    assert still_missing(learner, edition) == ([lessons[2].pk], False)


def test_a_final_that_was_passed_before_counts_for_the_new_edition(lessons: list[Lesson]) -> None:
    before = published_course("course", lessons[:2], final={})
    learner = read(before, lessons[0])
    ProgressEvent.objects.create(
        learner=learner,
        verb=ProgressEvent.Verb.FINAL_PASSED,
        course=before.course,
        edition=before,
        day=timezone.localdate(),
    )
    assert effects(draft(before, lessons[0], final=True)).done == 1


def test_a_lesson_with_a_check_counts_once_that_is_passed(before: CourseEdition, lessons: list[Lesson]) -> None:
    read(before, lessons[0])
    check_of(lessons[0])
    found = effects(draft(before, lessons[0]))
    assert found.done == 0
    assert not found.reading_only


@pytest.mark.parametrize("people", [1, 12])
def test_the_number_of_queries_does_not_grow_with_the_people(
    before: CourseEdition, lessons: list[Lesson], people: int, django_assert_max_num_queries: Any
) -> None:
    for _each in range(people):
        read(before, lessons[0])
    edition = draft(before, lessons[0], lessons[2], final=True)
    with django_assert_max_num_queries(10):
        assert effects(edition).under_way == people
