from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import Assignment, AuditEntry, Organisation
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory, published_course
from tests.portal.accounts.guests import SCRIPT, text_of
from tests.portal.accounts.organisations.conftest import TODAY, member_of
from tests.portal.accounts.organisations.test_asking import completed

pytestmark = pytest.mark.django_db
OAK, MINISTRY = "/en/organisations/oak/", "/en/organisations/ministry/"


def test_the_tree_has_the_organisations_of_the_manager_with_their_members(
    minister: Client, ministry: Organisation, oak: Organisation, elm: Organisation, company: Organisation
) -> None:
    both = member_of(oak, "Salma")
    MembershipFactory(user=both, organisation=elm)
    member_of(elm, "Omar")
    member_of(elm, "Gone", to_day=TODAY)
    lines = minister.get("/en/organisations/").context["lines"]
    assert [(line.depth, line.place.name, members.own, members.together) for line, members in lines] == [
        (0, "Ministry", 0, 2),
        (1, "Elm school", 2, 2),
        (1, "Oak school", 1, 1),
    ]


def test_each_member_stands_there_with_how_far_they_are(
    alice: Client, ministry: Organisation, oak: Organisation
) -> None:
    first, second = published_course("first-aid"), published_course("floods", title="Floods")
    Assignment.objects.create(organisation=ministry, course=first.course, due_on=date(2026, 6, 1))
    Assignment.objects.create(organisation=oak, course=second.course)
    completed(member_of(oak, "Amal"), first, "2026-02-01", "2027-02-01")
    completed(member_of(oak, "Badr"), first, "2025-02-01", "2026-02-01")
    member_of(oak, "Celine")
    lines = alice.get(OAK).context["lines"]
    told = {
        str(line.membership.user): [(standing.title, standing.state, standing.late) for standing in line.standings]
        for line in lines
    }
    assert told == {
        "Amal": [("First aid", "done", False), ("Floods", "not_begun", False)],
        "Badr": [("First aid", "run_out", True), ("Floods", "not_begun", False)],
        "Celine": [("First aid", "not_begun", True), ("Floods", "not_begun", False)],
    }


def test_what_is_asked_above_is_shown_with_who_asks_and_cannot_be_changed_here(
    alice: Client, ministry: Organisation, oak: Organisation
) -> None:
    Assignment.objects.create(organisation=ministry, course=published_course("first-aid").course)
    page = text_of(alice.get(OAK))
    assert "assigned by <bdi>Ministry</bdi>" in page
    assert 'href="/en/organisations/oak/courses/first-aid/"' not in page


def test_of_two_days_for_one_course_the_earlier_is_shown(
    alice: Client, ministry: Organisation, oak: Organisation
) -> None:
    course = published_course("first-aid").course
    Assignment.objects.create(organisation=ministry, course=course, due_on=date(2026, 8, 1))
    Assignment.objects.create(organisation=oak, course=course, due_on=date(2026, 9, 1))
    [(asked, _over)] = alice.get(OAK).context["asked"]
    assert (asked.due_on, asked.above) == (date(2026, 8, 1), "")


@pytest.mark.parametrize("search", ["salma", "SALMA@EXAMPLE", "alm"])
def test_members_are_found_by_a_part_of_their_name_or_address(alice: Client, oak: Organisation, search: str) -> None:
    member_of(oak, "Salma")
    member_of(oak, "Omar")
    lines = alice.get(OAK, {"q": search}).context["lines"]
    assert [str(line.membership.user) for line in lines] == ["Salma"]


def test_the_organisations_below_are_searched_too_and_others_are_not(
    minister: Client, oak: Organisation, company: Organisation
) -> None:
    member_of(oak, "Salma")
    member_of(company, "Salman")
    response = minister.get(MINISTRY, {"q": "salma"})
    assert [line.organisation.name for line in response.context["lines"]] == ["Oak school"]


@pytest.mark.parametrize("search", [SCRIPT, "\x00", "%", "x" * 5000])
def test_a_search_for_nobody_says_so_and_runs_nothing(alice: Client, oak: Organisation, search: str) -> None:
    response = alice.get(OAK, {"q": search})
    assert response.status_code == 200
    assert SCRIPT not in text_of(response)


def test_fifty_members_stand_on_a_page(alice: Client, oak: Organisation) -> None:
    MembershipFactory.create_batch(51, organisation=oak)
    first, second, wild = (alice.get(OAK, {"page": page}).context["lines"] for page in ("1", "2", "none"))
    assert (len(first), len(second), len(wild)) == (50, 1, 50)


def test_seeing_names_is_written_down_and_an_empty_page_is_not(alice: Client, oak: Organisation) -> None:
    alice.get(OAK)
    assert not AuditEntry.objects.exists()
    member_of(oak, "Salma")
    alice.get(OAK, {"q": "sal"})
    entry = AuditEntry.objects.get()
    assert (entry.deed, entry.subject) == ("people.viewed", "oak")
    assert entry.detail == {"page": "organisation", "people": 1}


def test_a_member_without_a_name_or_an_address_has_a_number(alice: Client, oak: Organisation) -> None:
    user = UserFactory(email=None)
    MembershipFactory(user=user, organisation=oak)
    assert f"Person {user.pk}" in text_of(alice.get(OAK))


def test_an_organisation_without_members_says_what_to_do(alice: Client) -> None:
    page = text_of(alice.get(OAK))
    assert "Nobody is a member yet." in page
    assert "No course is assigned to the members yet." in page


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_the_queries_do_not_grow_with_members_courses_and_the_tree(alice: Client, oak: Organisation) -> None:
    member_of(oak, "Salma")
    Assignment.objects.create(organisation=oak, course=published_course("first-aid").course)
    alice.get(OAK)  # the first look of a day is written down
    before = _queries(alice, OAK), _queries(alice, "/en/organisations/")
    MembershipFactory.create_batch(10, organisation=oak)
    for number in range(5):
        OrganisationFactory(parent=OrganisationFactory(parent=oak))
        Assignment.objects.create(organisation=oak, course=published_course(f"course-{number}").course)
    alice.get(OAK)  # the tree that has grown is read once
    assert (_queries(alice, OAK), _queries(alice, "/en/organisations/")) == before
    assert before[0] <= 18
