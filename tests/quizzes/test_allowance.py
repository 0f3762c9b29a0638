"""How many attempts are left, and from when on another may begin."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate

from lessons.models import CourseEdition
from quizzes import attempts, draws
from quizzes.allowance import Allowance, allowance
from quizzes.models import Attempt, Completion, CompletionWithdrawal, Learner, Quiz
from tests.factories import LearnerFactory, check_of, published_course, published_lesson
from tests.quizzes.sitting import begin, save, sit

pytestmark = pytest.mark.django_db

FINAL, CHECK = "/en/courses/first-aid/final/", "/en/courses/first-aid/bleeding/quiz/"


def final(**rules: Any) -> tuple[Quiz, int]:
    lesson = published_lesson()
    check_of(lesson)
    edition = published_course(lessons=[lesson], final=rules)
    return Quiz.objects.get(edition=edition), edition.pk


def completed(learner: Learner, edition_id: int) -> Completion:
    """A completion of today that holds for 30 days."""
    edition, today = CourseEdition.objects.get(pk=edition_id), localdate()
    return Completion.objects.create(
        learner=learner,
        course=edition.course,
        edition=edition,
        completed_on=today,
        expires_on=today + timedelta(days=30),
    )


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


def test_who_has_to_renew_a_completion_that_ran_out_has_all_attempts_again() -> None:
    sat, learner = final(attempt_limit=2), LearnerFactory()
    for _attempt in range(2):
        sit(learner, *sat)
    completed(learner, sat[1])
    assert allowance(learner, sat[0], timezone.now() + timedelta(days=29)) == Allowance("limit", 0)
    with time_machine.travel(timezone.now() + timedelta(days=30), tick=False):
        assert allowance(learner, sat[0], timezone.now()) == Allowance(left=2)
        sit(learner, *sat)
        assert allowance(learner, sat[0], timezone.now()) == Allowance(left=1)


def test_a_completion_that_was_withdrawn_gives_no_attempt_back() -> None:
    sat, learner = final(attempt_limit=1), LearnerFactory()
    sit(learner, *sat)
    earned = completed(learner, sat[1])
    CompletionWithdrawal.objects.create(completion=earned, withdrawn_on=localdate(), reason="The key was wrong.")
    assert allowance(learner, sat[0], timezone.now() + timedelta(days=60)) == Allowance("limit", 0)


def test_the_wait_begins_when_the_last_attempt_was_handed_in() -> None:
    sat, learner = final(cooldown=3600), LearnerFactory()
    now = timezone.now()
    sit(learner, *sat, now=now)
    again_at = now + timedelta(hours=1)
    assert allowance(learner, sat[0], again_at - timedelta(seconds=1)) == Allowance("cooldown", None, again_at)
    assert allowance(learner, sat[0], again_at) == Allowance()


def test_who_ran_out_of_time_waits_from_the_deadline_on_whenever_it_was_noticed() -> None:
    sat, learner = final(cooldown=3600, time_limit=600), LearnerFactory()
    attempt = begin(learner, *sat)
    assert attempt.deadline
    attempts.submit(attempt.pk, attempt.deadline + timedelta(minutes=50))
    again_at = attempt.deadline + timedelta(hours=1)
    assert allowance(learner, sat[0], again_at - timedelta(seconds=1)) == Allowance("cooldown", None, again_at)
    assert allowance(learner, sat[0], again_at) == Allowance()


def test_the_finals_of_all_editions_of_a_course_are_counted_together() -> None:
    sat, learner = final(attempt_limit=2), LearnerFactory()
    sit(learner, *sat)
    former = CourseEdition.objects.get(pk=sat[1])
    newer = CourseEdition.objects.create(course=former.course, number=2, label="2", minutes=10, source_language="en")
    quiz = Quiz.objects.create(
        purpose="final", edition=newer, pass_mark="0.8", feedback="at_end", attempt_limit=2, cooldown=60
    )
    found = allowance(learner, quiz, timezone.now())
    assert (found.reason, found.left) == ("cooldown", 1)
    other = final_of_another_course()
    assert allowance(learner, other, timezone.now()) == Allowance(left=2)


def final_of_another_course() -> Quiz:
    edition = published_course("burns", lessons=[published_lesson("burns")], final={"attempt_limit": 2})
    return Quiz.objects.get(edition=edition)


def test_no_attempts_allowed_is_no_limit() -> None:
    sat = final(attempt_limit=0)
    assert allowance(None, sat[0], timezone.now()) == Allowance()


@pytest.mark.parametrize("field", ["draw", "time_limit", "attempt_limit", "cooldown"])
def test_a_rule_of_nothing_is_left_empty(field: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        Quiz(feedback="at_end", **{field: 0}).clean()
    assert refusal.value.message_dict == {field: ["Leave it empty where there is none."]}


def test_a_draw_of_nothing_draws_everything() -> None:
    quiz, _edition = final(draw=0)
    assert len(draws.draw(quiz, "seed")) == 2


@pytest.mark.parametrize("rules", [{"attempt_limit": 1}, {"cooldown": 3600}])
@pytest.mark.parametrize("is_right", [True, False])
def test_a_result_offers_another_attempt_only_where_one_may_begin(rules: dict[str, Any], is_right: bool) -> None:
    final(**rules)
    guest = Client()
    guest.post(FINAL)
    attempt = Attempt.objects.get()
    for item in attempt.items.select_related("version") if is_right else ():
        save(item)
    url = f"/en/attempts/{attempt.pk}/"
    page = guest.post(f"{url}overview/", follow=True).content.decode()
    assert f'href="{FINAL}"' not in page
    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=False):
        assert (f'href="{FINAL}"' in text(guest, url)) is ("cooldown" in rules)


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
