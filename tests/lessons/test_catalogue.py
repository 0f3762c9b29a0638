"""The catalogue: courses by whom they are for, the shorter first, and what is best taken before."""

import pytest
from django.test import Client
from django.utils.translation import override

from lessons.catalogue import CourseLink, course_cards, grouped, taken_first
from lessons.models import Course, CourseEdition
from tests.factories import published_course, published_lesson

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cold_pages")]


def course(slug: str, minutes: int, audience: str, position: int) -> CourseEdition:
    edition = published_course(slug, [published_lesson(f"{slug}-1")], title=slug, audience=audience, minutes=minutes)
    Course.objects.filter(pk=edition.course_id).update(position=position)
    return edition


def before(edition: CourseEdition, *earlier: CourseEdition) -> None:
    edition.course.take_first.set([one.course for one in earlier])


def test_courses_stand_with_others_for_the_same_people_in_the_order_of_the_catalogue() -> None:
    course("life-saving", 61, "From 12", 1)
    course("alerts", 36, "From 10", 2)
    course("first-aid", 55, "From 12", 3)
    groups = [(group.audience, [card.title for card in group.courses]) for group in grouped(course_cards("en"))]
    assert groups == [("From 12", ["life-saving", "first-aid"]), ("From 10", ["alerts"])]


def test_a_course_says_what_is_best_taken_first_in_order() -> None:
    first, second, third = (course(slug, 10, "", at) for at, slug in enumerate(("a", "b", "c")))
    before(third, second, first)
    with override("en"):
        links = taken_first([first.course_id, third.course_id], "en")
    assert links == {third.course_id: [CourseLink("a", "/en/courses/a/"), CourseLink("b", "/en/courses/b/")]}
    page = Client().get("/en/courses/c/").content.decode()
    assert page.index("Best taken first:") < page.index('href="/en/courses/a/"')
    assert "Best taken first:" not in Client().get("/en/courses/a/").content.decode()


def test_a_course_that_nobody_can_take_is_not_named() -> None:
    gone, course_ = course("a", 10, "", 1), course("b", 10, "", 2)
    before(course_, gone)
    Course.objects.filter(pk=gone.course_id).update(archived_at="2026-01-01T00:00:00Z")
    assert not taken_first([course_.course_id], "en")


def test_the_catalogue_has_a_heading_for_each_group() -> None:
    course("life-saving", 61, "From 12", 1)
    course("alerts", 36, "", 2)
    page = Client().get("/en/courses/").content.decode()
    assert "<h2>From 12</h2>" in page
    assert page.count("<h3>") == 1
    assert page.count("<h2>") == 2
