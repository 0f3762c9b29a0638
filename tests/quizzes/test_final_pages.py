"""A course's final, over HTTP."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from lessons.models import CourseEdition
from quizzes.models import Attempt, AttemptItem, Completion, Learner, Response
from tests.factories import NUMERICAL, SINGLE, TRUE_FALSE, check_of, published_course, published_lesson
from tests.quizzes.sitting import RIGHT
from tests.quizzes.test_check_pages import hidden

pytestmark = pytest.mark.django_db

FINAL = "/en/courses/first-aid/final/"


@pytest.fixture
def course() -> CourseEdition:
    lesson = published_lesson()
    check_of(lesson, [SINGLE, TRUE_FALSE, NUMERICAL])
    return published_course(lessons=[lesson], final={"time_limit": 600, "draw": 3})


@pytest.fixture
def guest() -> Client:
    return Client()


def begun(guest: Client) -> Attempt:
    guest.post(FINAL)
    return Attempt.objects.get()


def answer(guest: Client, item: AttemptItem, **changed: Any) -> Any:
    url = f"/en/attempts/{item.attempt_id}/{item.step}/"
    given = hidden(guest.get(url).content.decode()) | {"answer": RIGHT[item.version.kind]} | changed
    return guest.post(url, given)


def items(attempt: Attempt) -> list[AttemptItem]:
    return list(attempt.items.select_related("version"))


@pytest.mark.usefixtures("course")
def test_looking_at_the_rules_writes_nothing_and_sends_no_question(guest: Client) -> None:
    page = guest.get(FINAL).content.decode()
    assert "Blood spurts" not in page
    assert not Attempt.objects.exists()


@pytest.mark.usefixtures("course")
def test_begin_makes_an_attempt_with_its_deadline(guest: Client) -> None:
    attempt = begun(guest)
    assert attempt.deadline == attempt.begun_at + timedelta(seconds=600)


@pytest.mark.usefixtures("course")
def test_begin_twice_goes_on_with_the_same_attempt(guest: Client) -> None:
    first = guest.post(FINAL).headers["Location"]
    assert guest.post(FINAL).headers["Location"] == first
    assert Attempt.objects.count() == 1


@pytest.mark.usefixtures("course")
def test_an_answer_leads_to_the_next_question_without_feedback(guest: Client) -> None:
    attempt = begun(guest)
    response = answer(guest, items(attempt)[0])
    assert response.headers["Location"] == f"/en/attempts/{attempt.pk}/2/"


@pytest.mark.usefixtures("course")
def test_no_page_of_a_final_tells_the_key_before_it_is_handed_in(guest: Client) -> None:
    attempt = begun(guest)
    sent = ""
    for item in items(attempt):
        answer(guest, item)
        sent += guest.get(f"/en/attempts/{attempt.pk}/{item.step}/").content.decode()
    sent += guest.get(f"/en/attempts/{attempt.pk}/overview/").content.decode()
    for secret in ("EXPLANATION", "WHY-NOT", "It does.", "Five to six."):
        assert secret not in sent


@pytest.mark.usefixtures("course")
def test_a_saved_answer_is_still_ticked_when_one_comes_back(guest: Client) -> None:
    attempt = begun(guest)
    item = next(item for item in items(attempt) if item.version.kind == "single_choice")
    answer(guest, item)
    page = guest.get(f"/en/attempts/{attempt.pk}/{item.step}/").content.decode()
    assert page.count("checked") == 1


@pytest.mark.usefixtures("course")
def test_the_last_question_leads_to_the_overview(guest: Client) -> None:
    attempt = begun(guest)
    beyond = answer(guest, items(attempt)[-1]).headers["Location"]
    assert guest.get(beyond).headers["Location"] == f"/en/attempts/{attempt.pk}/overview/"


@pytest.mark.usefixtures("course")
def test_handing_in_shows_the_review(guest: Client) -> None:
    attempt = begun(guest)
    for item in items(attempt):
        answer(guest, item)
    response = guest.post(f"/en/attempts/{attempt.pk}/overview/", follow=True)
    assert "EXPLANATION-EN" in response.content.decode()


@pytest.mark.usefixtures("course")
def test_an_answer_after_the_deadline_is_refused_kindly_and_nothing_saved_is_lost(guest: Client) -> None:
    attempt = begun(guest)
    one, two, _three = items(attempt)
    answer(guest, one)
    fields = hidden(guest.get(f"/en/attempts/{attempt.pk}/{two.step}/").content.decode())
    with time_machine.travel(timezone.now() + timedelta(minutes=11), tick=False):
        late = guest.post(
            f"/en/attempts/{attempt.pk}/{two.step}/", fields | {"answer": RIGHT[two.version.kind]}, follow=True
        )
    attempt.refresh_from_db()
    assert (late.status_code, attempt.state, Response.objects.count()) == (200, "expired", 1)


@pytest.mark.usefixtures("course")
def test_a_passed_final_with_all_checks_passed_completes_the_course(guest: Client) -> None:
    check = "/en/courses/first-aid/bleeding/quiz/"
    page = guest.get(check).content.decode()
    kind = "numerical" if "How deep" in page else "single_choice" if "Blood spurts" in page else "true_false"
    guest.post(check, hidden(page) | {"answer": RIGHT[kind]})
    for item in items(Attempt.objects.get())[1:]:
        answer(guest, item)
    guest.post(FINAL)
    final = Attempt.objects.get(quiz__purpose="final")
    for item in items(final):
        answer(guest, item)
    result = guest.post(f"/en/attempts/{final.pk}/overview/", follow=True)
    assert Completion.objects.get().attempt_id == final.pk
    assert result.context["completion"] == Completion.objects.get()
    assert f'href="/en/my-learning/certificates/{final.pk}/"' in result.content.decode()


@pytest.mark.usefixtures("course")
def test_another_persons_final_cannot_be_handed_in(guest: Client) -> None:
    attempt = begun(guest)
    assert Client().post(f"/en/attempts/{attempt.pk}/overview/").status_code == 403
    attempt.refresh_from_db()
    assert attempt.state == "open"


def test_a_course_without_a_final_has_no_such_page(guest: Client) -> None:
    published_course(lessons=[published_lesson()])
    assert guest.get(FINAL).status_code == 404


def test_when_all_attempts_are_used_the_page_says_so(guest: Client) -> None:
    lesson = published_lesson()
    check_of(lesson)
    published_course(lessons=[lesson], final={"attempt_limit": 1})
    attempt = begun(guest)
    guest.post(f"/en/attempts/{attempt.pk}/overview/")
    response = guest.post(FINAL)
    assert response.context["blocked"]
    assert Attempt.objects.count() == 1


def test_a_final_with_no_question_to_ask_says_so_and_begins_nothing(guest: Client) -> None:
    published_course(lessons=[published_lesson()], final={"attempt_limit": 3, "time_limit": 600})
    for response in (guest.get(FINAL), guest.post(FINAL)):
        page = response.content.decode()
        assert "No question can be asked here at the moment." in page
        assert 'form="begin-form"' not in page
    assert not Learner.objects.exists()
