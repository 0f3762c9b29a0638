"""A guest's way through a check, over HTTP."""

import re
import uuid
from typing import Any

import pytest
from django.test import Client

from lessons.models import CourseEdition
from quizzes.models import Attempt, Learner, Response
from tests.factories import MULTIPLE, NUMERICAL, SINGLE, check_of, published_course, published_lesson

pytestmark = pytest.mark.django_db

CHECK = "/en/courses/first-aid/bleeding/quiz/"


@pytest.fixture
def course() -> CourseEdition:
    lesson = published_lesson()
    check_of(lesson, [SINGLE])
    return published_course(lessons=[lesson])


@pytest.fixture
def guest() -> Client:
    """A browser that checks CSRF as a real one must."""
    return Client(enforce_csrf_checks=True)


def hidden(html: str) -> dict[str, str]:
    """The hidden fields of the page's answer form."""
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html)
    return dict(fields)


def first_answer(guest: Client, answer: Any = "press", url: str = CHECK, **changed: Any) -> Any:
    page = guest.get(url)
    return guest.post(url, hidden(page.content.decode()) | {"answer": answer} | changed)


def test_looking_at_a_check_writes_nothing(guest: Client, course: CourseEdition) -> None:
    assert guest.get(CHECK).status_code == 200
    assert not Learner.objects.exists()


def test_a_check_with_no_question_to_ask_says_so(guest: Client) -> None:
    lesson = published_lesson()
    check_of(lesson, [])
    published_course(lessons=[lesson])
    page = guest.get(CHECK).content.decode()
    assert "No question can be asked here at the moment." in page
    assert "0 questions" not in page
    assert 'form="begin-form"' not in page


def test_the_first_answer_makes_learner_attempt_and_response(guest: Client, course: CourseEdition) -> None:
    response = first_answer(guest)
    attempt = Attempt.objects.get()
    assert response.headers["Location"] == f"/en/attempts/{attempt.pk}/1/"
    assert (Learner.objects.count(), Response.objects.count()) == (1, 1)


def test_of_several_options_each_says_beside_itself_why(guest: Client) -> None:
    lesson = published_lesson()
    check_of(lesson, [MULTIPLE])
    published_course(lessons=[lesson])
    page = guest.get(first_answer(guest, ["cloth", "dirt"]).headers["Location"]).content.decode()
    beside = re.findall(r'<li class="opt.*?</li>', page, re.DOTALL)
    whys = {words: [each for each in beside if words in each] for words in ("A hand works.", "No, never.")}
    assert {words: "A hand\n" in found[0] or "Earth\n" in found[0] for words, found in whys.items()} == dict.fromkeys(
        whys, True
    )
    assert [page.count(words) for words in whys] == [1, 1]


def test_the_feedback_says_why_the_wrong_answer_is_wrong(guest: Client, course: CourseEdition) -> None:
    page = guest.get(first_answer(guest, "wait").headers["Location"]).content.decode()
    assert "WHY-NOT-WAIT" in page
    assert "EXPLANATION-EN" in page


@pytest.mark.parametrize("url", [CHECK, CHECK.replace("/en/", "/ar/")])
def test_neither_key_nor_explanation_is_sent_before_the_answer(guest: Client, course: CourseEdition, url: str) -> None:
    response = guest.get(url)
    sent = response.content.decode() + str(response.headers) + str(response.cookies)
    assert not re.search(r"EXPLANATION|WHY-NOT|الضغط يوقف الدم|الدقائق ثمينة", sent)


def test_the_same_form_sent_twice_is_one_attempt(guest: Client, course: CourseEdition) -> None:
    fields = hidden(guest.get(CHECK).content.decode()) | {"answer": "press"}
    one, two = guest.post(CHECK, fields), guest.post(CHECK, fields)
    assert one.headers["Location"] == two.headers["Location"]
    assert (Attempt.objects.count(), Response.objects.count(), Learner.objects.count()) == (1, 1, 1)


def test_a_double_click_before_the_cookie_came_back_is_one_attempt(guest: Client, course: CourseEdition) -> None:
    fields = hidden(guest.get(CHECK).content.decode()) | {"answer": "press"}
    one = guest.post(CHECK, fields)
    del guest.cookies["learner"]
    two = guest.post(CHECK, fields)
    assert one.headers["Location"] == two.headers["Location"]
    assert Learner.objects.count() == 1


def test_a_form_stolen_from_another_browser_begins_nothing(guest: Client, course: CourseEdition) -> None:
    stolen = hidden(guest.get(CHECK).content.decode())
    thief = Client(enforce_csrf_checks=True)
    own = hidden(thief.get(CHECK).content.decode())
    response = thief.post(CHECK, own | {"started": stolen["started"], "answer": "press"})
    assert response.status_code == 409
    assert not Attempt.objects.exists()


def test_a_changed_draw_begins_nothing(guest: Client, course: CourseEdition) -> None:
    first_answer(guest, started="changed")
    assert not Attempt.objects.exists()


@pytest.mark.parametrize("answer", ["", "nonsense", "<script>alert(1)</script>", "x" * 5000])
def test_a_bad_answer_says_what_to_do_and_begins_nothing(guest: Client, course: CourseEdition, answer: str) -> None:
    response = first_answer(guest, answer)
    assert response.status_code == 422
    assert b"<script>alert" not in response.content
    assert not Attempt.objects.exists()


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "yesterday"])
def test_a_time_that_no_device_can_have_asks_for_the_answer_again(
    guest: Client, course: CourseEdition, moment: str
) -> None:
    response = first_answer(guest, client_time=moment)
    assert response.status_code == 422
    assert b"Send the answer again." in response.content


def test_what_was_typed_is_still_there_beside_the_error(guest: Client) -> None:
    lesson = published_lesson()
    check_of(lesson, [NUMERICAL])
    published_course(lessons=[lesson])
    page = first_answer(guest, "about five").content.decode()
    assert 'value="about five"' in page


def test_options_ticked_are_still_ticked_beside_the_error(guest: Client) -> None:
    lesson = published_lesson()
    check_of(lesson, [MULTIPLE])
    published_course(lessons=[lesson])
    page = first_answer(guest, ["cloth", "nonsense"]).content.decode()
    assert re.search(r'value="cloth"[^>]*checked', page)


def test_another_persons_attempt_is_not_shown(guest: Client, course: CourseEdition) -> None:
    location = first_answer(guest).headers["Location"]
    assert Client().get(location).status_code == 403


def test_an_answer_repeated_with_another_option_is_a_conflict() -> None:
    lesson = published_lesson()
    check_of(lesson, [SINGLE, MULTIPLE])
    published_course(lessons=[lesson])
    guest = Client()
    page = guest.get(CHECK).content.decode()
    kind = "cloth" if 'value="cloth"' in page else "press"
    location = guest.post(CHECK, hidden(page) | {"answer": kind}).headers["Location"]
    second = location.replace("/1/", "/2/")
    fields = hidden(guest.get(second).content.decode())
    other = ("press", "wait") if kind == "cloth" else ("cloth", "ice")
    guest.post(second, fields | {"answer": other[0]})
    response = guest.post(second, fields | {"answer": other[1]})
    assert response.status_code == 409
    assert "This page had already sent another answer, and that one counts." in response.content.decode()
    assert Response.objects.count() == 2


def test_a_second_tabs_answer_to_a_question_already_closed_is_told_so_and_not_of_a_time(course: CourseEdition) -> None:
    guest = Client()
    location = guest.post(CHECK, hidden(guest.get(CHECK).content.decode()) | {"answer": "press"}).headers["Location"]
    late = {"submission_id": str(uuid.uuid4()), "answer": "wait"}
    page = guest.post(location.replace("/en/", "/ar/"), late, follow=True).content.decode()
    assert "بعد إغلاق السؤال" in page
    assert "الوقت" not in page.partition('role="status"')[2].partition("</div>")[0]


def test_after_a_cleared_cookie_the_page_says_what_happened(guest: Client, course: CourseEdition) -> None:
    location = first_answer(guest).headers["Location"]
    guest.cookies.clear()
    response = guest.get(location)
    assert response.status_code == 403
    assert "my-learning" in response.content.decode()


def test_an_open_check_goes_on_where_it_stopped() -> None:
    lesson = published_lesson()
    check_of(lesson, [SINGLE, MULTIPLE])
    published_course(lessons=[lesson])
    guest = Client()
    page = guest.get(CHECK).content.decode()
    answer = "cloth" if 'value="cloth"' in page else "press"
    location = guest.post(CHECK, hidden(page) | {"answer": answer}).headers["Location"]
    assert guest.get(CHECK).headers["Location"] == location.replace("/1/", "/2/")


def test_the_first_answer_takes_a_bounded_number_of_queries(django_assert_max_num_queries: Any) -> None:
    guest, fields = Client(), three_questions()
    with django_assert_max_num_queries(40):
        guest.post(CHECK, fields(guest, CHECK))


def test_an_answer_takes_a_bounded_number_of_queries(django_assert_max_num_queries: Any) -> None:
    guest, fields = Client(), three_questions()
    second = guest.post(CHECK, fields(guest, CHECK)).headers["Location"].replace("/1/", "/2/")
    given = fields(guest, second)
    with django_assert_max_num_queries(11):
        guest.post(second, given)


def three_questions() -> Any:
    """A check of three questions; returns what reads the fields of a page and answers it."""
    lesson = published_lesson()
    check_of(lesson, [SINGLE] * 3)
    published_course(lessons=[lesson], final={})
    return lambda guest, url: hidden(guest.get(url).content.decode()) | {"answer": "press"}


def test_too_many_guests_from_one_address_are_asked_to_wait(
    guest: Client, course: CourseEdition, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    monkeypatch.setattr("quizzes.limits.MOST", 0)
    response = first_answer(guest)
    assert response.status_code == 200
    assert not Learner.objects.exists()


def test_a_posted_answer_without_its_submission_id_is_asked_for_again(guest: Client, course: CourseEdition) -> None:
    assert first_answer(guest, submission_id="").status_code == 422


def test_an_attempt_that_never_was_is_not_found(guest: Client) -> None:
    assert guest.get(f"/en/attempts/{uuid.uuid4()}/").status_code == 404
