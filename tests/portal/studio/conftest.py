import pytest
from django.test import Client

from lessons.models import CourseEdition, Lesson
from portal.accounts.models import RoleGrant, User
from tests.factories import NUMERICAL, SINGLE, TRUE_FALSE, check_of, published_course, published_lesson
from tests.portal.studio.people import staff


@pytest.fixture
def instructor() -> User:
    return staff("Iman", RoleGrant.Role.INSTRUCTOR)


@pytest.fixture
def reviewer() -> User:
    return staff("Rana", RoleGrant.Role.REVIEWER)


@pytest.fixture
def writing(instructor: User) -> Client:
    """A browser in which the instructor is logged in."""
    client = Client()
    client.force_login(instructor)
    return client


@pytest.fixture
def reviewing(reviewer: User) -> Client:
    """A browser in which the reviewer is logged in."""
    client = Client()
    client.force_login(reviewer)
    return client


@pytest.fixture
def lesson() -> Lesson:
    """A lesson published in both languages, with a check of three questions."""
    made = published_lesson()
    check_of(made, [SINGLE, TRUE_FALSE, NUMERICAL])
    return made


@pytest.fixture
def course(lesson: Lesson) -> CourseEdition:
    """A published course of that one lesson."""
    return published_course(lessons=[lesson])
