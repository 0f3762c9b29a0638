"""Questions with a clock of their own, and the same without it."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from quizzes.accommodations import choose
from quizzes.models import Attempt, AttemptItem, Learner, QuestionVersion, Quiz
from tests.factories import SINGLE, TRUE_FALSE, LearnerFactory, check_of, published_course, published_lesson
from tests.factories import published_question as question
from tests.quizzes.sitting import RIGHT, begin, save
from tests.quizzes.test_check_pages import hidden

pytestmark = pytest.mark.django_db

CHECK = "/en/courses/first-aid/bleeding/quiz/"
STEM = "Blood spurts"


def timed_check(**fields: Any) -> tuple[Quiz, int]:
    """A check of two questions, each with a clock of 20 seconds."""
    lesson = published_lesson()
    quiz = check_of(lesson, [], **fields)
    for position in (1, 2):
        version = question(lesson, SINGLE, seconds=20)
        quiz.entries.create(question=version.question, position=position)
    return quiz, published_course(lessons=[lesson]).pk


def page_of(guest: Client, url: str) -> str:
    return guest.get(url).content.decode()


def started(guest: Client, how: str = "std") -> AttemptItem:
    """The first question of the check, started."""
    guest.post(CHECK, hidden(page_of(guest, CHECK)) | {"start": how})
    return AttemptItem.objects.select_related("version").get(step=1)


def url_of(item: AttemptItem) -> str:
    return f"/en/attempts/{item.attempt_id}/{item.step}/"


def test_the_question_is_not_sent_before_it_is_started() -> None:
    timed_check()
    page = page_of(Client(), CHECK)
    assert STEM not in page
    assert "20 seconds" in page
    assert not Attempt.objects.exists()


def test_starting_sends_it_and_the_server_notes_when() -> None:
    timed_check()
    guest = Client()
    item = started(guest)
    assert (item.mode, item.shown_at is not None) == ("std", True)
    page = page_of(guest, url_of(item))
    assert STEM in page
    assert 'data-reaction="20"' in page


def test_starting_twice_is_starting_once() -> None:
    timed_check()
    guest = Client()
    fields = hidden(page_of(guest, CHECK)) | {"start": "std"}
    guest.post(CHECK, fields)
    first = AttemptItem.objects.get(step=1).shown_at
    guest.post(CHECK, fields | {"start": "untimed"})
    item = AttemptItem.objects.get(step=1)
    assert (Attempt.objects.count(), item.shown_at, item.mode) == (1, first, "std")


def test_without_the_clock_the_question_has_none() -> None:
    timed_check()
    guest = Client()
    item = started(guest, "untimed")
    page = page_of(guest, url_of(item))
    assert STEM in page
    assert "data-reaction" not in page
    assert item.mode == "untimed"


def test_the_second_question_waits_for_its_own_start() -> None:
    timed_check()
    guest = Client()
    item = started(guest)
    guest.post(url_of(item), hidden(page_of(guest, url_of(item))) | {"answer": "press"})
    second = url_of(item).replace("/1/", "/2/")
    assert STEM not in page_of(guest, second)
    assert guest.head(second).status_code == 200
    assert AttemptItem.objects.get(step=2).shown_at is None
    guest.post(f"{second}start/", {"start": "std"})
    assert STEM in page_of(guest, second)


def answered_after(seconds: float, answers: dict[str, Any] = RIGHT, extra: str = "1") -> AttemptItem:
    """A question with a clock, answered so long after it was started."""
    learner = LearnerFactory()
    choose(learner, extra, timezone.localdate())
    attempt = begin(learner, *timed_check())
    now = timezone.now()
    AttemptItem.objects.filter(attempt=attempt, step=1, version__seconds=20).update(shown_at=now)
    item = attempt.items.select_related("version").get(step=1)
    save(item, answers, now + timedelta(seconds=seconds))
    item.refresh_from_db()
    return item


@pytest.mark.parametrize(
    ("seconds", "extra", "mode"),
    [
        (5, "1", "std"),
        (22, "1", "std"),
        (24, "1", "untimed"),
        (39, "2", "ext"),
        (44, "2", "untimed"),
        (900, "none", "untimed"),
    ],
)
def test_the_mode_says_under_which_time_it_was_answered(seconds: float, extra: str, mode: str) -> None:
    assert answered_after(seconds, extra=extra).mode == mode


@pytest.mark.parametrize("seconds", [1, 30, 3000])
def test_however_late_the_score_is_the_same(seconds: float) -> None:
    assert answered_after(seconds).fraction == 1


def test_an_answer_to_a_question_that_was_never_started_counts_without_the_clock() -> None:
    attempt = begin(LearnerFactory(), *timed_check())
    item = attempt.items.select_related("version").get(step=1)
    save(item)
    item.refresh_from_db()
    assert (item.fraction, item.mode) == (1, "untimed")


def test_who_has_no_time_limit_is_asked_at_once() -> None:
    timed_check()
    guest = Client()
    guest.post("/en/time-in-quizzes/", {"pace": "none"})
    assert STEM in page_of(guest, CHECK)
    guest.post(CHECK, hidden(page_of(guest, CHECK)) | {"answer": "press"})
    second = f"/en/attempts/{Attempt.objects.get().pk}/2/"
    assert STEM in page_of(guest, second)


def test_who_has_double_time_is_told_so() -> None:
    timed_check()
    guest = Client()
    guest.post("/en/time-in-quizzes/", {"pace": "2"})
    assert "40 seconds" in page_of(guest, CHECK)


def test_after_the_time_the_page_says_that_the_answer_still_counts() -> None:
    timed_check()
    guest = Client()
    item = started(guest)
    with time_machine.travel(timezone.now() + timedelta(seconds=60), tick=False):
        page = page_of(guest, url_of(item))
    assert 'data-reaction="0"' in page
    assert "Your answer still counts in full" in page


def test_the_feedback_says_how_fast_it_was() -> None:
    timed_check()
    guest = Client()
    item = started(guest)
    page = page_of(guest, url_of(item))
    guest.post(url_of(item), hidden(page) | {"answer": "press"})
    assert re.search(r"Answered in \d+ seconds?; 20 seconds were given", page_of(guest, url_of(item)))


def test_the_clock_stands_beside_a_bad_answer_too() -> None:
    timed_check()
    guest = Client()
    item = started(guest)
    response = guest.post(url_of(item), hidden(page_of(guest, url_of(item))) | {"answer": "nonsense"})
    assert response.status_code == 422
    assert "data-reaction" in response.content.decode()


def test_nonsense_sent_in_place_of_a_start_shows_no_question() -> None:
    timed_check()
    guest = Client()
    response = guest.post(CHECK, hidden(page_of(guest, CHECK)) | {"answer": "nonsense"})
    assert (response.status_code, STEM in response.content.decode()) == (422, False)
    item = started(guest)
    guest.post(url_of(item), hidden(page_of(guest, url_of(item))) | {"answer": "press"})
    second = url_of(item).replace("/1/", "/2/")
    page = guest.post(second, {"answer": "nonsense"}, follow=True).content.decode()
    assert (STEM in page, 'id="start-form"' in page) == (False, True)
    assert AttemptItem.objects.get(step=2).shown_at is None


def test_the_id_of_another_answer_shows_no_question_that_was_not_started() -> None:
    timed_check()
    guest = Client()
    item = started(guest)
    fields = hidden(page_of(guest, url_of(item))) | {"answer": "press"}
    guest.post(url_of(item), fields)
    page = guest.post(url_of(item).replace("/1/", "/2/"), fields, follow=True).content.decode()
    assert (STEM in page, 'id="start-form"' in page) == (False, True)


def test_nobody_starts_the_question_of_another() -> None:
    timed_check()
    started(Client())
    assert Client().post(f"/en/attempts/{Attempt.objects.get().pk}/2/start/").status_code == 403
    assert AttemptItem.objects.get(step=2).shown_at is None


def test_a_start_that_was_stolen_begins_nothing() -> None:
    timed_check()
    thief = Client()
    thief.get(CHECK)
    thief.post(CHECK, {"started": "stolen", "start": "std"})
    assert not Learner.objects.exists()


def test_a_question_without_a_clock_is_sent_as_ever() -> None:
    lesson = published_lesson()
    check_of(lesson, [TRUE_FALSE])
    published_course(lessons=[lesson])
    assert QuestionVersion.objects.get().seconds is None
    assert "Pressure helps" in page_of(Client(), CHECK)
