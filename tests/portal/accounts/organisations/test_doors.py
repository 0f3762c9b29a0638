"""Each manager has their own people and nobody else's, whatever address is typed."""

import pytest
from django.test import Client

from portal.accounts.models import Assignment, AuditEntry, Membership, Organisation
from tests.factories import RegionFactory, RoleGrantFactory, UserFactory, published_course
from tests.portal.accounts.guests import text_of
from tests.portal.accounts.organisations.conftest import logged_in, member_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def addresses(oak: Organisation) -> list[str]:
    """Every page about the Oak school."""
    member_of(oak, "Salma")
    membership = Membership.objects.get(user__display_name="Salma")
    edition = published_course("first-aid")
    Assignment.objects.create(organisation=oak, course=edition.course)
    own = f"/en/organisations/{oak.code}/"
    return [
        own,
        f"{own}add/",
        f"{own}assign/",
        f"{own}courses/first-aid/",
        f"{own}members/{membership.pk}/end/",
    ]


def test_the_manager_and_the_one_above_enter(alice: Client, minister: Client, addresses: list[str]) -> None:
    for client in (alice, minister):
        assert [client.get(address).status_code for address in addresses] == [200] * 5


def test_to_another_manager_there_is_no_such_organisation(bob: Client, addresses: list[str]) -> None:
    assert [bob.get(address).status_code for address in addresses] == [404] * 5
    assert [bob.post(address, {"withdraw": "1"}).status_code for address in addresses[1:]] == [404] * 4
    assert Assignment.objects.exists()
    assert not AuditEntry.objects.exists()


def test_to_the_manager_below_there_is_no_ministry(alice: Client, ministry: Organisation) -> None:
    assert alice.get("/en/organisations/ministry/").status_code == 404


def test_an_administrator_of_the_nation_enters_everywhere(addresses: list[str]) -> None:
    client = logged_in(RoleGrantFactory(role="administrator").user)
    assert [client.get(address).status_code for address in addresses] == [200] * 5


def test_an_administrator_of_a_region_has_no_organisations_and_reads_why(addresses: list[str]) -> None:
    client = logged_in(RoleGrantFactory(role="administrator", region=RegionFactory()).user)
    assert "There is no organisation here for you." in text_of(client.get("/en/organisations/"))
    assert [client.get(address).status_code for address in addresses] == [404] * 5


@pytest.mark.parametrize("role", ["", "instructor", "reviewer"])
def test_a_citizen_and_who_writes_lessons_are_refused(addresses: list[str], role: str) -> None:
    client = logged_in(RoleGrantFactory(role=role).user if role else UserFactory())
    for address in ("/en/organisations/", *addresses):
        assert client.get(address).status_code == 403


def test_a_guest_is_sent_to_log_in(client: Client, addresses: list[str]) -> None:
    for address in ("/en/organisations/", *addresses):
        assert client.get(address).headers["Location"].startswith("/en/account/login/?next=")


def test_a_manager_whose_role_has_ended_is_refused(oak: Organisation) -> None:
    client = logged_in(RoleGrantFactory(role="manager", organisation=oak, to_day="2026-06-30").user)
    assert client.get("/en/organisations/oak/").status_code == 403


def test_a_membership_of_another_organisation_cannot_be_ended_from_here(alice: Client, elm: Organisation) -> None:
    member_of(elm, "Omar")
    membership = Membership.objects.get(user__display_name="Omar")
    address = f"/en/organisations/oak/members/{membership.pk}/end/"
    assert alice.post(address, {"to_day": "2026-06-30"}).status_code == 404
    membership.refresh_from_db()
    assert membership.to_day is None


def test_the_pages_are_kept_by_no_cache(alice: Client) -> None:
    assert alice.get("/en/organisations/oak/").headers["Cache-Control"] == "private, no-store"


def test_the_menu_leads_managers_here_and_citizens_not(alice: Client) -> None:
    assert 'href="/en/organisations/"' in text_of(alice.get("/en/"))
    assert 'href="/en/organisations/"' not in text_of(logged_in(UserFactory()).get("/en/"))
