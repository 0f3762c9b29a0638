import pytest

from lessons.models import CourseEdition, Lesson
from quizzes.models import Question
from tests.factories import NUMERICAL, SINGLE, TRUE_FALSE, check_of, published_course, published_lesson
from tests.portal.studio.conftest import instructor, reviewer, reviewing, writing

__all__ = ["instructor", "reviewer", "reviewing", "writing"]


@pytest.fixture
def lesson() -> Lesson:
    """A lesson with a check of three questions, and another with one."""
    made = published_lesson()
    check_of(made, [SINGLE, TRUE_FALSE, NUMERICAL])
    check_of(published_lesson("burns", "Burns"), [SINGLE])
    return made


@pytest.fixture
def course(lesson: Lesson) -> CourseEdition:
    return published_course(lessons=[lesson], final={})


@pytest.fixture
def question(course: CourseEdition, lesson: Lesson) -> Question:
    """The statement of the first lesson."""
    return Question.objects.get(versions__kind="true_false")
