"""A question goes to another lesson, and everything that it has been goes with it."""

import pytest

from lessons.models import Lesson
from lessons.readiness import NotReady
from quizzes import draws, moving
from quizzes.models import AttemptItem, Question, Quiz
from tests.factories import (
    NUMERICAL,
    SINGLE,
    TRUE_FALSE,
    LearnerFactory,
    check_of,
    published_course,
    published_lesson,
    published_question,
)
from tests.quizzes.sitting import sit
from tests.quizzes.test_draws import draft_final, taken, with_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiz() -> Quiz:
    return check_of(published_lesson(), [SINGLE, TRUE_FALSE])


@pytest.fixture
def burns() -> Lesson:
    return published_lesson("burns", "Burns")


def lesson_of(quiz: Quiz) -> Lesson:
    return Lesson.objects.get(check_quiz=quiz)


def of_kind(kind: str) -> Question:
    return Question.objects.get(versions__kind=kind)


def drawn(quiz: Quiz) -> list[str]:
    return [version.kind for version in draws.pool(quiz)]


def refused(lesson: Lesson, *questions: Question, take_out: bool = True) -> list[str]:
    with pytest.raises(NotReady) as refusal:
        moving.move([question.pk for question in questions], lesson, take_out=take_out)
    return [str(reason) for reason in refusal.value.reasons]


def test_the_new_lesson_s_check_asks_it_last_and_the_old_one_no_more(quiz: Quiz, burns: Lesson) -> None:
    other = check_of(burns, [NUMERICAL])
    moving.move([of_kind("true_false").pk], burns, take_out=True)
    assert drawn(quiz) == ["single_choice"]
    assert drawn(other) == ["numerical", "true_false"]


def test_a_lesson_without_a_check_has_one_then(quiz: Quiz, burns: Lesson) -> None:
    moving.move([of_kind("true_false").pk], burns, take_out=True)
    assert drawn(Quiz.objects.get(lesson=burns)) == ["true_false"]


def test_key_versions_and_attempts_stay(quiz: Quiz, burns: Lesson) -> None:
    sit(LearnerFactory(), quiz, published_course(lessons=[lesson_of(quiz)]).pk)
    question = of_kind("true_false")
    version = question.versions.get()
    moving.move([question.pk], burns, take_out=True)
    moved = Question.objects.get(pk=question.pk)
    assert (moved.key, moved.lesson, moved.versions.get()) == (question.key, burns, version)
    assert AttemptItem.objects.get(version=version).attempt.quiz == quiz


def test_a_check_loses_it_only_if_that_is_agreed(quiz: Quiz, burns: Lesson) -> None:
    question = of_kind("true_false")
    said = refused(burns, question, take_out=False)
    assert len(said) == 1
    assert said[0].startswith(f"{question}: The check of bleeding lists it.")
    assert drawn(quiz) == ["single_choice", "true_false"]


def test_the_last_question_of_a_check_stays(quiz: Quiz, burns: Lesson) -> None:
    said = refused(burns, *Question.objects.all())
    assert "bleeding: The check of the lesson would have no question left." in said[0]
    assert not Question.objects.filter(lesson=burns).exists()


def test_the_last_question_that_a_final_draws_stays(burns: Lesson) -> None:
    lesson = published_lesson()
    published_question(lesson, SINGLE)
    published_course(lessons=[lesson], final={})
    assert "The final of the course would have no question left" in refused(burns, of_kind("single_choice"))[0]


def test_within_its_course_the_final_keeps_it(burns: Lesson) -> None:
    lesson = published_lesson()
    question = published_question(lesson, SINGLE).question
    edition = published_course(lessons=[lesson, burns], final={})
    final = Quiz.objects.get(edition=edition)
    final.entries.create(question=question, position=0)
    moving.move([question.pk], burns, take_out=False)
    assert drawn(final) == ["single_choice"]


def test_a_final_of_another_course_that_lists_it_loses_it(quiz: Quiz, burns: Lesson) -> None:
    edition = published_course(lessons=[lesson_of(quiz)], final={})
    final = Quiz.objects.get(edition=edition)
    for at, question in enumerate(Question.objects.all()):
        final.entries.create(question=question, position=at)
    question = of_kind("true_false")
    assert len(refused(burns, question, take_out=False)) == 2
    moving.move([question.pk], burns, take_out=True)
    assert drawn(final) == ["single_choice"]


def test_what_a_draw_would_lack_is_said_before(quiz: Quiz, burns: Lesson) -> None:
    Quiz.objects.filter(pk=quiz.pk).update(draw=2)
    question = of_kind("true_false")
    assert moving.shortages([question], burns) == [
        "The check of bleeding draws 2 questions, and would have only 1 left."
    ]
    assert drawn(quiz) == ["single_choice", "true_false"]
    assert not Quiz.objects.filter(lesson=burns).exists()


def test_a_final_that_has_rows_of_the_former_lesson_lacks_it(quiz: Quiz, burns: Lesson) -> None:
    lesson = lesson_of(quiz)
    taken(with_rows(draft_final([[lesson, burns]], draw=2), {"count": 2, "lesson": lesson}))
    assert "Row 1 of the draw asks for 2" in moving.shortages([of_kind("true_false")], burns)[0]


def test_where_it_is_already_it_stays(quiz: Quiz) -> None:
    assert moving.move([of_kind("true_false").pk], lesson_of(quiz), take_out=False) == []
    assert of_kind("true_false").position == 1
