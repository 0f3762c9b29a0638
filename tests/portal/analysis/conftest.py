from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from lessons.models import CourseEdition, Lesson
from portal.accounts.models import RoleGrant
from quizzes.models import ItemStatistic, QuestionVersion, Quiz
from tests.factories import LONG_AGO, MATCHING, NUMERICAL, SINGLE, check_of, published_course, published_lesson
from tests.portal.studio.people import staff

CHOICES = [
    {"id": "press", "right": True, "told": 300, "share": 0.62, "thirds": [0.9, 0.6, 0.35], "rest": 0.4, "r": 0.38},
    {"id": "wait", "right": False, "told": 300, "share": 0.31, "thirds": [0.08, 0.3, 0.55], "rest": -0.5, "r": -0.29},
    {"id": "wash", "right": False, "told": 300, "share": 0.07, "thirds": [0.02, 0.1, 0.1], "rest": -0.4, "r": -0.11},
]
Kept = Callable[..., ItemStatistic]


@pytest.fixture
def quiz() -> Quiz:
    return check_of(published_lesson(), [SINGLE, NUMERICAL, MATCHING])


@pytest.fixture
def course(quiz: Quiz) -> CourseEdition:
    return published_course(lessons=[Lesson.objects.get()])


@pytest.fixture
def keep(quiz: Quiz, course: CourseEdition) -> Kept:
    """Keeps figures of the single choice question, as counting would have left them."""

    def kept(version: QuestionVersion | None = None, **changed: Any) -> ItemStatistic:
        about: dict[str, Any] = {
            "people": 240,
            "facility": 0.62,
            "discrimination": 0.38,
            "upper_lower": 0.55,
            "omitted": 0.0,
            "median_seconds": 18.0,
            "lower_seconds": 12.0,
            "upper_seconds": 25.0,
            "choices": CHOICES,
            "counted_at": LONG_AGO,
        }
        asked = version or QuestionVersion.objects.get(kind="single_choice")
        if not quiz.entries.filter(question=asked.question_id).exists():
            quiz.entries.create(question=asked.question, position=99)
        return ItemStatistic.objects.create(quiz=quiz, version=asked, **about | changed)

    return kept


@pytest.fixture
def instructing(client: Client) -> Client:
    """A browser in which an instructor is logged in."""
    client.force_login(staff("Iman", RoleGrant.Role.INSTRUCTOR))
    return client
