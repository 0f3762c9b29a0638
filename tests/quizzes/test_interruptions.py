"""What interrupts a sitting, over HTTP with every middleware: one right attempt comes of it, and nothing is lost."""

import html
import re
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from lessons.models import CourseEdition, Lesson, Module, Placement, State
from portal.accounts.models import User
from quizzes.models import Attempt, Learner, Question, Quiz, QuizQuestion, Response
from tests.factories import (
    MULTIPLE,
    NUMERICAL,
    SINGLE,
    UserFactory,
    check_of,
    corrected_question,
    published_course,
    published_lesson,
    published_question,
)
from tests.quizzes.sitting import RIGHT, fields_of
from tests.quizzes.test_check_pages import hidden

pytestmark = pytest.mark.django_db

CHECK = "/en/courses/first-aid/bleeding/quiz/"
FINAL = "/en/courses/first-aid/final/"
LOGIN = "/en/account/login/"
PASSWORD = "a-long-password"
MORNING = datetime(2027, 3, 1, 9, tzinfo=UTC)


@pytest.fixture
def lesson() -> Lesson:
    lesson = published_lesson()
    check_of(lesson, [SINGLE])
    published_course(lessons=[lesson], final={})
    return lesson


@pytest.fixture
def many(lesson: Lesson) -> None:
    """Two more questions, in the check and so in the final."""
    quiz = Quiz.objects.get(lesson=lesson)
    for spec in (NUMERICAL, MULTIPLE):
        version = published_question(lesson, spec)
        QuizQuestion.objects.create(quiz=quiz, question=version.question, position=version.pk)


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


def browser() -> Client:
    """One that checks CSRF as a real one must."""
    return Client(enforce_csrf_checks=True)


def log_in(client: Client, user: Any, **fields: str) -> Any:
    page = client.get(LOGIN).content.decode()
    return client.post(LOGIN, hidden(page) | {"login": user.email, "password": PASSWORD} | fields)


def token_of(client: Client) -> dict[str, str]:
    return {"csrfmiddlewaretoken": client.cookies["csrftoken"].value}


def form(client: Client, url: str) -> dict[str, str]:
    return hidden(client.get(url).content.decode())


def text_of(response: Any) -> str:
    return html.unescape(response.content.decode())


def chosen(page: str) -> set[str]:
    """The options that stand chosen, and what is typed into a line."""
    inputs = re.findall(r"<input[^>]*>", page)
    checked = {value[1] for one in inputs if "checked" in one and (value := re.search(r'value="([^"]*)"', one))}
    typed = {value[1] for one in inputs if 'id="answer"' in one and (value := re.search(r'value="([^"]*)"', one))}
    return (checked | typed) & {"press", "wait", "wash", "5.5", "cloth", "ice"}


def answers() -> list[Any]:
    return list(Response.objects.order_by("pk").values_list("answer", flat=True))


def right(page: str) -> dict[str, Any]:
    """The right answer to whichever question the page asks."""
    by_mark = {'value="press"': "single_choice", 'value="cloth"': "multiple_choice", 'id="answer"': "numerical"}
    return fields_of(RIGHT[next(kind for mark, kind in by_mark.items() if mark in page)])


def answer_all(client: Client, url: str) -> None:
    """Goes on from `url`, a question, as far as there are questions."""
    while "/overview/" not in url and not url.endswith(f"{Attempt.objects.latest('begun_at').pk}/"):
        response = client.get(url)
        page = response.content.decode()
        if response.status_code == 302:
            url = response.headers["Location"]
            continue
        if "data-answer" not in page:
            url = re.search(r'class="btn btn-primary" href="([^"]+)"', page)[1]  # type: ignore[index]
            continue
        url = client.post(url, hidden(page) | right(page)).headers["Location"]


# Another device


def test_a_person_goes_on_with_a_check_on_another_device(lesson: Lesson, many: None) -> None:
    user, phone, laptop = UserFactory(), browser(), browser()
    log_in(phone, user)
    page = phone.get(CHECK).content.decode()
    phone.post(CHECK, hidden(page) | right(page))
    log_in(laptop, user)
    url = laptop.get(CHECK).headers["Location"]
    assert url.endswith("/2/")
    answer_all(laptop, url)
    attempt = Attempt.objects.get()
    assert (attempt.state, attempt.score, len(answers())) == ("submitted", 1, 3)


def test_a_guest_who_logs_in_goes_on_with_the_same_check_there_and_on_another_device(
    lesson: Lesson, many: None
) -> None:
    user, phone, laptop = UserFactory(), browser(), browser()
    page = phone.get(CHECK).content.decode()
    phone.post(CHECK, hidden(page) | right(page))
    log_in(phone, user)
    assert phone.get(CHECK).headers["Location"].endswith("/2/")
    log_in(laptop, user)
    answer_all(laptop, laptop.get(CHECK).headers["Location"])
    attempt = Attempt.objects.get()
    assert (attempt.state, attempt.score, attempt.learner.user) == ("submitted", 1, user)


def test_a_guest_who_logs_in_where_the_account_has_a_check_under_way_keeps_every_answer(
    lesson: Lesson, many: None
) -> None:
    user, phone, laptop = UserFactory(), browser(), browser()
    for client in (phone, laptop):
        if client is phone:
            log_in(client, user)
        page = client.get(CHECK).content.decode()
        client.post(CHECK, hidden(page) | right(page))
    log_in(laptop, user)
    assert sorted(Attempt.objects.values_list("state", flat=True)) == ["abandoned", "open"]
    assert len(answers()) == 2
    answer_all(phone, phone.get(CHECK).headers["Location"])
    assert Attempt.objects.get(state="submitted").score == 1
    assert set(Attempt.objects.values_list("learner__user", flat=True)) == {user.pk}


@pytest.mark.parametrize("feedback", ["at_once", "at_end"])
def test_a_check_that_was_left_for_another_leads_to_the_other(lesson: Lesson, many: None, feedback: str) -> None:
    Quiz.objects.filter(lesson=lesson).update(feedback=feedback)
    user, phone, laptop = UserFactory(), browser(), browser()
    log_in(phone, user)
    for client in (phone, laptop):
        page = client.get(CHECK).content.decode()
        client.post(CHECK, hidden(page) | right(page))
    log_in(laptop, user)
    old, new = Attempt.objects.get(state="abandoned"), Attempt.objects.get(state="open")
    for way in ("1/", "2/", "", "overview/"):
        response = phone.get(f"/en/attempts/{old.pk}/{way}")
        assert response.headers["Location"] == f"/en/attempts/{new.pk}/2/"
    late = token_of(phone) | {"submission_id": str(uuid.uuid4()), "answer": ["cloth", "hand"]}
    page = text_of(phone.post(f"/en/attempts/{old.pk}/3/", late, follow=True))
    assert "only the later sitting counts" in page
    answer_all(phone, f"/en/attempts/{new.pk}/2/")
    phone.post(f"/en/attempts/{new.pk}/overview/", token_of(phone))
    new.refresh_from_db()
    assert (new.state, new.score) == ("submitted", 1)
    assert phone.get(f"/en/attempts/{old.pk}/1/").headers["Location"] == f"/en/attempts/{new.pk}/"


# Two tabs


def two_tabs(guest: Client, mark: str) -> tuple[dict[str, str], dict[str, str]]:
    """Two forms of a check that has not begun, both asking the question with that mark in its page."""
    pages: list[str] = []
    while len(pages) < 2:
        page = guest.get(CHECK).content.decode()
        pages += [page] * (mark in page)
    return hidden(pages[0]), hidden(pages[1])


def test_two_tabs_at_the_first_question_that_ask_the_same_show_what_the_second_chose(
    lesson: Lesson, many: None
) -> None:
    guest = browser()
    first, second = two_tabs(guest, 'value="press"')
    guest.post(CHECK, first | {"answer": "press"})
    page = text_of(guest.post(CHECK, second | {"answer": "wait"}, follow=True))
    assert "You answered this question in another tab, and that answer counts." in page
    assert "Here you had chosen: Wait for help" in page
    assert answers() == ["press"]
    assert Attempt.objects.count() == Learner.objects.count() == 1


def test_two_tabs_of_a_check_with_feedback_at_the_end_leave_the_second_answer_to_be_sent(lesson: Lesson) -> None:
    Quiz.objects.filter(lesson=lesson).update(feedback="at_end")
    guest = browser()
    first, second = form(guest, CHECK), form(guest, CHECK)
    guest.post(CHECK, first | {"answer": "press"})
    response = guest.post(CHECK, second | {"answer": "wait"}, follow=True)
    page = text_of(response)
    assert "You have begun this check in another tab" in page
    assert "It is not saved yet: send it." in page
    assert chosen(page) == {"wait"}
    assert answers() == ["press"]
    guest.post(response.redirect_chain[-1][0], hidden(response.content.decode()) | {"answer": "wait"})
    assert answers() == ["press", "wait"]
    assert Attempt.objects.count() == 1


def test_a_second_answer_that_is_too_long_to_be_kept_is_said_and_not_called_answered(lesson: Lesson) -> None:
    Quiz.objects.filter(lesson=lesson).update(feedback="at_end")
    guest = browser()
    first, second = form(guest, CHECK), form(guest, CHECK)
    guest.post(CHECK, first | {"answer": "press"})
    page = text_of(guest.post(CHECK, second | {"answer": "wait", "beside": "x" * 9000}, follow=True))
    assert "What you had chosen is not saved: Wait for help" in page
    assert "that answer counts" not in page


def test_a_second_tab_whose_question_comes_later_finds_its_answer_there(lesson: Lesson, many: None) -> None:
    guest = browser()
    tabs: dict[str, dict[str, str]] = {}
    while len(tabs) < 2:
        page = guest.get(CHECK).content.decode()
        tabs[str(right(page))] = hidden(page) | right(page)
    first, second = tabs.values()
    guest.post(CHECK, first)
    response = guest.post(CHECK, second, follow=True)
    step = int(response.redirect_chain[-1][0].rstrip("/").rpartition("/")[2])
    assert step > 1
    assert chosen(text_of(response))
    assert len(answers()) == 1


def test_a_second_tab_whose_question_is_not_asked_is_told_what_it_had_chosen(lesson: Lesson, many: None) -> None:
    Quiz.objects.filter(lesson=lesson).update(draw=1)
    guest = browser()
    tabs: dict[str, dict[str, Any]] = {}
    while len(tabs) < 3:
        page = guest.get(CHECK).content.decode()
        tabs[next(iter(re.findall(r'value="press"|value="cloth"|id="answer"', page)))] = hidden(page) | right(page)
    Quiz.objects.filter(lesson=lesson).update(feedback="at_end")
    guest.post(CHECK, tabs['id="answer"'])
    page = text_of(guest.post(CHECK, tabs['value="cloth"'], follow=True))
    assert "You have begun this check in another tab, with other questions." in page
    assert re.search("Here you had chosen: (A cloth; A hand|A hand; A cloth)", page)
    assert Attempt.objects.count() == len(answers()) == 1


def test_two_tabs_at_different_questions_of_a_final_both_count(lesson: Lesson, many: None) -> None:
    person = browser()
    log_in(person, UserFactory())
    url = person.post(FINAL, token_of(person)).headers["Location"]
    tabs = [(at, person.get(at).content.decode()) for at in (url, url.replace("/1/", "/3/"))]
    for at, page in reversed(tabs):
        person.post(at, hidden(page) | right(page))
    assert list(Attempt.objects.get().items.filter(fraction=1).values_list("step", flat=True)) == [1, 3]


def test_beginning_a_final_in_two_tabs_begins_it_once(lesson: Lesson, many: None) -> None:
    person = browser()
    log_in(person, UserFactory())
    person.get(FINAL)
    assert (
        person.post(FINAL, token_of(person)).headers["Location"]
        == person.post(FINAL, token_of(person)).headers["Location"]
    )
    assert Attempt.objects.count() == 1


def test_a_first_answer_whose_feedback_comes_later_leads_to_the_next_question(lesson: Lesson, many: None) -> None:
    Quiz.objects.filter(lesson=lesson).update(feedback="at_end")
    guest = browser()
    page = guest.get(CHECK).content.decode()
    fields = hidden(page) | right(page)
    once, again = guest.post(CHECK, fields), guest.post(CHECK, fields)
    assert once.headers["Location"] == again.headers["Location"] == f"/en/attempts/{Attempt.objects.get().pk}/2/"


# Sent again


def test_a_first_answer_with_the_id_of_another_begins_nothing_and_can_be_sent_again(lesson: Lesson) -> None:
    guest, other = browser(), browser()
    theirs = form(other, CHECK)
    other.post(CHECK, theirs | {"answer": "press"})
    forged = form(guest, CHECK) | {"submission_id": theirs["submission_id"], "answer": "wait"}
    response = guest.post(CHECK, forged)
    assert response.status_code == 422
    assert "Send the answer again." in text_of(response)
    assert chosen(text_of(response)) == {"wait"}
    assert (Attempt.objects.count(), Learner.objects.count()) == (1, 1)
    guest.post(CHECK, hidden(response.content.decode()) | {"answer": "wait"})
    assert answers() == ["press", "wait"]


def test_the_form_from_before_the_feedback_sent_again_with_another_answer_is_a_conflict(lesson: Lesson) -> None:
    guest = browser()
    fields = form(guest, CHECK)
    guest.post(CHECK, fields | {"answer": "press"})
    response = guest.post(CHECK, fields | {"answer": "wait"})
    assert response.status_code == 409
    assert "This page had already sent another answer, and that one counts." in text_of(response)
    assert answers() == ["press"]


def test_going_back_after_the_feedback_shows_the_feedback_and_takes_no_other_answer(lesson: Lesson) -> None:
    guest = browser()
    url = guest.post(CHECK, form(guest, CHECK) | {"answer": "wait"}).headers["Location"]
    assert "WHY-NOT-WAIT" in text_of(guest.get(url))
    late = token_of(guest) | {"submission_id": str(uuid.uuid4()), "answer": "press"}
    assert "was not counted" in text_of(guest.post(url, late, follow=True))
    assert answers() == ["wait"]


@pytest.mark.parametrize("feedback", ["at_once", "at_end"])
def test_an_answer_whose_reply_was_lost_is_acknowledged_and_not_saved_again(
    lesson: Lesson, many: None, feedback: str
) -> None:
    Quiz.objects.filter(lesson=lesson).update(feedback=feedback)
    guest = browser()
    page = guest.get(CHECK).content.decode()
    url = guest.post(CHECK, hidden(page) | right(page)).headers["Location"].replace("/1/", "/2/")
    page = guest.get(url).content.decode()
    fields = hidden(page) | right(page)
    lost, again = guest.post(url, fields), guest.post(url, fields)
    assert (lost.status_code, lost.headers["Location"]) == (again.status_code, again.headers["Location"])
    assert len(answers()) == 2


def test_the_same_submission_with_another_body_is_told_so_in_a_final(lesson: Lesson) -> None:
    person = browser()
    log_in(person, UserFactory())
    url = person.post(FINAL, token_of(person)).headers["Location"]
    fields = form(person, url)
    person.post(url, fields | {"answer": "press"})
    response = person.post(url, fields | {"answer": "wait"})
    assert response.status_code == 409
    assert "choose again to change it" in text_of(response)
    assert answers() == ["press"]


def test_a_request_repeated_a_day_later_is_acknowledged_and_saved_once(lesson: Lesson, many: None, clock: Any) -> None:
    guest = browser()
    page = guest.get(CHECK).content.decode()
    fields = hidden(page) | right(page)
    url = guest.post(CHECK, fields).headers["Location"]
    clock.shift(timedelta(days=1, minutes=1))
    assert guest.post(CHECK, fields).headers["Location"] == url
    assert Attempt.objects.count() == len(answers()) == 1


def test_a_page_left_open_for_a_day_asks_for_the_answer_to_be_sent_again(lesson: Lesson, clock: Any) -> None:
    guest = browser()
    fields = form(guest, CHECK)
    clock.shift(timedelta(days=1, minutes=1))
    response = guest.post(CHECK, fields | {"answer": "wait"})
    assert response.status_code == 409
    assert "Your answer is still here: send it again." in text_of(response)
    assert chosen(text_of(response)) == {"wait"}
    assert not Attempt.objects.exists()
    guest.post(CHECK, hidden(response.content.decode()) | {"answer": "wait"})
    assert answers() == ["wait"]


# The session, and who one is


def end_session(client: Client) -> None:
    client.session.flush()


def in_a_session_that_ended() -> tuple[User, Client, str, dict[str, str]]:
    """Who began a final and was logged out since; their browser, the first question's address, its form."""
    user, person = UserFactory(), browser()
    log_in(person, user)
    url = person.post(FINAL, token_of(person)).headers["Location"]
    fields = form(person, url)
    end_session(person)
    return user, person, url, fields


def test_an_answer_sent_after_the_session_ended_is_there_after_the_log_in(lesson: Lesson) -> None:
    user, person, url, fields = in_a_session_that_ended()
    response = person.post(url, fields | {"answer": "wait"}, follow=True)
    assert response.redirect_chain[-1][0] == f"{LOGIN}?next={url}"
    assert "Log in: it is there to be sent." in text_of(response)
    assert answers() == []
    assert log_in(person, user, next=url).headers["Location"] == url
    page = person.get(url).content.decode()
    assert chosen(page) == {"wait"}
    assert "It is not saved yet: send it." in page
    person.post(url, hidden(page) | {"answer": "wait"})
    assert answers() == ["wait"]
    assert "It is not saved yet" not in text_of(person.get(url))


def test_an_answer_kept_over_a_log_in_is_not_shown_to_another_person(lesson: Lesson) -> None:
    _user, person, url, fields = in_a_session_that_ended()
    person.post(url, fields | {"answer": "wait"})
    log_in(person, UserFactory())
    assert person.get(url).status_code == 403


def test_an_answer_that_is_too_long_to_be_kept_is_not_promised_after_the_log_in(lesson: Lesson) -> None:
    _user, person, url, fields = in_a_session_that_ended()
    page = text_of(person.post(url, fields | {"answer": "wait", "beside": "x" * 9000}, follow=True))
    assert "it is not kept. Log in, then answer again." in page
    assert "it is there to be sent" not in page


def test_a_first_answer_sent_after_the_session_ended_goes_on_as_a_guests_and_comes_back_at_the_log_in(
    lesson: Lesson, many: None
) -> None:
    user, person = UserFactory(), browser()
    log_in(person, user)
    page = person.get(CHECK).content.decode()
    end_session(person)
    url = person.post(CHECK, hidden(page) | right(page)).headers["Location"]
    assert person.get(url).status_code == 200
    log_in(person, user)
    answer_all(person, person.get(CHECK).headers["Location"])
    attempt = Attempt.objects.get()
    assert (attempt.learner.user, attempt.score) == (user, 1)


def test_a_first_answer_that_was_saved_and_is_sent_again_after_the_session_ended_leads_to_the_log_in(
    lesson: Lesson,
) -> None:
    user, person = UserFactory(), browser()
    log_in(person, user)
    fields = form(person, CHECK) | {"answer": "press"}
    url = person.post(CHECK, fields).headers["Location"]
    end_session(person)
    assert person.post(CHECK, fields).headers["Location"] == f"{LOGIN}?next={url}"
    log_in(person, user)
    assert "EXPLANATION-EN" in text_of(person.get(url))
    assert Attempt.objects.count() == len(answers()) == Learner.objects.count() == 1


def test_a_log_in_in_another_tab_leaves_the_first_answer_to_be_sent_again(lesson: Lesson) -> None:
    user, guest = UserFactory(), browser()
    fields = form(guest, CHECK)
    log_in(guest, user)
    response = guest.post(CHECK, fields | {"answer": "wait"})
    assert response.status_code == 403
    assert "Your answer is here: send it again." in text_of(response)
    assert chosen(text_of(response)) == {"wait"}
    guest.post(CHECK, hidden(response.content.decode()) | {"answer": "wait"})
    assert answers() == ["wait"]
    assert Attempt.objects.get().learner.user == user


def test_a_log_in_in_another_tab_leaves_a_later_answer_to_be_sent_again(lesson: Lesson, many: None) -> None:
    user, guest = UserFactory(), browser()
    page = guest.get(CHECK).content.decode()
    url = guest.post(CHECK, hidden(page) | right(page)).headers["Location"].replace("/1/", "/2/")
    page = guest.get(url).content.decode()
    fields = hidden(page) | right(page)
    log_in(guest, user)
    response = guest.post(url, fields)
    assert response.status_code == 403
    assert chosen(text_of(response))
    guest.post(url, fields | hidden(response.content.decode()))
    assert len(answers()) == 2
    assert Attempt.objects.get().learner.user == user


def test_an_answer_without_any_token_saves_nothing(lesson: Lesson) -> None:
    guest = browser()
    fields = form(guest, CHECK) | {"answer": "press"}
    assert guest.post(CHECK, fields | {"csrfmiddlewaretoken": ""}).status_code == 403
    assert not Attempt.objects.exists()


# What changes meanwhile


def a_new_edition(lesson: Lesson) -> None:
    former = CourseEdition.objects.get()
    newer = CourseEdition.objects.create(course=former.course, number=2, label="2", minutes=10, source_language="en")
    module = Module.objects.create(edition=newer, key="M1", position=1)
    Placement.objects.create(edition=newer, module=module, lesson=lesson, position=1)
    Quiz.objects.create(purpose="final", edition=newer, pass_mark="0.8", feedback="at_end")
    now = timezone.now()
    CourseEdition.objects.filter(pk=former.pk).update(state=State.SUPERSEDED, superseded_at=now)
    CourseEdition.objects.filter(pk=newer.pk).update(state=State.PUBLISHED, published_at=now)


def everything_retired(lesson: Lesson) -> None:
    Question.objects.filter(lesson=lesson).update(archived_at=timezone.now())


def everything_corrected(lesson: Lesson) -> None:
    for version in [question.versions.get(state="published") for question in Question.objects.filter(lesson=lesson)]:
        corrected_question(version, version.answer_key, critical=True)


CHANGES = [a_new_edition, everything_retired, everything_corrected]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_final_under_way_goes_on_as_it_began_whatever_is_published(lesson: Lesson, many: None, change: Any) -> None:
    person = browser()
    log_in(person, UserFactory())
    url = person.post(FINAL, token_of(person)).headers["Location"]
    page = person.get(url).content.decode()
    person.post(url, hidden(page) | right(page))
    change(lesson)
    answer_all(person, url.replace("/1/", "/2/"))
    overview = url.replace("/1/", "/overview/")
    person.post(overview, token_of(person))
    attempt = Attempt.objects.get()
    assert (attempt.state, attempt.score, len(answers())) == ("submitted", 1, 3)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_first_question_on_the_page_when_something_is_published_still_takes_its_answer(
    lesson: Lesson, change: Any
) -> None:
    guest = browser()
    fields = form(guest, CHECK)
    change(lesson)
    url = guest.post(CHECK, fields | {"answer": "press"}).headers["Location"]
    assert "EXPLANATION-EN" in text_of(guest.get(url))
    assert Attempt.objects.get().score == 1


def test_a_question_that_was_retired_before_it_was_ever_shown_is_not_asked(lesson: Lesson, many: None) -> None:
    guest = browser()
    first, _second = two_tabs(guest, 'value="press"')
    Question.objects.filter(versions__kind="numerical").update(archived_at=timezone.now())
    guest.post(CHECK, first | {"answer": "press"})
    asked = Attempt.objects.get().items.values_list("version__kind", flat=True)
    assert set(asked) == {"single_choice", "multiple_choice"}


def test_a_check_that_is_limited_meanwhile_shows_its_rules_first(lesson: Lesson) -> None:
    guest = browser()
    fields = form(guest, CHECK)
    Quiz.objects.filter(lesson=lesson).update(time_limit=600)
    page = text_of(guest.post(CHECK, fields | {"answer": "press"}, follow=True))
    assert "The rules of this check have changed." in page
    assert not Attempt.objects.exists()
