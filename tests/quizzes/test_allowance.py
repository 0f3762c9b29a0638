"""How many attempts are left, and from when on another may begin."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from quizzes import attempts
from quizzes.allowance import Allowance, allowance
from quizzes.models import Attempt, Learner, Quiz
from tests.factories import LearnerFactory, check_of, published_course, published_lesson
from tests.quizzes.sitting import begin, sit

pytestmark = pytest.mark.django_db

FINAL, CHECK = "/en/courses/first-aid/final/", "/en/courses/first-aid/bleeding/quiz/"


def final(**rules: Any) -> tuple[Quiz, int]:
    lesson = published_lesson()
    check_of(lesson)
    edition = published_course(lessons=[lesson], final=rules)
    return Quiz.objects.get(edition=edition), edition.pk


def text(client: Client, url: str) -> str:
    return client.get(url).content.decode()


def test_without_a_limit_nothing_is_counted() -> None:
    sat, learner = final(), LearnerFactory()
    sit(learner, *sat)
    assert allowance(learner, sat[0], timezone.now()) == Allowance()


def test_each_attempt_leaves_one_less() -> None:
    sat, learner = final(attempt_limit=2), LearnerFactory()
    left = []
    for _attempt in range(2):
        left.append(allowance(learner, sat[0], timezone.now()).left)
        sit(learner, *sat)
    assert (left, allowance(learner, sat[0], timezone.now())) == ([2, 1], Allowance("limit", 0))


def test_the_wait_begins_when_the_last_attempt_was_handed_in() -> None:
    sat, learner = final(cooldown=3600), LearnerFactory()
    now = timezone.now()
    sit(learner, *sat, now=now)
    again_at = now + timedelta(hours=1)
    assert allowance(learner, sat[0], again_at - timedelta(seconds=1)) == Allowance("cooldown", None, again_at)
    assert allowance(learner, sat[0], again_at) == Allowance()


@pytest.mark.parametrize("rules", [{"attempt_limit": 1}, {"cooldown": 60}])
def test_no_attempt_begins_against_the_rules(rules: dict[str, Any]) -> None:
    sat, learner = final(**rules), LearnerFactory()
    sit(learner, *sat)
    with pytest.raises(attempts.BeginningRefused):
        begin(learner, *sat)


def test_what_is_under_way_is_found_although_none_is_left() -> None:
    sat, learner = final(attempt_limit=1), LearnerFactory()
    assert begin(learner, *sat) == begin(learner, *sat)


def test_the_page_says_how_many_are_left_and_when_one_can_try_again() -> None:
    final(attempt_limit=3, cooldown=3600)
    guest = Client()
    assert "You have 3 attempts left." in text(guest, FINAL)
    guest.post(FINAL)
    attempt = Attempt.objects.get()
    result = guest.post(f"/en/attempts/{attempt.pk}/overview/", follow=True).content.decode()
    page = text(guest, FINAL)
    for said in (result, page):
        assert "You have 2 attempts left." in said
        assert "You can try again from" in said
    assert 'form="begin-form"' not in page
    guest.post(FINAL)
    assert Attempt.objects.count() == 1
    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=False):
        assert 'form="begin-form"' in text(guest, FINAL)


def limited_check(**rules: Any) -> None:
    lesson = published_lesson()
    check_of(lesson, **rules)
    published_course(lessons=[lesson])


def test_a_check_with_a_limit_begins_by_a_deliberate_act() -> None:
    limited_check(time_limit=300)
    guest = Client()
    assert "Blood spurts" not in text(guest, CHECK)
    assert not Learner.objects.exists()
    first = guest.post(CHECK).headers["Location"]
    attempt = Attempt.objects.get()
    assert first == f"/en/attempts/{attempt.pk}/1/"
    assert attempt.deadline == attempt.begun_at + timedelta(seconds=300)


def test_a_check_that_was_taken_as_often_as_it_allows_says_so() -> None:
    limited_check(attempt_limit=1)
    guest = Client()
    guest.post(CHECK)
    attempts.submit(Attempt.objects.get().pk)
    page = text(guest, CHECK)
    assert "You have used all the attempts" in page
    guest.post(CHECK)
    assert Attempt.objects.count() == 1


def test_a_check_under_way_is_gone_on_with() -> None:
    limited_check(attempt_limit=1)
    guest = Client()
    guest.post(CHECK)
    attempt = Attempt.objects.get()
    assert f'href="/en/attempts/{attempt.pk}/1/"' in text(guest, CHECK)
