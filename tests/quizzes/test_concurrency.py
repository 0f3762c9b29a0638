"""Several at once: one attempt, one response, nothing lost. On both databases, with true threads."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from quizzes import attempts, draws
from quizzes.models import Attempt, Completion, Learner, ProgressEvent, Quiz, Response
from tests.factories import SINGLE, TRUE_FALSE, LearnerFactory, check_of, published_course, published_lesson
from tests.quizzes.sitting import begin

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS = 8


def all_at_once(deed: Callable[[int], Any]) -> list[Any]:
    """What each of the writers got: a value, or the exception it met."""
    barrier = Barrier(WRITERS)

    def one(number: int) -> Any:
        barrier.wait()
        try:
            return deed(number)
        except (attempts.AnswerRefused, attempts.BeginningRefused, attempts.SubmissionConflict) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(one, range(WRITERS)))


@pytest.fixture
def sat() -> tuple[Quiz, int, Learner]:
    lesson = published_lesson()
    quiz = check_of(lesson, [SINGLE, TRUE_FALSE])
    return quiz, published_course(lessons=[lesson], final={}).pk, LearnerFactory()


def test_eight_beginnings_are_one_attempt(sat: tuple[Quiz, int, Learner]) -> None:
    quiz, edition, learner = sat
    drawn = draws.draw(quiz, "seed")
    begun = all_at_once(lambda _n: attempts.begin(learner, quiz, edition, drawn, seed="seed").pk)
    assert len(set(begun)) == 1
    assert Attempt.objects.get().items.count() == 2


def test_the_same_submission_from_eight_writers_is_saved_once(sat: tuple[Quiz, int, Learner]) -> None:
    attempt = begin(sat[2], sat[0], sat[1])
    answer = attempts.Answer(1, _right(attempt), uuid.uuid4(), "en")
    saved = all_at_once(lambda _n: attempts.save_answer(attempt.pk, answer).pk)
    assert len(set(saved)) == 1
    assert Response.objects.count() == 1


def test_of_eight_answers_to_one_step_of_a_check_one_counts(sat: tuple[Quiz, int, Learner]) -> None:
    attempt = begin(sat[2], sat[0], sat[1])
    value = _right(attempt)
    got = all_at_once(lambda _n: attempts.save_answer(attempt.pk, attempts.Answer(1, value, uuid.uuid4(), "en")))
    assert sum(isinstance(one, Response) for one in got) == 1
    assert Response.objects.count() == 1


def test_eight_answers_to_a_final_are_all_kept_in_one_order(sat: tuple[Quiz, int, Learner]) -> None:
    final = Quiz.objects.get(edition=sat[1])
    attempt = begin(sat[2], final, sat[1])
    value = _right(attempt)
    all_at_once(lambda _n: attempts.save_answer(attempt.pk, attempts.Answer(1, value, uuid.uuid4(), "en")))
    sequences = Response.objects.order_by("sequence").values_list("sequence", flat=True)
    assert list(sequences) == list(range(1, WRITERS + 1))


def test_handing_in_eight_times_earns_one_completion(sat: tuple[Quiz, int, Learner]) -> None:
    quiz, edition, learner = sat
    check = begin(learner, quiz, edition)
    for item in check.items.select_related("version"):
        attempts.save_answer(check.pk, attempts.Answer(item.step, _key(item.version), uuid.uuid4(), "en"))
    attempt = begin(learner, Quiz.objects.get(edition=edition), edition)
    for item in attempt.items.select_related("version"):
        attempts.save_answer(attempt.pk, attempts.Answer(item.step, _key(item.version), uuid.uuid4(), "en"))
    all_at_once(lambda _n: attempts.submit(attempt.pk).pk)
    assert Completion.objects.count() == 1
    assert ProgressEvent.objects.filter(verb="completed").count() == 1


def test_of_eight_who_begin_and_hand_in_no_more_pass_than_the_limit_allows() -> None:
    lesson = published_lesson()
    check_of(lesson, [SINGLE])
    edition = published_course(lessons=[lesson], final={"attempt_limit": 2})
    quiz, learner = Quiz.objects.get(edition=edition), LearnerFactory()
    drawn = draws.draw(quiz, "seed")

    def sitting(_number: int) -> Any:
        return attempts.submit(attempts.begin(learner, quiz, edition.pk, drawn, seed="seed").pk).pk

    got = all_at_once(sitting)
    assert Attempt.objects.count() == 2
    assert sum(isinstance(one, attempts.BeginningRefused) for one in got) <= WRITERS - 2


def _right(attempt: Attempt) -> Any:
    return _key(attempt.items.select_related("version").get(step=1).version)


def _key(version: Any) -> Any:
    right = version.answer_key["right"]
    return "true" if right is True else right
