"""How sure one is: asked where the quiz says so, said freely, shown back, and never part of the score."""

import re
import uuid
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from quizzes import attempts
from quizzes.calibration import Level, levels_of, levels_over_all
from quizzes.models import Attempt, Quiz, Response
from tests.factories import MULTIPLE, SINGLE, LearnerFactory, check_of, published_course, published_lesson
from tests.quizzes.sitting import RIGHT, WRONG, begin
from tests.quizzes.test_check_pages import hidden

CHECK = "/en/courses/first-aid/bleeding/quiz/"


def check(specs: list[dict[str, Any]] | None = None, **rules: Any) -> tuple[Quiz, int]:
    lesson = published_lesson()
    quiz = check_of(lesson, specs or [SINGLE], **({"confidence": True} | rules))
    return quiz, published_course(lessons=[lesson]).pk


def said(attempt: Attempt, *words: str, answers: dict[str, Any] = RIGHT) -> None:
    """Answers each question, saying how sure one is."""
    for item, word in zip(attempt.items.select_related("version"), words, strict=True):
        answer = attempts.Answer(item.step, answers[item.version.kind], uuid.uuid4(), "en", word)
        attempts.save_answer(attempt.pk, answer)


@given(st.lists(st.tuples(st.sampled_from(["sure", "unsure", "guess", ""]), st.booleans())))
def test_every_answer_with_a_confidence_is_counted_once(pairs: list[tuple[str, bool]]) -> None:
    levels = levels_of(pairs)
    assert sum(level.total for level in levels) == sum(1 for word, _right in pairs if word)
    assert sum(level.right for level in levels) == sum(1 for word, right in pairs if word and right)
    assert all(0 <= level.right <= level.total for level in levels)


@pytest.mark.django_db
def test_a_quiz_that_does_not_ask_shows_no_choice_and_keeps_nothing() -> None:
    sat = check(confidence=False)
    assert 'name="confidence"' not in Client().get(CHECK).content.decode()
    said(begin(LearnerFactory(), *sat), "sure")
    assert Response.objects.get().confidence == ""


@pytest.mark.django_db
@pytest.mark.parametrize("word", ["sure", "unsure", "guess", ""])
def test_what_was_said_is_kept_with_the_answer(word: str) -> None:
    check()
    guest = Client()
    page = guest.get(CHECK).content.decode()
    assert page.count('name="confidence"') == 4
    guest.post(CHECK, hidden(page) | {"answer": "press"} | ({"confidence": word} if word else {}))
    assert Response.objects.get().confidence == word


@pytest.mark.django_db
def test_what_was_said_can_be_taken_back() -> None:
    check([SINGLE, MULTIPLE], feedback="at_end")
    guest = Client()
    page = guest.get(CHECK).content.decode()
    assert re.search(r'name="confidence" value="" checked', page)
    url = f"/en/attempts/{begun(guest, page).pk}/1/"
    page = guest.get(url).content.decode()
    assert not re.search(r'name="confidence" value="" checked', page)
    fields = right(page)
    guest.post(url, hidden(page) | fields | {"confidence": ""})
    assert list(Response.objects.order_by("pk").values_list("confidence", flat=True)) == ["guess", ""]


def begun(guest: Client, page: str) -> Attempt:
    guest.post(CHECK, hidden(page) | right(page) | {"confidence": "guess"})
    return Attempt.objects.get()


def right(page: str) -> dict[str, Any]:
    return {"answer": RIGHT["single_choice" if 'value="press"' in page else "multiple_choice"]}


@pytest.mark.django_db
def test_what_was_said_is_still_ticked_beside_an_error() -> None:
    check()
    guest = Client()
    fields = hidden(guest.get(CHECK).content.decode())
    page = guest.post(CHECK, fields | {"answer": "", "confidence": "unsure"}).content.decode()
    assert re.search(r'value="unsure"\s+checked', page)


@pytest.mark.django_db
def test_a_word_that_is_none_of_the_three_is_refused() -> None:
    check()
    guest = Client()
    fields = hidden(guest.get(CHECK).content.decode())
    assert guest.post(CHECK, fields | {"answer": "press", "confidence": "certain"}).status_code == 422
    assert not Response.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("words", [("sure", "sure"), ("guess", ""), ("", "")])
def test_the_score_does_not_hang_on_it(words: tuple[str, str]) -> None:
    attempt = begin(LearnerFactory(), *check([SINGLE, MULTIPLE]))
    said(attempt, *words)
    attempt.refresh_from_db()
    assert (attempt.score, attempt.passed) == (1, True)


def result_of(words: tuple[str, ...], answers: dict[str, Any]) -> tuple[str, Any]:
    """The result page of a guest who answered so, and its context."""
    check([SINGLE] * len(words))
    guest = Client()
    url = CHECK
    for word in words:
        fields = hidden(guest.get(url).content.decode())
        guest.post(url, fields | {"answer": answers["single_choice"], "confidence": word})
        attempt = Attempt.objects.get()
        url = f"/en/attempts/{attempt.pk}/{Response.objects.count() + 1}/"
    response = guest.get(f"/en/attempts/{attempt.pk}/")
    return response.content.decode(), response.context


@pytest.mark.django_db
def test_the_result_names_first_what_was_sure_and_wrong_with_its_lesson() -> None:
    page, context = result_of(("sure", "guess"), WRONG)
    assert context["calibration"].levels == [Level("sure", 0, 1), Level("guess", 0, 1)]
    section = page[page.index("calibration-title") :]
    assert section.index("Sure, and not right") < section.index("Of 1 answer you were sure of, 0 was right.")
    assert 'href="/en/courses/first-aid/bleeding/"' in section[: section.index("Of 1 answer")]


@pytest.mark.django_db
def test_the_result_says_how_many_of_the_sure_were_right() -> None:
    page, _context = result_of(("sure", "sure"), RIGHT)
    assert "Of 2 answers you were sure of, 2 were right." in page
    assert "Sure, and not right" not in page


@pytest.mark.django_db
def test_who_never_said_is_shown_nothing() -> None:
    page, context = result_of(("", ""), RIGHT)
    assert context["calibration"] is None
    assert "calibration-title" not in page


@pytest.mark.django_db
def test_my_learning_counts_over_all_in_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    sat, learner = check([SINGLE, MULTIPLE]), LearnerFactory()
    said(begin(learner, *sat), "sure", "unsure")
    said(begin(learner, *sat), "sure", "guess", answers=WRONG)
    with django_assert_num_queries(1):
        found = levels_over_all(learner)
    assert found == [Level("sure", 1, 2), Level("unsure", 1, 1), Level("guess", 0, 1)]


@pytest.mark.django_db
@pytest.mark.parametrize("feedback", ["never", "after_due"])
def test_my_learning_counts_nothing_whose_key_is_not_shown(feedback: str) -> None:
    sat, learner = check(feedback=feedback), LearnerFactory()
    attempt = begin(learner, *sat)
    said(attempt, "sure")
    attempts.submit(attempt.pk)
    assert levels_over_all(learner) == []


@pytest.mark.django_db
def test_the_page_by_skill_says_it() -> None:
    check()
    guest = Client()
    assert "How sure you were" not in guest.get("/en/my-learning/skills/").content.decode()
    guest.post(CHECK, hidden(guest.get(CHECK).content.decode()) | {"answer": "press", "confidence": "sure"})
    assert "Of 1 answer you were sure of, 1 was right." in guest.get("/en/my-learning/skills/").content.decode()
