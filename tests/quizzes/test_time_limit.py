"""After the deadline every page of a sitting keeps what was saved, and takes nothing more."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from quizzes.models import Attempt, AttemptItem, Response
from quizzes.rules import GRACE
from tests.factories import check_of, published_course, published_lesson
from tests.quizzes.sitting import RIGHT
from tests.quizzes.test_check_pages import hidden

pytestmark = pytest.mark.django_db

FINAL = "/en/courses/first-aid/final/"


@pytest.fixture
def under_way() -> tuple[Client, Attempt]:
    """A final of ten minutes with one of two questions answered."""
    lesson = published_lesson()
    check_of(lesson)
    published_course(lessons=[lesson], final={"time_limit": 600})
    guest = Client()
    guest.post(FINAL)
    attempt = Attempt.objects.get()
    answer(guest, attempt.items.select_related("version").get(step=1))
    return guest, attempt


def answer(guest: Client, item: AttemptItem) -> Any:
    url = f"/en/attempts/{item.attempt_id}/{item.step}/"
    fields = hidden(guest.get(url).content.decode())
    return guest.post(url, fields | {"answer": RIGHT[item.version.kind]})


def late(attempt: Attempt) -> Any:
    assert attempt.deadline
    return time_machine.travel(attempt.deadline + GRACE + timedelta(seconds=1), tick=False)


@pytest.mark.parametrize("page", ["", "1/", "2/", "3/", "overview/"])
@pytest.mark.parametrize("method", ["get", "head", "post"])
def test_every_page_leads_to_the_result_with_what_was_saved(
    under_way: tuple[Client, Attempt], page: str, method: str
) -> None:
    guest, attempt = under_way
    url = f"/en/attempts/{attempt.pk}/{page}"
    with late(attempt):
        if not (method == "post" and page in ("", "3/")):
            getattr(guest, method)(url)
        result = guest.get(f"/en/attempts/{attempt.pk}/")
    attempt.refresh_from_db()
    assert (result.status_code, attempt.state, attempt.score) == (200, "expired", 0.5)
    assert Response.objects.count() == 1


@pytest.mark.parametrize("sense", [True, False])
def test_a_late_answer_saves_nothing_and_says_so(under_way: tuple[Client, Attempt], sense: bool) -> None:
    guest, attempt = under_way
    url = f"/en/attempts/{attempt.pk}/2/"
    right = RIGHT[attempt.items.select_related("version").get(step=2).version.kind]
    fields = hidden(guest.get(url).content.decode()) | {"answer": right if sense else "nonsense"}
    with late(attempt):
        response = guest.post(url, fields, follow=True)
    assert "came too late" in response.content.decode()
    assert Response.objects.count() == 1


def test_an_attempt_left_open_is_closed_when_the_final_is_looked_at_again(under_way: tuple[Client, Attempt]) -> None:
    guest, attempt = under_way
    with late(attempt):
        guest.get(FINAL)
    attempt.refresh_from_db()
    assert attempt.state == "expired"


def test_within_the_grace_everything_goes_on(under_way: tuple[Client, Attempt]) -> None:
    guest, attempt = under_way
    assert attempt.deadline
    with time_machine.travel(attempt.deadline + GRACE - timedelta(seconds=1), tick=False):
        answer(guest, attempt.items.select_related("version").get(step=2))
        guest.post(f"/en/attempts/{attempt.pk}/overview/")
    attempt.refresh_from_db()
    assert (attempt.state, attempt.score, attempt.passed) == ("submitted", 1, True)
