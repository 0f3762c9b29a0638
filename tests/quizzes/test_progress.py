from datetime import date, timedelta
from uuid import UUID

import pytest
import time_machine
from django.utils import timezone
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from lessons.models import CourseEdition
from quizzes.learners import merge
from quizzes.models import Attempt, Completion, CourseProgress, LessonProgress, ProgressEvent, Quiz
from quizzes.progress import project_everything, record_read, still_missing
from quizzes.standing import standings
from quizzes.validity import months_later
from tests.factories import LearnerFactory, check_of, published_course, published_lesson, published_question
from tests.quizzes.sitting import RIGHT, WRONG, begin, sit

pytestmark = pytest.mark.django_db


@pytest.fixture
def course() -> CourseEdition:
    """Two lessons with checks, and a final."""
    lessons = [published_lesson("one"), published_lesson("two")]
    for lesson in lessons:
        check_of(lesson)
    return published_course(lessons=lessons, final={})


def check(course: CourseEdition, slug: str) -> Quiz:
    return Quiz.objects.get(lesson__slug=slug)


def final(course: CourseEdition) -> Quiz:
    return Quiz.objects.get(edition=course)


def test_beginning_a_check_counts_as_reading(course: CourseEdition) -> None:
    learner = LearnerFactory()
    begin(learner, check(course, "one"), course.pk)
    assert LessonProgress.objects.get(learner=learner).read_on == timezone.localdate()


def test_beginning_a_check_starts_the_course_once(course: CourseEdition) -> None:
    learner = LearnerFactory()
    sit(learner, check(course, "one"), course.pk)
    sit(learner, check(course, "two"), course.pk)
    assert ProgressEvent.objects.filter(learner=learner, verb="started").count() == 1


def test_reading_twice_is_one_event(course: CourseEdition) -> None:
    learner, lesson = LearnerFactory(), check(course, "one").lesson_id
    assert lesson is not None
    for _again in range(2):
        record_read(learner, course, lesson, timezone.now())
    assert ProgressEvent.objects.filter(learner=learner, verb="read").count() == 1


def test_a_check_failed_passes_nothing(course: CourseEdition) -> None:
    learner = LearnerFactory()
    sit(learner, check(course, "one"), course.pk, WRONG)
    assert LessonProgress.objects.get(learner=learner).passed_on is None


def test_a_course_is_not_complete_before_its_final(course: CourseEdition) -> None:
    learner = LearnerFactory()
    for slug in ("one", "two"):
        sit(learner, check(course, slug), course.pk)
    with override("en"):
        standing = standings(learner, "en")[0]
    assert (standing.state, standing.percent, standing.reasons) == (
        "started",
        66,
        ["The final is still to be passed."],
    )


def test_a_course_is_complete_when_checks_and_final_are_passed(course: CourseEdition) -> None:
    learner = LearnerFactory()
    with time_machine.travel("2026-03-31T10:00:00Z", tick=False):
        for quiz in (check(course, "one"), check(course, "two"), final(course)):
            sit(learner, quiz, course.pk)
    completion = Completion.objects.get(learner=learner)
    assert (completion.completed_on, completion.expires_on) == (date(2026, 3, 31), date(2027, 3, 31))


def test_a_check_after_the_final_completes_the_course(course: CourseEdition) -> None:
    learner = LearnerFactory()
    for quiz in (final(course), check(course, "one"), check(course, "two")):
        sit(learner, quiz, course.pk)
    assert Completion.objects.filter(learner=learner).count() == 1


def test_repeating_a_check_earns_no_second_completion(course: CourseEdition) -> None:
    learner = LearnerFactory()
    for quiz in (check(course, "one"), check(course, "two"), final(course), check(course, "one")):
        sit(learner, quiz, course.pk)
    assert Completion.objects.filter(learner=learner).count() == 1


def test_passing_the_final_again_renews(course: CourseEdition) -> None:
    learner = LearnerFactory()
    with time_machine.travel("2026-01-10T10:00:00Z", tick=False):
        for quiz in (check(course, "one"), check(course, "two"), final(course)):
            sit(learner, quiz, course.pk)
    with time_machine.travel("2026-12-10T10:00:00Z", tick=False):
        sit(learner, final(course), course.pk)
    assert CourseProgress.objects.get(learner=learner).expires_on == date(2027, 12, 10)


def test_a_completion_that_ran_out_says_so(course: CourseEdition) -> None:
    learner = LearnerFactory()
    with time_machine.travel("2026-01-10T10:00:00Z", tick=False):
        for quiz in (check(course, "one"), check(course, "two"), final(course)):
            sit(learner, quiz, course.pk)
    with time_machine.travel("2027-01-09T10:00:00Z", tick=False):
        assert standings(learner, "en")[0].state == "complete"
    with time_machine.travel("2027-01-10T10:00:00Z", tick=False):
        assert standings(learner, "en")[0].state == "expired"


def test_what_is_missing_comes_in_the_order_of_the_course(course: CourseEdition) -> None:
    learner = LearnerFactory()
    sit(learner, check(course, "one"), course.pk)
    missing, final_missing = still_missing(learner, course)
    assert (missing, final_missing) == ([check(course, "two").lesson_id], True)


def test_a_lesson_without_a_check_counts_once_read() -> None:
    lesson = published_lesson()
    edition, learner = published_course(lessons=[lesson]), LearnerFactory()
    record_read(learner, edition, lesson.pk, timezone.now())
    assert still_missing(learner, edition) == ([], False)


def snapshot(learner_pk: UUID) -> tuple[list[object], list[object]]:
    lessons = LessonProgress.objects.filter(learner=learner_pk).order_by("lesson")
    courses = CourseProgress.objects.filter(learner=learner_pk).order_by("course")
    return (
        list(lessons.values_list("lesson", "read_on", "passed_on", "best")),
        list(
            courses.values_list("course", "edition", "started_on", "active_on", "last_lesson", "passed", "completed_on")
        ),
    )


def test_rebuilt_from_nothing_progress_is_the_same(course: CourseEdition) -> None:
    learner, day = LearnerFactory(), timezone.now() - timedelta(days=9)
    for answers, quiz in ((WRONG, check(course, "one")), (RIGHT, check(course, "one")), (RIGHT, final(course))):
        sit(learner, quiz, course.pk, answers, now=day)
        day += timedelta(days=1)
    live = snapshot(learner.pk)
    project_everything(learner)
    assert snapshot(learner.pk) == live


def test_a_merged_guest_brings_attempts_and_progress(course: CourseEdition) -> None:
    guest, own = LearnerFactory(), LearnerFactory()
    sit(guest, check(course, "one"), course.pk)
    sit(own, check(course, "two"), course.pk)
    merge(guest, own)
    assert LessonProgress.objects.filter(learner=own, passed_on__isnull=False).count() == 2
    assert Attempt.objects.filter(learner=own).count() == 2


def test_merging_keeps_events_as_they_were_recorded(course: CourseEdition) -> None:
    guest, own = LearnerFactory(), LearnerFactory()
    sit(guest, check(course, "one"), course.pk)
    before = list(ProgressEvent.objects.order_by("pk").values())
    merge(guest, own)
    assert list(ProgressEvent.objects.order_by("pk").values()) == before


def test_of_two_open_sittings_the_guests_goes_on(course: CourseEdition) -> None:
    guest, own = LearnerFactory(), LearnerFactory()
    mine, theirs = begin(own, check(course, "one"), course.pk), begin(guest, check(course, "one"), course.pk)
    merge(guest, own)
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert (mine.state, theirs.state, theirs.learner_id) == ("abandoned", "open", own.pk)


def test_a_merged_guest_completes_what_the_account_had_begun(course: CourseEdition) -> None:
    guest, own = LearnerFactory(), LearnerFactory()
    sit(guest, check(course, "one"), course.pk)
    sit(own, check(course, "two"), course.pk)
    merge(guest, own)
    sit(own, final(course), course.pk)
    assert standings(own, "en")[0].complete


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 120))
def test_months_later_is_the_same_day_or_the_months_last(day: date, months: int) -> None:
    later = months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


def test_standings_take_as_many_queries_for_many_courses(
    course: CourseEdition, django_assert_max_num_queries: object
) -> None:
    learner = LearnerFactory()
    for number in range(4):
        lesson = published_lesson(f"more-{number}")
        published_question(lesson)
        edition = published_course(f"course-{number}", [lesson])
        record_read(learner, edition, lesson.pk, timezone.now())
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        assert len(standings(learner, "en")) == 4


def test_each_course_is_started_by_itself(course: CourseEdition) -> None:
    learner, lesson = LearnerFactory(), published_lesson("other")
    other = published_course("other", [lesson])
    sit(learner, check(course, "one"), course.pk)
    record_read(learner, other, lesson.pk, timezone.now())
    started = ProgressEvent.objects.filter(learner=learner, verb="started").order_by("pk")
    assert list(started.values_list("course", "edition")) == [
        (course.course_id, course.pk),
        (other.course_id, other.pk),
    ]


def test_what_somebody_else_has_done_counts_for_nobody_but_them(course: CourseEdition) -> None:
    one, other = LearnerFactory(), LearnerFactory()
    for quiz in (check(course, "one"), check(course, "two"), final(course)):
        sit(one, quiz, course.pk)
    sit(other, final(course), course.pk)
    missing, final_missing = still_missing(other, course)
    assert (len(missing), final_missing) == (2, False)
    assert not Completion.objects.filter(learner=other).exists()
    assert LessonProgress.objects.filter(learner=other).count() == 0


def test_an_event_says_where_when_and_by_which_sitting(course: CourseEdition) -> None:
    learner, now = LearnerFactory(), timezone.now() - timedelta(days=40)
    attempt = sit(learner, check(course, "one"), course.pk, now=now)
    events = ProgressEvent.objects.filter(learner=learner).order_by("pk")
    lesson, day = check(course, "one").lesson_id, timezone.localdate(now)
    assert set(events.values_list("course", "edition", "day", "at")) == {(course.course_id, course.pk, day, now)}
    assert list(events.values_list("verb", "lesson", "attempt")) == [
        ("started", None, None),
        ("read", lesson, attempt.pk),
        ("passed", lesson, attempt.pk),
    ]


def test_a_final_says_that_it_was_passed_and_completes_by_its_sitting(course: CourseEdition) -> None:
    learner = LearnerFactory()
    for quiz in (check(course, "one"), check(course, "two")):
        sit(learner, quiz, course.pk)
    attempt = sit(learner, final(course), course.pk)
    events = ProgressEvent.objects.filter(learner=learner, attempt=attempt).order_by("pk")
    assert list(events.values_list("verb", "lesson")) == [("final_passed", None), ("completed", None)]
    assert Completion.objects.get(learner=learner).attempt_id == attempt.pk


def test_the_best_score_stays_and_the_first_pass_is_the_day(course: CourseEdition) -> None:
    learner, day = LearnerFactory(), timezone.now() - timedelta(days=9)
    for later, answers in enumerate((WRONG, RIGHT, WRONG, RIGHT)):
        sit(learner, check(course, "one"), course.pk, answers, now=day + timedelta(days=later))
    row = LessonProgress.objects.get(learner=learner)
    assert (row.best, row.read_on, row.passed_on) == (
        1,
        timezone.localdate(day),
        timezone.localdate(day + timedelta(days=1)),
    )


def test_a_course_knows_its_last_lesson_how_many_were_passed_and_when(course: CourseEdition) -> None:
    learner, day = LearnerFactory(), timezone.now() - timedelta(days=9)
    for later, slug in enumerate(("two", "one")):
        sit(learner, check(course, slug), course.pk, now=day + timedelta(days=later))
    sit(learner, check(course, "two"), course.pk, WRONG, now=day + timedelta(days=2))
    row = CourseProgress.objects.get(learner=learner)
    assert (row.edition_id, row.last_lesson_id, row.passed) == (course.pk, check(course, "one").lesson_id, 2)
    assert (row.started_on, row.active_on) == (
        timezone.localdate(day),
        timezone.localdate(day + timedelta(days=1)),
    )


def test_what_a_merged_guest_does_later_counts_for_whom_they_became(course: CourseEdition) -> None:
    guest, own, lesson = LearnerFactory(), LearnerFactory(), check(course, "one").lesson_id
    assert lesson is not None
    merge(guest, own)
    record_read(guest, course, lesson, timezone.now())
    row = LessonProgress.objects.get()
    assert (row.learner_id, row.lesson_id, row.read_on) == (own.pk, lesson, timezone.localdate())
