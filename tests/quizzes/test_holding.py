"""Two who hold the same rows hold them in one order: none waits for who waits for them. PostgreSQL alone holds rows."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from quizzes import attempts, draws
from quizzes.accommodations import choose
from quizzes.erasing import erase_learner
from quizzes.history import clusters
from quizzes.learners import adopt, merge, seen
from quizzes.models import Attempt, Learner, QuestionVersion, Quiz
from quizzes.purging import purge_guests
from quizzes.regrading import apply, dry_run
from quizzes.rescoring import Selection
from tests.factories import (
    SINGLE,
    LearnerFactory,
    UserFactory,
    check_of,
    corrected_question,
    published_course,
    published_lesson,
)
from tests.quizzes.sitting import begin, sit
from tests.quizzes.test_erasing import as_guest

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

Deed = Callable[[], Any]
WAITING = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


def meeting(first: Deed, then: Deed, other: Deed) -> Any:
    """What the other's deed came to, which begins between one's first and second step and goes on until it waits."""

    def apart() -> Any:
        try:
            return other()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first()
            met = pool.submit(apart)
            while not met.done() and not _somebody_waits():
                pass
            then()
        return met.result()


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        return cursor.fetchone() is not None


@pytest.fixture
def quiz() -> Quiz:
    lesson = published_lesson()
    check_of(lesson)
    return Quiz.objects.get(edition=published_course(lessons=[lesson], final={"attempt_limit": 3}))


@pytest.fixture
def under_way(quiz: Quiz) -> Attempt:
    """A sitting of a guest who was away for long."""
    attempt = begin(LearnerFactory(), quiz, quiz.edition_id or 0, now=timezone.now() - timedelta(days=900))
    Learner.objects.update(seen_on=timezone.localdate() - timedelta(days=900))
    return Attempt.objects.get(pk=attempt.pk)


def handing_in(attempt: Attempt, other: Deed) -> Any:
    """What the other's deed came to, begun when the sitting is held to be handed in."""
    come_to = meeting(lambda: attempts.locked(attempt.pk), lambda: attempts.submit(attempt.pk), other)
    attempt.refresh_from_db()
    assert attempt.state == Attempt.State.SUBMITTED
    return come_to


def purge() -> int:
    return purge_guests(400, timezone.localdate())


def test_who_hands_in_and_logs_in_at_once_does_both(under_way: Attempt) -> None:
    own = LearnerFactory(user=UserFactory())
    handing_in(under_way, lambda: adopt(as_guest(under_way.learner), own.user))
    assert under_way.learner == own


def test_who_hands_in_and_is_erased_at_once_is_both(under_way: Attempt) -> None:
    handing_in(under_way, lambda: erase_learner(under_way.learner))
    assert Learner.objects.get().erased_at


def test_who_hands_in_and_is_purged_at_once_is_both(under_way: Attempt) -> None:
    assert handing_in(under_way, purge) == 1


def test_the_purge_waits_for_no_guest_who_is_at_something(under_way: Attempt) -> None:
    learner = under_way.learner
    idle = Learner.objects.filter(pk=LearnerFactory().pk)
    idle.update(seen_on=timezone.localdate() - timedelta(days=901))
    assert meeting(lambda: _hold(learner), lambda: None, purge) == 1
    assert Learner.objects.get().erased_at is None


def test_regrades_come_one_after_the_other_also_of_two_questions() -> None:
    selections = [corrected_and_answered(key) for key in ("burns", "bleeding")]
    digests = [dry_run(selection).digest for selection in selections]
    done = []

    def score_again(number: int) -> None:
        apply(selections[number], digests[number], "The key was wrong.")
        done.append(number)

    meeting(lambda: score_again(0), lambda: done.append(2), lambda: score_again(1))
    assert done == [0, 2, 1]


def corrected_and_answered(key: str) -> Selection:
    """A question of a lesson of its own, answered by somebody, with another key since."""
    lesson = published_lesson(key)
    quiz = check_of(lesson, [SINGLE])
    sit(LearnerFactory(), quiz, published_course(key, [lesson]).pk)
    old = QuestionVersion.objects.get(question__lesson=lesson)
    return Selection(old.question_id, (old.pk,), corrected_question(old, {"right": "wait"}).pk)


@pytest.fixture
def own() -> Learner:
    """A person into whom a guest was merged whose id comes first."""
    guest, person = sorted(LearnerFactory.create_batch(2), key=lambda one: one.pk)
    Learner.objects.filter(pk=person.pk).update(user=UserFactory())
    person.refresh_from_db()
    merge(guest, person)
    return person


def beside_a_history(own: Learner, deed: Deed) -> Any:
    """What the deed came to beside who holds the guest's row already and then the person's."""
    guest = Learner.objects.get(merged_into=own)
    return meeting(lambda: _hold(guest), lambda: _hold(own), deed)


def _hold(learner: Learner) -> Any:
    return Learner.objects.select_for_update(no_key=True).get(pk=learner.pk)


def test_a_sitting_is_begun_in_the_order_in_which_histories_are_held(own: Learner, quiz: Quiz) -> None:
    drawn = draws.draw(quiz, "seed")
    edition = quiz.edition_id or 0
    beside_a_history(own, lambda: attempts.begin(own, quiz, edition, drawn, seed="seed").pk)
    assert Attempt.objects.get().learner == own


def test_a_log_in_holds_its_learners_in_that_order(own: Learner) -> None:
    guest = LearnerFactory()
    beside_a_history(own, lambda: adopt(as_guest(guest), own.user))
    assert Learner.objects.get(pk=guest.pk).merged_into == own


def test_who_was_here_today_is_noted_in_that_order(own: Learner) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)

    def comes_back() -> None:
        with transaction.atomic():
            seen(own, tomorrow)
            clusters([own.pk], hold=True)

    beside_a_history(own, comes_back)
    assert Learner.objects.get(pk=own.pk).seen_on == tomorrow


def test_a_pace_is_chosen_and_a_sitting_begun_while_a_guest_is_merged(own: Learner, quiz: Quiz) -> None:
    guest, edition = LearnerFactory(), quiz.edition_id or 0
    for learner, pace in ((own, "2"), (guest, "5")):
        choose(learner, pace, timezone.localdate())
    meeting(
        lambda: choose(own, "3", timezone.localdate()),
        lambda: begin(own, quiz, edition),
        lambda: adopt(as_guest(guest), own.user),
    )
    assert own.accommodations.get().extra == 5
