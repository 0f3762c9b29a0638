"""Public pages: the same bytes for everybody, no query when warm, a person's own state around the same body."""

from typing import Any

import pytest
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lessons import stamp
from lessons.models import Revision
from quizzes.learners import SALT
from quizzes.models import Learner
from quizzes.progress import record_read
from tests.factories import RevisionFactory, check_of, published_course, published_lesson

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cold_pages")]

LESSON = "/en/courses/first-aid/bleeding/"
PUBLIC = [LESSON, "/ar/courses/first-aid/bleeding/", "/en/", "/ar/", "/en/courses/", "/en/courses/first-aid/"]


@pytest.fixture
def edition() -> Any:
    lesson = published_lesson()
    check_of(lesson)
    return published_course(lessons=[lesson], final={})


def learner_in(client: Client) -> Learner:
    """A guest's cookie in this browser."""
    learner = Learner.objects.create()
    client.cookies["learner"] = signing.get_cookie_signer(salt="learner" + SALT).sign(str(learner.pk))
    return learner


@pytest.mark.usefixtures("edition")
@pytest.mark.parametrize("url", PUBLIC)
def test_a_visitor_gets_no_cookie(url: str) -> None:
    assert not Client().get(url).cookies


@pytest.mark.usefixtures("edition")
@pytest.mark.parametrize("url", PUBLIC)
def test_a_page_may_be_kept_by_caches(url: str) -> None:
    response = Client().get(url)
    assert response.headers["Cache-Control"].startswith("public, max-age=60")
    assert "Cookie" in response.headers["Vary"]


@pytest.mark.usefixtures("edition")
@pytest.mark.parametrize("url", PUBLIC)
def test_a_warm_page_asks_the_database_nothing(url: str) -> None:
    Client().get(url)
    with CaptureQueriesContext(connection) as queries:
        assert Client().get(url).status_code == 200
    assert len(queries) == 0


@pytest.mark.usefixtures("edition")
@pytest.mark.parametrize(
    ("url", "most"), [(LESSON, 4), ("/en/", 3), ("/en/courses/", 2), ("/en/courses/first-aid/", 5)]
)
def test_a_cold_page_takes_few_queries(url: str, most: int, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(most):
        assert Client().get(url).status_code == 200


@pytest.mark.usefixtures("edition")
def test_an_unchanged_page_is_not_sent_again() -> None:
    etag = Client().get(LESSON).headers["ETag"]
    response = Client().get(LESSON, headers={"If-None-Match": etag})
    assert (response.status_code, response.content) == (304, b"")


@pytest.mark.usefixtures("edition")
@pytest.mark.parametrize(("accepted", "coding"), [("br, gzip", "br"), ("gzip", "gzip"), ("identity", None)])
def test_a_page_is_compressed_as_the_browser_can(accepted: str, coding: str | None) -> None:
    response = Client().get(LESSON, headers={"Accept-Encoding": accepted})
    assert response.headers.get("Content-Encoding") == coding


@pytest.mark.usefixtures("edition")
def test_a_new_revision_is_seen_at_once(django_capture_on_commit_callbacks: Any) -> None:
    Client().get(LESSON)
    old = Revision.objects.get(text__language="en")
    Revision.objects.filter(pk=old.pk).update(state="superseded")
    RevisionFactory(
        text=old.text, number=2, title="New words", html="<p>new</p>", state="published", published_at=timezone.now()
    )
    with django_capture_on_commit_callbacks(execute=True):
        stamp.touch()
    assert "New words" in Client().get(LESSON).content.decode()


@pytest.mark.usefixtures("edition")
def test_without_a_touch_the_page_stays_as_it_was() -> None:
    before = Client().get(LESSON).content
    Revision.objects.filter(text__language="en").update(state="superseded")
    assert Client().get(LESSON).content == before


def test_a_person_with_a_session_sees_their_own_state(edition: Any) -> None:
    client = Client()
    learner = learner_in(client)
    record_read(learner, edition, edition.placements.get().lesson_id, timezone.now())
    response = client.get(LESSON)
    assert "mark-read" in client.get("/en/courses/first-aid/").content.decode()
    assert response.headers["Cache-Control"].startswith("private")


def test_one_persons_state_is_in_nobody_elses_page(edition: Any) -> None:
    client = Client()
    record_read(learner_in(client), edition, edition.placements.get().lesson_id, timezone.now())
    client.get("/en/courses/first-aid/")
    assert "mark-read" not in Client().get("/en/courses/first-aid/").content.decode()


@pytest.mark.usefixtures("edition")
def test_a_lesson_page_with_a_session_takes_few_queries(django_assert_max_num_queries: Any) -> None:
    client = Client()
    learner_in(client)
    client.get(LESSON)
    with django_assert_max_num_queries(2):
        client.get(LESSON)


@pytest.mark.usefixtures("edition")
@pytest.mark.parametrize("url", ["/en/courses/none/", "/en/courses/first-aid/none/", "/en/courses/none/bleeding/"])
def test_what_does_not_exist_is_not_found(url: str) -> None:
    assert Client().get(url).status_code == 404


@pytest.mark.usefixtures("edition")
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_a_page_is_only_read(method: str) -> None:
    assert getattr(Client(), method)(LESSON).status_code == 405


@pytest.mark.parametrize(("asked", "language"), [("ar", "ar"), ("en-GB,en", "en"), ("fr", "ar"), ("", "ar")])
def test_the_root_sends_people_to_their_language(asked: str, language: str) -> None:
    response = Client().get("/", headers={"Accept-Language": asked})
    assert response.headers["Location"] == f"/{language}/"
