"""A final that cannot draw as its rules say is refused at publishing, with the reason."""

import pytest
from django.utils.translation import override

from lessons.models import Lesson
from quizzes.models import Question, Quiz
from quizzes.publishing import reasons_against_final
from tests.factories import TRUE_FALSE, check_of, published_lesson
from tests.quizzes.test_draws import draft_final, with_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def lessons() -> list[Lesson]:
    """Three lessons with two questions each, of which the first is hard."""
    found = [published_lesson(f"lesson-{n}") for n in range(3)]
    for lesson in found:
        quiz = check_of(lesson, [TRUE_FALSE] * 2)
        Question.objects.filter(entries__quiz=quiz, entries__position=0).update(difficulty="hard")
    return found


def refusals(final: Quiz) -> list[str]:
    assert final.edition is not None
    with override("en"):
        return [reason.message for reason in reasons_against_final(final.edition)]


def test_a_final_that_can_draw_as_it_says_goes_out(lessons: list[Lesson]) -> None:
    final = draft_final([lessons[:1], lessons[1:]], draw=4)
    with_rows(final, {"count": 3, "difficulty": "hard"})
    assert refusals(final) == []


def test_a_final_smaller_than_its_modules_is_refused(lessons: list[Lesson]) -> None:
    assert refusals(draft_final([[lesson] for lesson in lessons], draw=2)) == [
        "A final covers every module: the course has 3, but only 2 questions are drawn."
    ]


def test_a_module_without_a_question_is_named(lessons: list[Lesson]) -> None:
    assert refusals(draft_final([lessons, [published_lesson("words-only")]])) == [
        "A final covers every module, but the module “M2” has no question that can be asked."
    ]


def test_a_final_that_draws_more_than_there_is_is_refused(lessons: list[Lesson]) -> None:
    assert refusals(draft_final([lessons], draw=7)) == [
        "7 questions are drawn, but only 6 can be asked. Draw fewer, or write more."
    ]


def test_a_row_that_asks_for_more_than_there_is_is_named(lessons: list[Lesson]) -> None:
    final = draft_final([lessons], draw=5)
    with_rows(final, {"count": 1, "kind": "true_false"}, {"count": 4, "difficulty": "hard"})
    assert refusals(final) == [
        "Row 2 of the draw asks for 4 (difficulty: Hard), but there are only 3 that can be asked."
    ]


def test_rows_that_ask_for_more_than_is_drawn_are_refused(lessons: list[Lesson]) -> None:
    final = draft_final([lessons], draw=3)
    with_rows(final, {"count": 2, "difficulty": "hard"}, {"count": 2, "kind": "true_false"})
    assert refusals(final) == ["The rows ask for 4 questions, but only 3 are drawn. Draw more, or ask for fewer."]


def test_rows_of_a_final_that_asks_everything_are_refused(lessons: list[Lesson]) -> None:
    final = draft_final([lessons])
    with_rows(final, {"count": 2, "difficulty": "hard"})
    assert refusals(final) == [
        "All questions are asked, so none are drawn by rows. Say how many are drawn, or take the rows away."
    ]


def test_rows_that_want_the_same_questions_are_refused(lessons: list[Lesson]) -> None:
    final = draft_final([lessons], draw=5)
    with_rows(final, {"count": 3, "difficulty": "hard"}, {"count": 1, "lesson": lessons[0], "difficulty": "hard"})
    assert refusals(final) == [
        "The rows of the draw want the same questions: with the others served, row 2 lacks some."
    ]


def test_rows_that_leave_no_room_for_a_module_are_refused(lessons: list[Lesson]) -> None:
    final = draft_final([[lesson] for lesson in lessons], draw=3)
    with_rows(final, {"count": 2, "lesson": lessons[0]})
    assert refusals(final) == ["With these rows no draw covers every module. Ask for fewer by rows, or draw more."]
