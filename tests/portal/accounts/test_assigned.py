"""Courses asked for by one's organisations and those above them, on the day."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from pytest_django import DjangoAssertNumQueries

from lessons.models import Course
from portal.accounts.assigned import AssignedCourse, assigned_courses
from portal.accounts.models import Assignment, Organisation, OrganisationText, User
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db

TODAY = date(2026, 6, 1)


def organisation(name: str, parent: Organisation | None = None) -> Organisation:
    made: Organisation = OrganisationFactory(code=name.lower(), parent=parent)
    OrganisationText.objects.create(organisation=made, language="en", name=name)
    return made


def ask(by: Organisation, key: str = "first-aid", due_on: date | None = None) -> Course:
    course, _made = Course.objects.get_or_create(key=key, slug=key)
    Assignment.objects.create(organisation=by, course=course, due_on=due_on)
    return course


def asked(user: User) -> list[AssignedCourse]:
    return assigned_courses(user, "en", TODAY)


def member_of(place: Organisation, **period: date) -> User:
    user: User = UserFactory()
    MembershipFactory(user=user, organisation=place, **period)
    return user


def test_an_organisation_asks_its_members() -> None:
    school = organisation("School")
    course = ask(school, due_on=TODAY)
    assert asked(member_of(school)) == [AssignedCourse(course.pk, TODAY, "School")]


def test_what_is_asked_higher_up_is_asked_of_everyone_below() -> None:
    ministry = organisation("Ministry")
    school = organisation("School", organisation("District", ministry))
    ask(ministry)
    assert [one.organisation for one in asked(member_of(school))] == ["Ministry"]


def test_what_is_asked_beside_or_below_is_not() -> None:
    ministry = organisation("Ministry")
    ask(organisation("School", ministry))
    assert asked(member_of(ministry)) == []


def test_who_has_left_is_asked_for_nothing() -> None:
    school = organisation("School")
    ask(school)
    assert asked(member_of(school, to_day=TODAY)) == []


def test_who_has_not_come_yet_is_asked_for_nothing() -> None:
    school = organisation("School")
    ask(school)
    assert asked(member_of(school, from_day=TODAY + timedelta(days=1))) == []


def test_a_course_asked_for_twice_is_due_on_the_earlier_day() -> None:
    ministry = organisation("Ministry")
    school = organisation("School", ministry)
    ask(ministry, due_on=TODAY + timedelta(days=9))
    ask(school, due_on=TODAY + timedelta(days=3))
    assert [(one.due_on, one.organisation) for one in asked(member_of(school))] == [
        (TODAY + timedelta(days=3), "School")
    ]


def test_a_course_without_a_day_comes_last() -> None:
    school = organisation("School")
    later, sooner = ask(school, "later"), ask(school, "sooner", TODAY)
    assert [one.course_id for one in asked(member_of(school))] == [sooner.pk, later.pk]


def test_an_organisation_without_a_name_is_called_by_its_code() -> None:
    school: Organisation = OrganisationFactory(code="s-1")
    ask(school)
    assert asked(member_of(school))[0].organisation == "s-1"


def test_a_guest_is_asked_for_nothing(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        assert assigned_courses(AnonymousUser(), "en", TODAY) == []


def test_a_deep_tree_takes_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    place = organisation("Top")
    ask(place)
    for depth in range(6):
        place = organisation(f"Level {depth}".replace(" ", "-"), place)
    user = member_of(place)
    with django_assert_num_queries(1):
        assert len(asked(user)) == 1
