"""A retired question is drawn no more; whoever is asked it already goes on with it."""

from typing import Any

import pytest
from django.utils import timezone

from lessons.models import Lesson, State
from lessons.readiness import NotReady
from quizzes import draws, retiring
from quizzes.models import Question, Quiz
from tests.factories import (
    NUMERICAL,
    SINGLE,
    TRUE_FALSE,
    LearnerFactory,
    check_of,
    draft_question,
    published_course,
    published_lesson,
)
from tests.quizzes.sitting import RIGHT, begin, save
from tests.quizzes.test_draws import draft_final, taken

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def quiz() -> Quiz:
    """A check of two questions."""
    return check_of(published_lesson(), [SINGLE, TRUE_FALSE])


def lesson_of(quiz: Quiz) -> Lesson:
    return Lesson.objects.get(check_quiz=quiz)


def of_kind(kind: str) -> Question:
    return Question.objects.get(versions__kind=kind)


def drawn(quiz: Quiz) -> set[str]:
    return {version.kind for version in draws.pool(quiz)}


def refused(*questions: Question) -> list[str]:
    with pytest.raises(NotReady) as refusal:
        retiring.retire([question.pk for question in questions], NOW)
    return [str(reason) for reason in refusal.value.reasons]


def test_it_is_drawn_no_more(quiz: Quiz) -> None:
    question = of_kind("true_false")
    assert retiring.retire([question.pk], NOW) == [question]
    assert drawn(quiz) == {"single_choice"}
    question.refresh_from_db()
    assert question.archived_at == NOW


def test_an_attempt_that_has_it_goes_on_with_it(quiz: Quiz) -> None:
    attempt = begin(LearnerFactory(), quiz, published_course(lessons=[lesson_of(quiz)]).pk)
    retiring.retire([of_kind("true_false").pk], NOW)
    item = attempt.items.get(version__kind="true_false")
    assert save(item, RIGHT).fraction == 1
    assert attempt.items.count() == 2


def test_the_last_question_of_a_check_stays(quiz: Quiz) -> None:
    said = refused(*Question.objects.all())
    assert len(said) == 1
    assert "bleeding: The check of the lesson would have no question left." in said[0]
    assert not Question.objects.exclude(archived_at=None).exists()


def test_the_last_question_that_a_final_draws_stays() -> None:
    lesson = published_lesson()
    check = check_of(lesson, [SINGLE])
    check.delete()
    published_course(lessons=[lesson], final={})
    assert "The final of the course would have no question left" in refused(of_kind("single_choice"))[0]


def test_a_final_that_was_empty_before_hinders_nothing(quiz: Quiz) -> None:
    empty = published_course(lessons=[published_lesson("burns")], final={})
    question = of_kind("true_false")
    Quiz.objects.get(edition=empty).entries.create(question=draft_question().question, position=0)
    assert retiring.retire([question.pk], NOW) == [question]


def test_a_final_of_an_edition_that_nobody_takes_hinders_nothing() -> None:
    lesson = published_lesson()
    check_of(lesson, [SINGLE]).delete()
    edition = published_course(lessons=[lesson], final={})
    type(edition).objects.filter(pk=edition.pk).update(state=State.SUPERSEDED, superseded_at=NOW)
    assert retiring.retire([of_kind("single_choice").pk], NOW)


def test_what_is_in_review_is_not_retired(quiz: Quiz) -> None:
    question = of_kind("true_false")
    draft_question(question, TRUE_FALSE, state=State.IN_REVIEW)
    assert refused(question) == [f"{question}: It is in review. Withdraw the release, or wait until it is published."]


def test_one_refusal_holds_back_all_of_them(quiz: Quiz) -> None:
    other = check_of(published_lesson("burns"), [NUMERICAL, SINGLE])
    last = Question.objects.filter(lesson=other.lesson)
    refused(of_kind("true_false"), *last)
    assert not Question.objects.exclude(archived_at=None).exists()


def test_retiring_twice_keeps_the_first_day(quiz: Quiz) -> None:
    question = of_kind("true_false")
    retiring.retire([question.pk], NOW)
    assert retiring.retire([question.pk], timezone.now()) == []
    question.refresh_from_db()
    assert question.archived_at == NOW


def test_a_quiz_that_would_draw_fewer_is_named_before(quiz: Quiz) -> None:
    Quiz.objects.filter(pk=quiz.pk).update(draw=2)
    question = of_kind("true_false")
    said = retiring.shortages([question])
    assert said == ["The check of bleeding draws 2 questions, and would have only 1 left."]
    Quiz.objects.filter(pk=quiz.pk).update(draw=1)
    assert retiring.shortages([question]) == []


def test_a_row_of_a_draw_that_would_lack_a_question_is_named_before(quiz: Quiz) -> None:
    Quiz.objects.filter(pk=quiz.pk).update(draw=1)
    quiz.draw_rows.create(position=0, count=1, kind="true_false")
    assert [said.partition(":")[0] for said in retiring.shortages([of_kind("true_false")])] == ["The check of bleeding"]
    assert "Row 1 of the draw asks for 1" in retiring.shortages([of_kind("true_false")])[0]
    assert retiring.shortages([of_kind("single_choice")]) == []
    assert not Question.objects.exclude(archived_at=None).exists()


def test_a_module_that_a_final_could_not_cover_is_named_before(quiz: Quiz) -> None:
    burns = published_lesson("burns")
    check_of(burns, [NUMERICAL, SINGLE])
    taken(draft_final([[lesson_of(quiz)], [burns]], draw=2))
    said = retiring.shortages(list(Question.objects.filter(lesson=burns)))
    assert said == [
        "The final of first-aid: A final covers every module, but the module “M2” has no question that can be asked."
    ]


def test_it_can_be_brought_back(quiz: Quiz) -> None:
    question = of_kind("true_false")
    retiring.retire([question.pk], NOW)
    assert retiring.restore([question.pk]) == [question]
    assert drawn(quiz) == {"single_choice", "true_false"}
    assert retiring.restore([question.pk]) == []


def test_cached_pages_are_stale_at_once(quiz: Quiz, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        retiring.retire([of_kind("true_false").pk], NOW)
    assert len(callbacks) == 1
    with django_capture_on_commit_callbacks() as callbacks:
        retiring.retire([of_kind("true_false").pk], NOW)
    assert callbacks == []
