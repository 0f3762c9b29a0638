"""The order of the catalogue, and courses that are put away and brought back."""

from typing import Any

import pytest
from django.test import Client

from lessons.models import Course, CourseEdition
from portal.accounts.models import Assignment, AuditEntry, RoleGrant
from quizzes.models import Completion
from tests.factories import (
    CompletionFactory,
    OrganisationFactory,
    RegionFactory,
    RoleGrantFactory,
    published_course,
    published_lesson,
)
from tests.portal.accounts.guests import with_second_factor
from tests.portal.studio.people import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cold_pages")]
CATALOGUE, AWAY = "/en/studio/catalogue/", "/en/studio/courses/a/archive/"


@pytest.fixture
def courses() -> dict[str, CourseEdition]:
    """Courses a, b and c, in this order."""
    made = {slug: published_course(slug, [published_lesson(f"{slug}-1")], title=slug.upper()) for slug in "abc"}
    for at, edition in enumerate(made.values(), 1):
        Course.objects.filter(pk=edition.course_id).update(position=at)
    return made


def order() -> list[str]:
    return list(Course.objects.filter(archived_at=None).order_by("position", "pk").values_list("slug", flat=True))


def fields(page: Any) -> dict[str, Any]:
    return {"mark": page.context["mark"], "line": [str(course.pk) for course, _title in page.context["courses"]]}


def test_the_order_that_is_saved_is_the_order_of_the_catalogue(
    arranging: Client, courses: dict[str, CourseEdition]
) -> None:
    sent = fields(arranging.get(CATALOGUE))
    sent["line"].reverse()
    assert arranging.post(CATALOGUE, sent | {"deed": "save"}).status_code == 302
    assert order() == ["c", "b", "a"]
    page = text_of(Client().get("/en/courses/"))
    assert page.index("/en/courses/c/") < page.index("/en/courses/b/") < page.index("/en/courses/a/")
    assert AuditEntry.objects.filter(deed="courses.ordered").exists()


def test_a_course_is_moved_by_its_buttons(arranging: Client, courses: dict[str, CourseEdition]) -> None:
    moved = courses["c"].course_id
    response = arranging.post(CATALOGUE, fields(arranging.get(CATALOGUE)) | {"deed": f"up {moved}"})
    assert response.url == f"{CATALOGUE}#c-{moved}"  # type: ignore[attr-defined]
    assert order() == ["a", "c", "b"]


def test_two_who_order_the_catalogue_do_not_overwrite_each_other(
    arranging: Client, courses: dict[str, CourseEdition]
) -> None:
    sent = fields(arranging.get(CATALOGUE))
    arranging.post(CATALOGUE, sent | {"deed": f"up {courses['c'].course_id}"})
    response = arranging.post(CATALOGUE, sent | {"deed": f"down {courses['a'].course_id}"})
    assert response.status_code == 409
    assert order() == ["a", "c", "b"]


def test_a_course_that_is_not_named_comes_behind(arranging: Client, courses: dict[str, CourseEdition]) -> None:
    sent = fields(arranging.get(CATALOGUE))
    sent["line"] = [str(courses["c"].course_id), "99999999", "x"]
    arranging.post(CATALOGUE, sent)
    assert order() == ["c", "a", "b"]


def test_a_course_that_is_put_away_leaves_the_catalogue_and_its_completions_stay(
    arranging: Client, courses: dict[str, CourseEdition], django_capture_on_commit_callbacks: Any
) -> None:
    CompletionFactory(edition=courses["a"], completed_on="2026-01-01")
    assert "/en/courses/a/" in text_of(Client().get("/en/courses/"))
    assert arranging.get(AWAY).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        assert arranging.post(AWAY).status_code == 302
    assert "/en/courses/a/" not in text_of(Client().get("/en/courses/"))
    assert Client().get("/en/courses/a/").status_code == 404
    assert Completion.objects.count() == 1


def test_a_course_is_brought_back(arranging: Client, courses: dict[str, CourseEdition]) -> None:
    arranging.post(AWAY)
    assert "Bring back" in text_of(arranging.get(CATALOGUE))
    arranging.post("/en/studio/courses/a/restore/")
    assert order() == ["a", "b", "c"]
    assert list(AuditEntry.objects.filter(subject="a").values_list("deed", flat=True).order_by("pk")) == [
        "course.archived",
        "course.restored",
    ]


def test_a_course_that_is_assigned_is_put_away_only_knowingly(
    arranging: Client, courses: dict[str, CourseEdition]
) -> None:
    Assignment.objects.create(organisation=OrganisationFactory(), course=courses["a"].course)
    assert "1 organisation asks it" in " ".join(text_of(arranging.get(AWAY)).split())
    assert arranging.post(AWAY).status_code == 422
    assert order() == ["a", "b", "c"]
    assert arranging.post(AWAY, {"known": "on"}).status_code == 302
    assert order() == ["b", "c"]


def test_only_who_arranges_for_the_whole_nation_sees_the_catalogue(
    writing: Client, reviewing: Client, courses: dict[str, CourseEdition]
) -> None:
    assert reviewing.get(CATALOGUE).status_code == 200
    assert writing.get(CATALOGUE).status_code == 403
    assert writing.post(AWAY).status_code == 403
    regional = RoleGrantFactory(role=RoleGrant.Role.ADMINISTRATOR, region=RegionFactory()).user
    with_second_factor(regional)
    client = Client()
    client.force_login(regional)
    assert client.get(CATALOGUE).status_code == 403


@pytest.mark.parametrize("count", [2, 12])
def test_the_number_of_queries_does_not_grow_with_the_courses(
    arranging: Client, count: int, django_assert_max_num_queries: Any
) -> None:
    for at in range(count):
        published_course(f"course-{at}")
    arranging.get(CATALOGUE)
    with django_assert_max_num_queries(14):
        arranging.get(CATALOGUE)
