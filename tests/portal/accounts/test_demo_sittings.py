import pytest

from lessons.models import CourseEdition, Lesson
from portal.accounts.demo_sittings import COUNT, LESSON, sit_check
from portal.accounts.models import User
from quizzes.analysis.counting import count_quiz
from quizzes.asked import Measure
from quizzes.attempts import share
from quizzes.models import Attempt, CourseProgress, ItemStatistic, Learner, Quiz, QuizStatistic, Response
from tests.factories import (
    MATCHING,
    MULTIPLE,
    NUMERICAL,
    ORDERING,
    SINGLE,
    TRUE_FALSE,
    check_of,
    published_course,
    published_lesson,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiz() -> Quiz:
    return check_of(published_lesson(LESSON), [SINGLE, TRUE_FALSE, MULTIPLE, NUMERICAL, ORDERING, MATCHING], draw=5)


@pytest.fixture
def edition(quiz: Quiz) -> CourseEdition:
    return published_course(lessons=[Lesson.objects.get()])


def test_the_sittings_give_every_question_figures(quiz: Quiz, edition: CourseEdition) -> None:
    sit_check()
    assert count_quiz(quiz, User.objects.none()) > COUNT * 0.9
    rows = ItemStatistic.objects.filter(language="")
    assert rows.count() == 6
    assert all(row.facility and row.discrimination and row.discrimination > 0.1 for row in rows)
    assert QuizStatistic.objects.get(language="").alpha


def test_every_answer_is_graded_as_the_portal_grades(quiz: Quiz, edition: CourseEdition) -> None:
    sit_check()
    for response in Response.objects.select_related("item__version")[:300]:
        assert response.fraction == share(Measure.of(response.item.version).grade(response.answer))


def test_they_are_made_once_and_marked(quiz: Quiz, edition: CourseEdition) -> None:
    assert sit_check() > COUNT
    assert sit_check() == 0
    assert set(Attempt.objects.values_list("seed", flat=True)) == {"demo"}


def test_no_report_of_people_counts_them(quiz: Quiz, edition: CourseEdition) -> None:
    sit_check()
    assert not CourseProgress.objects.exists()
    assert not Learner.objects.filter(user__isnull=False).exists()


def test_without_that_lesson_nothing_is_made() -> None:
    assert sit_check() == 0
