from datetime import date

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from portal.accounts.models import AuditEntry, Membership, Organisation
from portal.accounts.organisations.members import typed_addresses
from tests.factories import UserFactory
from tests.portal.accounts.guests import SCRIPT, text_of
from tests.portal.accounts.organisations.conftest import TODAY, member_of

pytestmark = pytest.mark.django_db
UNKNOWN = "Nobody has an account with this address yet. Ask this person to sign up, then add them."
SOME = st.lists(st.sampled_from(["a@x.org", "b@x.org", "c@x.org"]), unique=True)
ADD = "/en/organisations/oak/add/"


def members(organisation: Organisation) -> set[str]:
    rows = Membership.objects.filter(organisation=organisation, to_day=None)
    return {str(row.user.email) for row in rows.select_related("user")}


def test_several_people_are_added_at_once_however_they_are_pasted(alice: Client, oak: Organisation) -> None:
    for name in ("salma", "omar", "maya", "tariq"):
        UserFactory(email=f"{name}@example.org")
    typed = "SALMA@example.org\r\nOmar Shahin <omar@example.org>, maya@example.org;tariq@example.org،\n\n"
    response = alice.post(ADD, {"addresses": typed}, follow=True)
    assert "4 people have been added." in text_of(response)
    assert members(oak) == {f"{name}@example.org" for name in ("salma", "omar", "maya", "tariq")}
    assert set(Membership.objects.values_list("from_day", flat=True)) == {TODAY}


def test_who_can_be_added_is_and_the_other_entries_stay_with_their_reasons(alice: Client, oak: Organisation) -> None:
    UserFactory(email="salma@example.org")
    UserFactory(email="gone@example.org", is_active=False)
    typed = "salma@example.org\nnobody@example.org\nno address\ngone@example.org"
    response = alice.post(ADD, {"addresses": typed})
    assert members(oak) == {"salma@example.org"}
    assert [(fault.typed, fault.reason) for fault in response.context["faults"]] == [
        (
            "nobody@example.org",
            "Nobody has an account with this address yet. Ask this person to sign up, then add them.",
        ),
        ("no address", "This is not an e-mail address. Look for a missing @ or a blank."),
        ("gone@example.org", "This account has been closed."),
    ]
    assert response.context["form"]["addresses"].value() == "nobody@example.org\nno address\ngone@example.org"


def test_who_is_a_member_already_stays_one_once(alice: Client, oak: Organisation) -> None:
    member_of(oak, "Salma")
    response = alice.post(ADD, {"addresses": "salma@example.org"}, follow=True)
    assert "1 person was a member already." in text_of(response)
    assert Membership.objects.count() == 1


def test_who_had_left_can_come_back(alice: Client, oak: Organisation) -> None:
    member_of(oak, "Salma", to_day=date(2026, 5, 1))
    alice.post(ADD, {"addresses": "salma@example.org"})
    assert list(Membership.objects.order_by("from_day").values_list("to_day", flat=True)) == [date(2026, 5, 1), None]


@pytest.mark.parametrize("typed", ["", "  \n ,;\n"])
def test_nothing_typed_is_said_beside_the_field(alice: Client, typed: str) -> None:
    response = alice.post(ADD, {"addresses": typed})
    assert "addresses" in response.context["form"].errors


def test_too_many_at_once_are_refused_and_stay(alice: Client) -> None:
    typed = "\n".join(f"person{number}@example.org" for number in range(201))
    response = alice.post(ADD, {"addresses": typed})
    complaint = "These are 201 addresses. Add at most 200 at once."
    assert response.context["form"].errors == {"addresses": [complaint]}
    assert "person200@example.org" in text_of(response)


def test_what_was_typed_runs_nothing(alice: Client) -> None:
    assert SCRIPT not in text_of(alice.post(ADD, {"addresses": SCRIPT}))


def test_adding_is_written_down_with_who_and_where(alice: Client) -> None:
    user = UserFactory(email="salma@example.org")
    alice.post(ADD, {"addresses": "salma@example.org"})
    entry = AuditEntry.objects.get(deed="membership.added")
    assert (str(entry.actor), entry.subject, entry.detail) == ("Alice", str(user.pk), {"organisation": "oak"})


@given(st.text(max_size=300))
def test_whatever_is_pasted_is_told_apart_and_each_address_comes_once(typed: str) -> None:
    found = list(typed_addresses(typed))
    assert all(entry == entry.strip() and entry for entry, _address in found)
    assert len({address for _entry, address in found}) == len(found)


@given(
    st.lists(st.sampled_from(["a@x.org", "b@x.org", "c@x.org"]), unique=True),
    st.sampled_from(["\n", ", ", ";", "\r\n"]),
)
def test_every_address_is_found_whatever_stands_between(addresses: list[str], between: str) -> None:
    assert [address for _entry, address in typed_addresses(between.join(addresses))] == addresses


def end(client: Client, name: str, on: str) -> object:
    membership = Membership.objects.get(user__display_name=name)
    return client.post(f"/en/organisations/oak/members/{membership.pk}/end/", {"to_day": on})


def test_a_membership_ends_on_a_day_and_stays_in_the_records(alice: Client, oak: Organisation) -> None:
    salma = member_of(oak, "Salma")
    end(alice, "Salma", "2026-06-28")
    assert Membership.objects.get().to_day == date(2026, 6, 28)
    entry = AuditEntry.objects.get(deed="membership.ended")
    assert (entry.subject, entry.detail) == (str(salma.pk), {"organisation": "oak", "on": "2026-06-28"})


@pytest.mark.parametrize(
    ("on", "complaint"),
    [
        ("2026-07-01", "This day is still to come."),
        ("2025-12-31", "The membership began on 1 January 2026. It cannot end before."),
        ("31/12/2026", "Enter a valid date."),
        ("", "This field is required."),
        (SCRIPT, "Enter a valid date."),
    ],
)
def test_a_day_on_which_it_cannot_end_says_why(alice: Client, oak: Organisation, on: str, complaint: str) -> None:
    member_of(oak, "Salma")
    response: object = end(alice, "Salma", on)
    assert complaint in text_of(response)
    assert SCRIPT not in text_of(response)
    assert Membership.objects.get().to_day is None


def test_a_membership_that_has_ended_cannot_be_ended_again(alice: Client, oak: Organisation) -> None:
    member_of(oak, "Salma", to_day=date(2026, 6, 1))
    assert getattr(end(alice, "Salma", "2026-06-30"), "status_code", None) == 404
