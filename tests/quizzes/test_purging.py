"""Guests who stay away are erased; whoever comes back, has an account, or is counted, is not lost."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from lessons.models import CourseEdition
from quizzes.learners import merge
from quizzes.models import Attempt, Learner, ProgressEvent, Quiz, Response
from quizzes.purging import purge_guests
from tests.factories import LearnerFactory, UserFactory, check_of, published_course, published_lesson
from tests.quizzes.sitting import sit

pytestmark = pytest.mark.django_db

TODAY = date(2026, 6, 1)


@pytest.fixture
def course() -> CourseEdition:
    lesson = published_lesson()
    check_of(lesson)
    return published_course(lessons=[lesson])


def seen_days_ago(days: int, **fields: object) -> Learner:
    learner: Learner = LearnerFactory(**fields)
    Learner.objects.filter(pk=learner.pk).update(seen_on=TODAY - timedelta(days=days))
    return learner


def sat(learner: Learner, course: CourseEdition, days_ago: int) -> Learner:
    now = datetime(2026, 6, 1, 12, tzinfo=UTC) - timedelta(days=days_ago)
    sit(learner, Quiz.objects.get(), course.pk, now=now)
    return learner


def test_an_idle_guest_loses_their_answers_and_stays_in_the_counts(course: CourseEdition) -> None:
    guest = sat(seen_days_ago(500), course, 500)
    events = ProgressEvent.objects.count()
    assert purge_guests(400, TODAY) == 1
    guest.refresh_from_db()
    assert guest.erased_at
    assert set(Response.objects.values_list("answer", flat=True)) == {None}
    assert (ProgressEvent.objects.count(), Attempt.objects.count()) == (events, 1)


@pytest.mark.parametrize(("days", "gone"), [(400, 0), (401, 1)])
def test_a_guest_is_idle_after_the_day_itself(days: int, gone: int) -> None:
    seen_days_ago(days)
    assert purge_guests(400, TODAY) == gone


def test_who_left_no_trace_is_deleted() -> None:
    guest = seen_days_ago(500)
    purge_guests(400, TODAY)
    assert not Learner.objects.filter(pk=guest.pk).exists()


def test_who_learned_lately_is_not_idle_whatever_seen_on_says(course: CourseEdition) -> None:
    guest = sat(seen_days_ago(500), course, 20)
    assert purge_guests(400, TODAY) == 0
    guest.refresh_from_db()
    assert guest.erased_at is None


def test_who_has_an_account_is_never_purged(course: CourseEdition) -> None:
    sat(seen_days_ago(500, user=UserFactory()), course, 500)
    assert purge_guests(400, TODAY) == 0


def test_a_guest_who_was_merged_belongs_to_the_account(course: CourseEdition) -> None:
    guest, own = sat(seen_days_ago(500), course, 500), seen_days_ago(1, user=UserFactory())
    merge(guest, own)
    assert purge_guests(400, TODAY) == 0
    assert not ProgressEvent.objects.filter(at=None).exists()


def test_many_are_purged_in_batches_and_none_twice(course: CourseEdition) -> None:
    for number in range(7):
        sat(seen_days_ago(500 + number % 3), course, 500)
    assert purge_guests(400, TODAY, batch=2) == 7
    assert purge_guests(400, TODAY, batch=2) == 0


def test_the_command_says_how_many() -> None:
    with time_machine.travel(TODAY, tick=False):
        seen_days_ago(500)
        said = StringIO()
        call_command("purge_guests", stdout=said)
    assert said.getvalue() == "1 guests erased\n"


def test_the_command_refuses_to_purge_everybody() -> None:
    with pytest.raises(CommandError, match="1 or more"):
        call_command("purge_guests", "--days=0")
