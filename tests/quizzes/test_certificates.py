"""Certificates: one for each completion, whoever held the cookie then, under an id that is not guessed."""

import uuid
from datetime import UTC, date, datetime

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from lessons.models import CourseEdition
from quizzes.certificates import LETTERS, certificates, language_of, reference
from quizzes.learners import merge
from quizzes.models import Attempt, Learner, Quiz
from quizzes.standing import standings
from tests.factories import CompletionFactory, LearnerFactory, check_of, published_course, published_lesson
from tests.quizzes.sitting import sit


@pytest.fixture
def course(db: None) -> CourseEdition:
    lesson = published_lesson()
    check_of(lesson)
    return published_course(lessons=[lesson], final={})


def complete(learner: Learner, course: CourseEdition, day: str) -> Attempt:
    """Sits whatever is missing and the final; returns the sitting that earned it."""
    with time_machine.travel(datetime.fromisoformat(day).replace(hour=12, tzinfo=UTC), tick=False):
        sit(learner, Quiz.objects.get(lesson__isnull=False), course.pk)
        return sit(learner, Quiz.objects.get(edition=course), course.pk)


def test_a_completion_has_a_certificate(course: CourseEdition) -> None:
    learner = LearnerFactory()
    attempt = complete(learner, course, "2026-03-03")
    with time_machine.travel("2026-06-01", tick=False):
        (one,) = certificates(learner, "en")
    assert (one.public_id, one.title, one.edition) == (attempt.pk, "First aid", "1")
    assert one.edition_id == course.pk
    assert (one.completed_on, one.expires_on, one.has_run_out) == (date(2026, 3, 3), date(2027, 3, 3), False)


def test_it_runs_out_on_its_day(course: CourseEdition) -> None:
    learner = LearnerFactory()
    complete(learner, course, "2026-03-03")
    with time_machine.travel("2027-03-02T12:00Z", tick=False):
        assert not certificates(learner, "en")[0].has_run_out
    with time_machine.travel("2027-03-03T12:00Z", tick=False):
        assert certificates(learner, "en")[0].has_run_out


def test_a_renewal_is_another_certificate_and_the_first_stays(course: CourseEdition) -> None:
    learner = LearnerFactory()
    complete(learner, course, "2026-03-03")
    complete(learner, course, "2026-09-09")
    assert [(one.completed_on.month, one.renewed) for one in certificates(learner, "en")] == [(9, False), (3, True)]


def test_it_comes_in_the_readers_language(course: CourseEdition) -> None:
    learner = LearnerFactory()
    complete(learner, course, "2026-03-03")
    assert certificates(learner, "ar")[0].title == "First aid بالعربية"


def test_a_merged_guests_certificate_is_the_accounts(course: CourseEdition) -> None:
    guest, own = LearnerFactory(), LearnerFactory()
    attempt = complete(guest, course, "2026-03-03")
    merge(guest, own)
    assert [one.public_id for one in certificates(own, "en")] == [attempt.pk]
    assert standings(own, "en")[0].certificate == attempt.pk


def test_a_standing_leads_to_the_latest_certificate(course: CourseEdition) -> None:
    learner = LearnerFactory()
    complete(learner, course, "2026-03-03")
    latest = complete(learner, course, "2026-09-09")
    assert standings(learner, "en")[0].certificate == latest.pk


def test_a_completion_without_a_sitting_has_no_certificate(course: CourseEdition) -> None:
    learner = LearnerFactory()
    CompletionFactory(learner=learner, edition=course, completed_on=date(2026, 3, 3))
    assert certificates(learner, "en") == []


def test_it_says_in_which_language_was_answered(course: CourseEdition) -> None:
    learner = LearnerFactory()
    sit(learner, Quiz.objects.get(lesson__isnull=False), course.pk)
    complete(learner, course, "2026-03-03")
    assert language_of(certificates(learner, "ar")[0]) == "en"


def test_many_certificates_take_one_query(
    course: CourseEdition, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    learner = LearnerFactory()
    for month in (3, 5, 7):
        complete(learner, course, f"2026-0{month}-03")
    with django_assert_num_queries(1):
        assert len(certificates(learner, "en")) == 3


def test_a_reference_is_the_ids_first_sixty_bits() -> None:
    assert reference(uuid.UUID("00000000-0000-0010-0000-000000000000")) == "0000-0000-0001"
    assert reference(uuid.UUID("ffffffff-ffff-fff0-0000-000000000000")) == "ZZZZ-ZZZZ-ZZZZ"


@given(st.uuids(version=4))
def test_a_reference_is_three_groups_of_letters_that_are_not_mistaken(public_id: uuid.UUID) -> None:
    groups = reference(public_id).split("-")
    assert [len(group) for group in groups] == [4, 4, 4]
    assert set("".join(groups)) <= set(LETTERS)
    assert not set("ILOU") & set(LETTERS)
