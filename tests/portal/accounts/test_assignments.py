from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from lessons.models import Course
from portal.accounts.assignments import Assigned, assignments_of
from portal.accounts.models import Assignment, Organisation, OrganisationText, User
from portal.accounts.trees import organisation_tree, with_those_above
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 30)


def ask(organisation: Organisation, key: str, due: str | None = None) -> Course:
    asked, _new = Course.objects.get_or_create(key=key, slug=key)
    Assignment.objects.create(organisation=organisation, course=asked, due_on=due and date.fromisoformat(due))
    return asked


@pytest.fixture
def ministry() -> Organisation:
    organisation: Organisation = OrganisationFactory(code="ministry")
    OrganisationText.objects.create(organisation=organisation, language="en", name="Ministry of Learning")
    return organisation


@pytest.fixture
def school(ministry: Organisation) -> Organisation:
    organisation: Organisation = OrganisationFactory(code="school", parent=ministry)
    return organisation


@pytest.fixture
def member(school: Organisation) -> User:
    user: User = MembershipFactory(organisation=school).user
    return user


def test_what_is_asked_above_is_asked_of_a_member_below(ministry: Organisation, member: User) -> None:
    asked = ask(ministry, "first-aid", "2026-09-01")
    assert assignments_of(member, TODAY) == [Assigned(asked.pk, date(2026, 9, 1), "Ministry of Learning")]


def test_what_is_asked_below_is_not_asked_above(ministry: Organisation, school: Organisation) -> None:
    ask(school, "first-aid")
    assert assignments_of(MembershipFactory(organisation=ministry).user, TODAY) == []


def test_of_two_days_for_one_course_the_earlier_counts(
    ministry: Organisation, school: Organisation, member: User
) -> None:
    asked = ask(ministry, "first-aid")
    ask(school, "first-aid", "2026-08-01")
    assert assignments_of(member, TODAY) == [Assigned(asked.pk, date(2026, 8, 1), "school")]


def test_the_earliest_day_comes_first_and_no_day_last(school: Organisation, member: User) -> None:
    never, late, soon = ask(school, "a"), ask(school, "b", "2026-12-01"), ask(school, "c", "2026-07-01")
    assert [asked.course_id for asked in assignments_of(member, TODAY)] == [soon.pk, late.pk, never.pk]


def test_nothing_is_asked_of_who_has_left_or_never_was_a_member(school: Organisation) -> None:
    ask(school, "first-aid")
    left = MembershipFactory(organisation=school, to_day=TODAY).user
    assert assignments_of(left, TODAY) == assignments_of(UserFactory(), TODAY) == []


def test_nothing_is_asked_of_who_has_not_come_yet(school: Organisation) -> None:
    ask(school, "first-aid")
    coming = MembershipFactory(organisation=school, from_day=TODAY + timedelta(days=1)).user
    assert assignments_of(coming, TODAY) == []


def test_nothing_is_asked_of_a_guest(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert assignments_of(AnonymousUser(), TODAY) == []


def test_the_queries_do_not_grow_with_the_tree(
    school: Organisation, member: User, django_assert_num_queries: Any
) -> None:
    below = school
    for number in range(6):
        below = OrganisationFactory(parent=below)
        ask(below, f"course-{number}")
    MembershipFactory(organisation=below, user=member)
    with django_assert_num_queries(3):
        assert len(assignments_of(member, TODAY)) == 6


def test_a_tree_is_walked_from_above_in_the_order_of_names(ministry: Organisation, school: Organisation) -> None:
    OrganisationFactory(code="a-school", parent=ministry)
    tree = organisation_tree("en")
    told = [(depth, place.name) for depth, place in tree.walk(tree.children(None))]
    assert told == [(0, "Ministry of Learning"), (1, "a-school"), (1, "school")]
    assert [place.code for place in tree.line(tree.by_code["school"])] == ["ministry", "school"]
    assert tree.highest({ministry.pk, school.pk}) == [tree.by_code["ministry"]]


def test_the_line_above_a_place_takes_one_query_and_none_for_no_place(
    ministry: Organisation, school: Organisation, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        assert with_those_above(Organisation, [school.pk]) == {ministry.pk, school.pk}
    with django_assert_num_queries(0):
        assert with_those_above(Organisation, []) == set()
