import pytest
from django.test import Client

from lessons.models import CourseEdition
from portal.accounts.models import User
from tests.factories import published_course, published_lesson
from tests.portal.accounts.guests import with_second_factor


@pytest.fixture
def administration(client: Client) -> Client:
    """A browser in which a superuser is logged in."""
    user = User.objects.create_superuser("root@example.org")
    with_second_factor(user)
    client.force_login(user)
    return client


@pytest.fixture
def edition() -> CourseEdition:
    return published_course(lessons=[published_lesson()], final={})


@pytest.fixture
def draft(edition: CourseEdition) -> CourseEdition:
    return CourseEdition.objects.create(course=edition.course, number=2, label="2", minutes=5, source_language="en")
