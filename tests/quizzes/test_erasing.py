"""What erasing takes away, and what must stay so that counts stay true."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from lessons.models import CourseEdition
from lessons.pages import LEARNER_COOKIE
from quizzes.attempts import AnswerRefused
from quizzes.erasing import erase_learner, erase_learners
from quizzes.learners import adopt, is_own, learner_of, merge, remember, whose
from quizzes.models import Attempt, AttemptItem, Completion, CourseProgress, Learner, ProgressEvent, Quiz, Response
from quizzes.progress import project_everything
from tests.factories import LearnerFactory, UserFactory, check_of, published_course, published_lesson
from tests.quizzes.sitting import begin, save, sit

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 3, 17, 45, 12, tzinfo=UTC)


@pytest.fixture
def course() -> CourseEdition:
    lesson = published_lesson()
    check_of(lesson)
    return published_course(lessons=[lesson], final={})


def complete(learner: Learner, course: CourseEdition, now: datetime = AT) -> None:
    for quiz in Quiz.objects.order_by("pk"):
        sit(learner, quiz, course.pk, now=now)


def as_guest(learner: Learner) -> HttpRequest:
    """A request of the browser that holds the learner's cookie."""
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    response = HttpResponse()
    remember(request, response, learner)
    request.COOKIES[LEARNER_COOKIE] = response.cookies[LEARNER_COOKIE].value
    return request


def test_no_answer_and_no_hour_stays(course: CourseEdition) -> None:
    learner = LearnerFactory()
    complete(learner, course)
    erase_learner(learner)
    assert set(Response.objects.values_list("answer", "client_time", "saved_at")) == {(None, None, None)}
    assert set(ProgressEvent.objects.values_list("at", flat=True)) == {None}
    assert set(AttemptItem.objects.values_list("shown_at", "closed_at")) == {(None, None)}


def test_a_sitting_keeps_its_day_and_loses_its_hour(course: CourseEdition) -> None:
    learner = LearnerFactory()
    complete(learner, course)
    erase_learner(learner)
    midnight = datetime(2026, 3, 3, tzinfo=UTC)
    assert set(Attempt.objects.values_list("begun_at", "submitted_at", "seed", "nonce")) == {
        (midnight, midnight, "", None)
    }


def test_sittings_of_a_day_keep_their_order(course: CourseEdition) -> None:
    learner, quiz = LearnerFactory(), Quiz.objects.get(lesson__isnull=False)
    begun = [sit(learner, quiz, course.pk, now=AT + timedelta(minutes=minutes)).pk for minutes in (20, 0, 10)]
    erase_learner(learner)
    kept = Attempt.objects.order_by("begun_at").values_list("pk", "begun_at")
    assert [pk for pk, _at in kept] == [begun[1], begun[2], begun[0]]
    assert {at.replace(microsecond=0) for _pk, at in kept} == {datetime(2026, 3, 3, tzinfo=UTC)}


def counts() -> dict[str, Any]:
    """What reports and statistics are counted from."""
    return {
        "events": list(ProgressEvent.objects.order_by("pk").values_list("learner", "verb", "course", "lesson", "day")),
        "completions": list(Completion.objects.values_list("learner", "course", "completed_on", "expires_on")),
        "courses": list(CourseProgress.objects.values_list("learner", "course", "started_on", "completed_on")),
        "scores": list(Attempt.objects.order_by("pk").values_list("state", "score", "passed")),
        "shares": list(Response.objects.order_by("pk").values_list("fraction", flat=True)),
    }


def test_what_is_counted_stays(course: CourseEdition) -> None:
    learner = LearnerFactory()
    complete(learner, course)
    before = counts()
    erase_learner(learner)
    assert counts() == before


def test_progress_rebuilt_after_erasing_counts_the_same(course: CourseEdition) -> None:
    learner = LearnerFactory()
    complete(learner, course)
    before = counts()
    erase_learner(learner)
    project_everything(learner)
    assert counts() == before


def test_the_learner_belongs_to_nobody_afterwards() -> None:
    user = UserFactory()
    learner = LearnerFactory(user=user)
    erase_learner(learner, AT)
    learner.refresh_from_db()
    assert (learner.user, learner.erased_at, learner.created_at.hour) == (None, AT, 0)


def test_erasing_twice_keeps_the_first_day() -> None:
    learner = LearnerFactory()
    erase_learner(learner, AT)
    erase_learner(learner, AT + timedelta(days=9))
    learner.refresh_from_db()
    assert learner.erased_at == AT


def test_guests_who_were_merged_are_erased_too(course: CourseEdition) -> None:
    guest, own = LearnerFactory(), LearnerFactory(user=UserFactory())
    complete(guest, course)
    merge(guest, own)
    erase_learner(own)
    assert not ProgressEvent.objects.exclude(at=None).exists()
    assert not Learner.objects.filter(erased_at=None).exists()


def test_nobody_else_is_erased(course: CourseEdition) -> None:
    learner, other = LearnerFactory(), LearnerFactory()
    complete(other, course)
    erase_learner(learner)
    assert not Response.objects.filter(answer=None).exists()
    assert not ProgressEvent.objects.filter(at=None).exists()
    other.refresh_from_db()
    assert other.erased_at is None


def test_a_sitting_under_way_takes_no_answer_afterwards(course: CourseEdition) -> None:
    learner = LearnerFactory()
    attempt = begin(learner, Quiz.objects.get(edition=course), course.pk)
    item = attempt.items.select_related("version").first()
    assert item is not None
    erase_learner(learner)
    with pytest.raises(AnswerRefused):
        save(item)


def test_the_cookie_opens_nothing_any_more(course: CourseEdition) -> None:
    learner = LearnerFactory()
    complete(learner, course)
    assert learner_of(as_guest(learner)) == learner
    erase_learner(learner)
    learner.refresh_from_db()
    request = as_guest(learner)
    assert learner_of(request) is None
    assert not is_own(request, learner)
    assert not ProgressEvent.objects.filter(whose(request)).exists()


def test_an_erased_guest_is_not_adopted_at_log_in() -> None:
    learner, user = LearnerFactory(), UserFactory()
    erase_learner(learner)
    assert adopt(as_guest(learner), user) is None


def test_many_are_erased_in_as_many_statements_as_one(
    course: CourseEdition, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    learners = [LearnerFactory() for _each in range(5)]
    for learner in learners:
        complete(learner, course, timezone.now())
    with django_assert_max_num_queries(11):
        assert erase_learners(learner.pk for learner in learners) == 5
