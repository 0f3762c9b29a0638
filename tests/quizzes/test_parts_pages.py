"""Answers with parts, and answers that are written, over HTTP: in a check and in a final."""

import re
from typing import Any

import pytest
from django.test import Client

from quizzes.models import Attempt, Response
from tests.factories import GAPS, MATCHING, ORDERING, SHORT, check_of, published_course, published_lesson
from tests.quizzes.sitting import RIGHT, WRONG, fields_of
from tests.quizzes.test_check_pages import CHECK, hidden

pytestmark = pytest.mark.django_db

FINAL = "/en/courses/first-aid/final/"
BOTH = pytest.mark.parametrize("spec", [ORDERING, MATCHING], ids=["ordering", "matching"])
EACH = pytest.mark.parametrize(
    "spec", [ORDERING, MATCHING, SHORT, GAPS], ids=["ordering", "matching", "short_answer", "gap_fill"]
)
SHOWN = {spec["kind"]: list(spec["words"]["en"]["options"].values()) for spec in (ORDERING, MATCHING)}
SHOWN |= {"short_answer": ["A tourniquet"], "gap_fill": ["5 to 6", "chest"]}


@pytest.fixture
def guest() -> Client:
    return Client(enforce_csrf_checks=True)


def asks(spec: dict[str, Any], **fields: Any) -> None:
    """A course whose one lesson asks this question."""
    lesson = published_lesson()
    check_of(lesson, [spec])
    published_course(lessons=[lesson], **fields)


def sent(spec: dict[str, Any], answers: dict[str, Any] = RIGHT) -> dict[str, Any]:
    return fields_of(answers[spec["kind"]], ordered=spec is ORDERING)


def first(guest: Client, fields: dict[str, Any], url: str = CHECK) -> Any:
    return guest.post(url, hidden(guest.get(url).content.decode()) | fields)


@EACH
def test_the_right_answer_is_right_and_saved_as_it_was_sent(guest: Client, spec: dict[str, Any]) -> None:
    asks(spec)
    page = guest.get(first(guest, sent(spec)).headers["Location"]).content.decode()
    assert "verdict-right" in page
    assert Response.objects.get().answer == RIGHT[spec["kind"]]
    assert Attempt.objects.get().passed


@BOTH
def test_the_feedback_shows_what_is_right_and_why(guest: Client, spec: dict[str, Any]) -> None:
    asks(spec)
    page = guest.get(first(guest, sent(spec, WRONG)).headers["Location"]).content.decode()
    assert "verdict-wrong" in page
    assert all(text in page for text in spec["words"]["en"]["options"].values())
    assert re.search(r"WHY-LOOK-FIRST|WHY-FLOOD-UP", page)
    assert re.search(r"You had it in place 4|Right is: Outside</span>\s+<small>Your answer: Into the basement", page)


@EACH
@pytest.mark.parametrize("language", ["en", "ar"])
def test_nothing_of_the_key_is_sent_before_the_answer(guest: Client, spec: dict[str, Any], language: str) -> None:
    asks(spec)
    response = guest.get(CHECK.replace("/en/", f"/{language}/"))
    page = response.content.decode()
    shown = page + str(response.headers) + str(response.cookies)
    told = r"EXPLANATION|WHY-|selected|answer_key|feedback|tourniquet|العاصبة|strap"
    assert not re.search(told, shown, re.IGNORECASE)
    if spec is ORDERING:
        order = re.findall(r'name="answer-(\w+)"', page)
        assert sorted(order) == sorted(spec["structure"]["options"])
        assert order not in (["look", "check", "call", "press"], ["look", "call", "check", "press"])


@pytest.mark.parametrize("turn", range(12))
def test_the_order_on_the_page_is_never_the_right_one(guest: Client, turn: int) -> None:
    asks(ORDERING)
    order = re.findall(r'name="answer-(\w+)"', guest.get(CHECK).content.decode())
    assert (order[0], order[-1]) != ("look", "press")


@BOTH
def test_an_unfinished_answer_is_kept_and_what_is_missing_said_beside_it(guest: Client, spec: dict[str, Any]) -> None:
    asks(spec)
    fields = sent(spec)
    left_out = next(iter(fields))
    response = first(guest, fields | {left_out: ""})
    page = response.content.decode()
    assert response.status_code == 422
    assert not Attempt.objects.exists()
    assert page.count("selected") == len(fields) - 1
    assert f'aria-describedby="{left_out}-fault"' in page
    assert page.count('class="field-error"') == 2


@BOTH
def test_the_same_choice_twice_is_refused_and_kept(guest: Client, spec: dict[str, Any]) -> None:
    asks(spec)
    fields = sent(spec)
    one, two, *_rest = fields
    response = first(guest, fields | {two: fields[one]})
    page = response.content.decode()
    assert response.status_code == 422
    assert page.count("selected") == len(fields)
    assert page.count('aria-invalid="true"') == 2


@EACH
def test_another_answer_under_the_same_submission_is_a_conflict(spec: dict[str, Any]) -> None:
    asks(spec, final={"draw": 1})
    guest = Client()
    place = guest.post(FINAL).headers["Location"]
    fields = hidden(guest.get(place).content.decode())
    answers = [sent(spec), sent(spec), sent(spec, WRONG)]
    assert [guest.post(place, fields | answer).status_code for answer in answers] == [302, 302, 409]
    assert Response.objects.get().answer == RIGHT[spec["kind"]]


@EACH
def test_a_final_keeps_the_answer_until_it_is_changed_and_then_shows_it(spec: dict[str, Any]) -> None:
    asks(spec, final={"draw": 1})
    guest = Client()
    place = guest.post(FINAL).headers["Location"]
    for answers in (WRONG, RIGHT):
        guest.post(place, hidden(guest.get(place).content.decode()) | sent(spec, answers))
        again = guest.get(place).content.decode()
        assert again.count("selected") == (0 if spec is SHORT else len(sent(spec)))
        assert spec is not SHORT or f'value="{answers["short_answer"]}"' in again
        if spec is ORDERING:
            assert re.findall(r'name="answer-(\w+)"', again) == answers["ordering"]
    result = guest.post(place.replace("/1/", "/overview/"), follow=True).content.decode()
    assert "EXPLANATION" in result
    assert spec not in (ORDERING, MATCHING) or result.count("opt-right") == len(sent(spec))
    assert not re.search(r"opt-wrong|filled-wrong", result)


@EACH
def test_a_question_left_out_of_a_final_shows_only_what_is_right(spec: dict[str, Any]) -> None:
    asks(spec, final={"draw": 1})
    guest = Client()
    place = guest.post(FINAL).headers["Location"]
    result = guest.post(place.replace("/1/", "/overview/"), follow=True).content.decode()
    assert "Not answered" in result
    assert all(text in result for text in SHOWN[spec["kind"]])
    assert not re.search(r"opt-right|opt-wrong|filled-right|filled-wrong|WHY-", result)


def test_the_script_for_moving_steps_comes_only_where_there_are_steps(guest: Client) -> None:
    asks(ORDERING)
    assert "js/ordering" in guest.get(CHECK).content.decode()


def test_no_script_for_moving_steps_where_there_are_none(guest: Client) -> None:
    asks(MATCHING)
    assert "js/ordering" not in guest.get(CHECK).content.decode()
