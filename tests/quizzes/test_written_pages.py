"""Short answers and texts with gaps over HTTP, where they differ from other answers (`test_parts_pages`)."""

import re
from typing import Any

import pytest
from django.test import Client

from quizzes.models import Attempt, Response
from tests.factories import GAPS, SHORT
from tests.quizzes.sitting import WRONG, fields_of
from tests.quizzes.test_check_pages import CHECK
from tests.quizzes.test_parts_pages import asks, first, sent

pytestmark = pytest.mark.django_db

BOTH = pytest.mark.parametrize("spec", [SHORT, GAPS], ids=["short_answer", "gap_fill"])
LANGUAGES = pytest.mark.parametrize("language", ["en", "ar"])


@pytest.fixture
def guest() -> Client:
    return Client(enforce_csrf_checks=True)


@LANGUAGES
@pytest.mark.parametrize("typed", ["عاصبه", "TOURNIQUET"])
def test_an_answer_in_either_language_is_right_on_a_page_in_either(guest: Client, language: str, typed: str) -> None:
    asks(SHORT)
    first(guest, {"answer": typed}, CHECK.replace("/en/", f"/{language}/"))
    assert Response.objects.get().fraction == 1


@BOTH
def test_the_feedback_shows_what_is_right_and_why(guest: Client, spec: dict[str, Any]) -> None:
    asks(spec)
    page = guest.get(first(guest, sent(spec, WRONG)).headers["Location"]).content.decode()
    assert "verdict-wrong" in page
    assert re.search(r"WHY-NO-CORD|WHY-NO-BELLY.*WHY-NO-TWO", page, re.DOTALL)
    assert ("a string" in page and "A tourniquet" in page) or ("<del>belly</del>" in page and "chest" in page)


def test_a_gap_after_the_answer_is_told_in_words_and_signs(guest: Client) -> None:
    asks(GAPS)
    answer = fields_of({"where": "belly", "deep": "five"})
    page = guest.get(first(guest, answer).headers["Location"]).content.decode()
    assert re.search(r'filled-wrong"><span class="visually-hidden">Wrong:</span> <del>belly</del>', page)
    assert re.search(r'filled-wanted"><span class="visually-hidden">Right:</span> chest</span>, <span', page)
    assert re.search(r'filled-right"><span class="visually-hidden">Right:</span> 5 to 6</span> cm deep\.', page)
    assert "Gaps filled rightly: 1 of 2" in page


@BOTH
def test_an_unfinished_answer_is_kept_beside_what_is_wrong_with_it(guest: Client, spec: dict[str, Any]) -> None:
    asks(spec)
    unfinished = {"answer": "«?!»"} if spec is SHORT else {"answer-where": "belly", "answer-deep": ""}
    response = first(guest, unfinished)
    page = response.content.decode()
    assert response.status_code == 422
    assert not Attempt.objects.exists()
    assert 'role="alert"' in page
    assert page.count('aria-invalid="true"') == 1
    assert 'value="«?!»"' in page or re.search(r'value="belly"\s+selected', page)


def test_what_is_wrong_with_a_gap_is_said_beside_it(guest: Client) -> None:
    asks(GAPS)
    page = first(guest, {"answer-where": "belly"}).content.decode()
    assert 'aria-describedby="answer-deep-fault"' in page
    assert re.search(r'id="answer-deep-fault">Choose a word for this gap', page)


def test_every_gap_is_named_for_who_listens(guest: Client) -> None:
    asks(GAPS)
    page = guest.get(CHECK).content.decode()
    assert re.findall(r'aria-label="([^"]+)"', page.partition("gapped")[2].partition("</fieldset>")[0]) == [
        "Gap 1 of 2: choose",
        "Gap 2 of 2: choose",
    ]
