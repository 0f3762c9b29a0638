"""Who may enter which room of the studio."""

import pytest
from django.test import Client
from django.urls import reverse

from lessons.models import CourseEdition
from portal.accounts.models import RoleGrant, User
from portal.studio.urls import urlpatterns
from quizzes.models import Question
from tests.factories import UserFactory
from tests.portal.studio.people import COURSE, HOME, LESSON, SEND, question_url, staff, text_of

pytestmark = pytest.mark.django_db

WRITING = [LESSON, SEND, f"{LESSON}questions/new/true_false/"]
READING = [HOME, COURSE, f"{LESSON}preview/"]


@pytest.mark.parametrize("url", WRITING + READING)
def test_a_guest_is_sent_to_log_in_and_back(client: Client, course: CourseEdition, url: str) -> None:
    response = client.get(url)
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/en/account/login/?next=/en/studio/")


@pytest.mark.parametrize("url", WRITING + READING)
def test_a_citizen_gets_403(client: Client, course: CourseEdition, url: str) -> None:
    client.force_login(UserFactory())
    assert client.get(url).status_code == 403


@pytest.mark.parametrize("url", WRITING + READING)
def test_an_instructor_may_open_every_page_of_writing(writing: Client, course: CourseEdition, url: str) -> None:
    assert writing.get(url).status_code == 200


def test_a_reviewer_reads_but_does_not_write(reviewing: Client, course: CourseEdition) -> None:
    assert [reviewing.get(url).status_code for url in READING] == [200, 200, 200]
    assert [reviewing.get(url).status_code for url in WRITING] == [403, 403, 403]


def test_an_administrator_without_these_roles_gets_403(client: Client, course: CourseEdition) -> None:
    client.force_login(staff("Adam", RoleGrant.Role.ADMINISTRATOR))
    assert client.get(HOME).status_code == 403


def test_a_superuser_may_write_and_review(client: Client, course: CourseEdition) -> None:
    user = staff("Sami")
    user.is_superuser = True
    user.save()
    client.force_login(user)
    assert [client.get(url).status_code for url in WRITING + READING] == [200] * 6


def test_every_route_is_guarded(client: Client, course: CourseEdition) -> None:
    """Whatever is added to the studio's addresses, a citizen does not get in."""
    client.force_login(UserFactory())
    values = {
        "course": "first-aid",
        "lesson": "bleeding",
        "kind": "true_false",
        "key": "Q",
        "language": "en",
        "release": 1,
        "name": "links",
        "comment": 1,
        "invitation": 1,
        "revision": 1,
        "version": 1,
        "suspension": 1,
        "picture": 1,
    }
    for route in urlpatterns:
        needed = {name: values[name] for name in route.pattern.converters}
        assert client.get(reverse(f"studio:{route.name}", kwargs=needed)).status_code == 403, route.name


def test_a_lesson_that_does_not_exist_is_not_found(writing: Client, course: CourseEdition) -> None:
    assert writing.get("/en/studio/lessons/nothing/").status_code == 404
    assert writing.get("/en/studio/courses/nothing/").status_code == 404
    assert writing.get(f"{LESSON}questions/nothing/").status_code == 404
    assert writing.get(f"{LESSON}questions/new/riddle/").status_code == 404
    assert writing.get("/en/studio/releases/999/").status_code == 404


def test_a_form_sent_after_logging_out_shows_what_was_typed(client: Client, course: CourseEdition) -> None:
    response = client.post(LESSON, {"en-title": "Typed for an hour", "en-markdown": "::: first\nLong text\n:::"})
    html = text_of(response)
    assert response.status_code == 403
    assert "Typed for an hour" in html
    assert "Long text" in html
    assert "/en/account/login/?next=" in html


def test_a_form_without_its_token_shows_what_was_typed(instructor: User, course: CourseEdition) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(instructor)
    question = Question.objects.first()
    assert question
    response = client.post(question_url(question), {"stem_en": "A long question", "mark-id": "abc"})
    html = text_of(response)
    assert response.status_code == 403
    assert "A long question" in html
    assert "abc" not in html
