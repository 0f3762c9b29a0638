"""Several at once: one attempt, one response, nothing lost. On both databases, with true threads."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from quizzes import attempts, draws, moving
from quizzes.models import Attempt, Completion, Learner, ProgressEvent, Question, Quiz, Response
from tests.factories import (
    MULTIPLE,
    NUMERICAL,
    SINGLE,
    TRUE_FALSE,
    LearnerFactory,
    UserFactory,
    check_of,
    published_course,
    published_lesson,
)
from tests.quizzes.sitting import RIGHT, WRONG, begin
from tests.quizzes.test_check_pages import CHECK, hidden

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


def test_a_double_click_on_the_first_answer_is_one_attempt_of_one_guest(sat: tuple[Quiz, int, Learner]) -> None:
    guest = Client(enforce_csrf_checks=True)
    page = guest.get(CHECK).content.decode()
    fields = hidden(page) | {"answer": "press" if 'value="press"' in page else "true"}

    def click(_number: int) -> str:
        tab = Client(enforce_csrf_checks=True)
        tab.cookies["csrftoken"] = guest.cookies["csrftoken"].value
        return str(tab.post(CHECK, fields).headers["Location"])

    assert len(set(all_at_once(click))) == 1
    assert (Attempt.objects.count(), Response.objects.count(), Learner.objects.filter(user=None).count()) == (1, 1, 2)


def test_a_double_click_on_a_later_answer_is_one_response(sat: tuple[Quiz, int, Learner]) -> None:
    user = UserFactory()
    Learner.objects.filter(pk=sat[2].pk).update(user=user)
    attempt = begin(sat[2], Quiz.objects.get(edition=sat[1]), sat[1])
    url = f"/en/attempts/{attempt.pk}/1/"
    fields = {"submission_id": str(uuid.uuid4()), "answer": _right(attempt)}

    def click(_number: int) -> tuple[int, str]:
        tab = Client()
        tab.force_login(user)
        response = tab.post(url, fields)
        return response.status_code, response.headers["Location"]

    assert set(all_at_once(click)) == {(302, url.replace("/1/", "/2/"))}
    assert Response.objects.count() == 1


SPECS = [SINGLE, TRUE_FALSE, MULTIPLE, NUMERICAL]
PEOPLE, THREADS = 200, 12


def test_two_hundred_who_sit_at_once_lose_nothing_and_score_what_they_answered() -> None:
    """Learner n answers n % 5 of the four questions right, begins, answers all and hands in."""
    lesson = published_lesson()
    check_of(lesson, SPECS)
    edition = published_course(lessons=[lesson], final={})
    quiz = Quiz.objects.get(edition=edition)
    learners = LearnerFactory.create_batch(PEOPLE)

    def sitting(number: int) -> dict[uuid.UUID, Any]:
        try:
            seed = str(number)
            asked = draws.draw(quiz, seed, draws.last_asked(learners[number], quiz))
            attempt = attempts.begin(learners[number], quiz, edition.pk, asked, seed=seed)
            acknowledged = {}
            for item in attempt.items.select_related("version"):
                answers = RIGHT if item.step <= number % 5 else WRONG
                answer = attempts.Answer(item.step, answers[item.version.kind], uuid.uuid4(), "en")
                acknowledged[answer.submission_id] = attempts.save_answer(attempt.pk, answer).answer
            attempts.submit(attempt.pk)
            return acknowledged
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        acknowledged = {pk: value for one in pool.map(sitting, range(PEOPLE)) for pk, value in one.items()}
    assert len(acknowledged) == PEOPLE * len(SPECS)
    assert dict(Response.objects.values_list("submission_id", "answer")) == acknowledged
    scores = dict(Attempt.objects.filter(state="submitted").values_list("learner", "score"))
    assert scores == {learner.pk: Decimal(at % 5) / 4 for at, learner in enumerate(learners)}
    passed = set(Attempt.objects.filter(passed=True).values_list("learner", flat=True))
    assert passed == {learner.pk for at, learner in enumerate(learners) if at % 5 == 4}


def test_eight_writers_of_one_attempt_with_mixed_deeds_lose_nothing_that_was_acknowledged() -> None:
    """Each answers every question in an order of its own and sends it again, the same and another; two hand in."""
    lesson = published_lesson()
    check_of(lesson, SPECS)
    edition = published_course(lessons=[lesson], final={})
    attempt = begin(LearnerFactory(), Quiz.objects.get(edition=edition), edition.pk)
    items = list(attempt.items.select_related("version"))

    def deeds(number: int) -> list[Response]:
        saved = []
        for item in items[number % 4 :] + items[: number % 4]:
            mine, other = (RIGHT, WRONG) if number % 2 else (WRONG, RIGHT)
            answer = attempts.Answer(item.step, mine[item.version.kind], uuid.uuid4(), "en")
            try:
                saved += [attempts.save_answer(attempt.pk, answer), attempts.save_answer(attempt.pk, answer)]
            except attempts.AnswerRefused:
                continue
            with pytest.raises(attempts.SubmissionConflict):
                attempts.save_answer(attempt.pk, replace(answer, value=other[item.version.kind]))
        if number >= WRITERS - 2:
            attempts.submit(attempt.pk)
        return saved

    got = [response for saved in all_at_once(deeds) for response in saved]
    attempt = Attempt.objects.get()
    kept = {response.pk for response in Response.objects.all()}
    assert {response.pk for response in got} == kept
    for item in attempt.items.all():
        sequences = list(item.responses.order_by("sequence").values_list("sequence", flat=True))
        assert sequences == list(range(1, len(sequences) + 1))
        last = item.responses.order_by("-sequence").first()
        assert item.fraction == (last.fraction if last else None)
    assert attempt.score == attempts.score_of(list(attempt.items.all()))
    assert attempt.state == "submitted"


def _right(attempt: Attempt) -> Any:
    return _key(attempt.items.select_related("version").get(step=1).version)


def _key(version: Any) -> Any:
    right = version.answer_key["right"]
    return "true" if right is True else right


def test_eight_questions_that_are_moved_at_once_stand_one_behind_another() -> None:
    for number in range(WRITERS):
        check_of(published_lesson(f"lesson-{number}"), [SINGLE, TRUE_FALSE])
    questions = list(Question.objects.filter(position=0))
    burns = published_lesson("burns", "Burns")
    check_of(burns, [TRUE_FALSE])
    all_at_once(lambda number: moving.move([questions[number].pk], burns, take_out=True))
    places = list(burns.questions.values_list("position", flat=True))
    assert sorted(places) == list(range(WRITERS + 1))
