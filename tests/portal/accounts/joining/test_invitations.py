"""Joining an organisation by a link or a code, and leaving it."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from portal.accounts.joining.invitations import (
    LENGTH,
    LETTERS,
    NoLonger,
    invitation_by_code,
    invitation_by_link,
    invite,
    join_by,
    new_code,
    read_out,
    typed_code,
    withdraw,
)
from portal.accounts.models import AuditEntry, Invitation, Membership, Organisation, User
from tests.factories import UserFactory
from tests.portal.accounts.guests import CODE, SIGNUP, emailed_code, text_of
from tests.portal.accounts.organisations.conftest import TODAY, logged_in, member_of

pytestmark = pytest.mark.django_db
INVITATIONS = "/en/organisations/oak/invitations/"
JOIN = "/en/join/"


@pytest.fixture
def invitation(oak: Organisation) -> Invitation:
    return invite(oak.pk, UserFactory(), TODAY + timedelta(days=30), None)


@pytest.fixture
def salma() -> Client:
    client = Client()
    client.force_login(UserFactory(display_name="Salma", email="salma@example.org"))
    return client


def test_a_code_can_be_read_out_and_typed_however_people_write() -> None:
    code = new_code()
    assert len(code) == LENGTH
    assert not set(code) & set("0O1IL")
    assert typed_code(f" {read_out(code).lower()} ") == code


@given(st.text(alphabet=LETTERS, min_size=LENGTH, max_size=LENGTH), st.sampled_from(["", "-", " ", " - "]))
def test_whatever_stands_between_the_letters_the_code_is_known(code: str, between: str) -> None:
    assert typed_code(between.join(code.lower())) == code


def test_a_manager_makes_an_invitation_that_can_be_printed(alice: Client, oak: Organisation) -> None:
    page = text_of(alice.post(INVITATIONS, {"last_day": "2026-07-31", "most": "20"}, follow=True))
    made = Invitation.objects.get()
    assert (made.organisation, made.expires_on, made.most) == (oak, date(2026, 8, 1), 20)
    assert f"/en/join/{made.token}/" in page
    assert read_out(made.code) in page
    assert "<svg" in page
    assert "It holds until 31 July 2026." in page
    entry = AuditEntry.objects.get()
    assert (entry.deed, entry.subject, entry.detail) == (
        "invitation.made",
        "oak",
        {"last_day": "2026-07-31", "most": 20},
    )


@pytest.mark.parametrize(
    ("sent", "field", "complaint"),
    [
        ({"last_day": "2026-06-29"}, "last_day", "This day is over. Choose today or a later one."),
        (
            {"last_day": "2028-01-01"},
            "last_day",
            "An invitation holds for a year at most. Choose 1 July 2027 or an earlier day.",
        ),
        ({"last_day": "soon"}, "last_day", "Enter a valid date."),
        ({"last_day": "2026-07-31", "most": "0"}, "most", "Ensure this value is greater than or equal to 1."),
    ],
)
def test_an_invitation_that_cannot_be_made_says_why(
    alice: Client, sent: dict[str, str], field: str, complaint: str
) -> None:
    assert alice.post(INVITATIONS, sent).context["form"].errors[field] == [complaint]
    assert not Invitation.objects.exists()


def test_who_opens_the_link_sees_which_organisation_it_is_and_what_its_managers_will_see(
    salma: Client, invitation: Invitation
) -> None:
    page = text_of(salma.get(f"{JOIN}{invitation.token}/"))
    assert "Join <bdi>Oak school</bdi>" in page
    assert "your name and your e-mail address" in page
    assert not Membership.objects.exists()


def test_who_says_yes_is_a_member_from_today(salma: Client, invitation: Invitation, oak: Organisation) -> None:
    page = text_of(salma.post(f"{JOIN}{invitation.token}/", follow=True))
    assert "You now belong to Oak school." in page
    row = Membership.objects.get()
    assert (row.user.display_name, row.organisation, row.from_day, row.to_day) == ("Salma", oak, TODAY, None)
    invitation.refresh_from_db()
    assert invitation.joined == 1
    entry = AuditEntry.objects.get()
    assert (entry.deed, entry.detail) == ("membership.joined", {"organisation": "oak", "way": "invitation"})


def test_the_code_leads_to_the_same_page(salma: Client, invitation: Invitation) -> None:
    response = salma.post(JOIN, {"code": read_out(invitation.code).lower()}, follow=True)
    assert "Join <bdi>Oak school</bdi>" in text_of(response)


def test_who_is_a_member_already_is_told_and_not_counted_twice(salma: Client, invitation: Invitation) -> None:
    for _time in range(2):
        salma.post(f"{JOIN}{invitation.token}/")
    assert "You belong to it already." in text_of(salma.get(f"{JOIN}{invitation.token}/"))
    invitation.refresh_from_db()
    assert (Membership.objects.count(), invitation.joined) == (1, 1)


def test_who_must_first_sign_up_comes_back_to_the_invitation(client: Client, invitation: Invitation) -> None:
    address = f"{JOIN}{invitation.token}/"
    assert f"{SIGNUP}?next={address}" in text_of(client.get(address))
    client.post(f"{SIGNUP}?next={address}", {"email": "new@example.org", "next": address})
    response = client.post(CODE, {"code": emailed_code()})
    assert response.headers["Location"] == address
    client.post(address)
    assert Membership.objects.get().user.email == "new@example.org"


def test_a_guest_who_posts_joins_nothing(client: Client, invitation: Invitation) -> None:
    assert client.post(f"{JOIN}{invitation.token}/").status_code == 200
    assert not Membership.objects.exists()


@pytest.mark.parametrize("how", ["expired", "withdrawn", "full", "wrong"])
def test_an_invitation_that_does_not_hold_says_so(salma: Client, invitation: Invitation, how: str) -> None:
    changes: dict[str, dict[str, Any]] = {"expired": {"expires_on": TODAY}, "full": {"most": 1, "joined": 1}}
    Invitation.objects.filter(pk=invitation.pk).update(**changes.get(how, {}))
    if how == "withdrawn":
        withdraw(invitation)
    address = f"{JOIN}{'nothing' if how == 'wrong' else invitation.token}/"
    for response in (salma.get(address), salma.post(address)):
        assert response.status_code == 404
        assert "This invitation does not hold" in text_of(response)
    assert not Membership.objects.exists()


def test_it_holds_on_its_last_day_and_not_on_the_next(invitation: Invitation) -> None:
    assert invitation_by_code(invitation.code, TODAY + timedelta(days=29))
    assert invitation_by_code(invitation.code, TODAY + timedelta(days=30)) is None


def test_the_last_place_is_given_once(oak: Organisation) -> None:
    made = invite(oak.pk, UserFactory(), TODAY + timedelta(days=1), 1)
    assert join_by(made, UserFactory(), TODAY)
    with pytest.raises(NoLonger):
        join_by(made, UserFactory(), TODAY)  # who looked while there was a place
    assert Membership.objects.count() == 1


def test_codes_are_not_guessed_at(salma: Client, invitation: Invitation) -> None:
    for _time in range(10):
        assert salma.post(JOIN, {"code": "ABCD-2345"}).status_code == 200
    refused = salma.post(JOIN, {"code": read_out(invitation.code)})
    assert refused.status_code == 429
    assert "Too many attempts in a short time." in text_of(refused)
    assert salma.get(f"{JOIN}{invitation.code}/").status_code == 429


def test_who_has_the_link_joins_whoever_else_has_guessed_from_there(salma: Client, invitation: Invitation) -> None:
    for _time in range(11):
        salma.post(JOIN, {"code": "ABCD-2345"})
    assert salma.get(f"{JOIN}{invitation.token}/").status_code == 200


def test_right_codes_are_not_counted_as_guesses(salma: Client, invitation: Invitation) -> None:
    assert {salma.post(JOIN, {"code": invitation.code}).status_code for _time in range(15)} == {302}


@pytest.mark.parametrize("typed", ["", "\x00", "<script>alert(1)</script>", "٣" * 8])
def test_what_is_no_code_leads_nowhere(salma: Client, typed: str) -> None:
    response = salma.post(JOIN, {"code": typed})
    assert response.status_code == 200
    assert response.context["form"].errors


def test_a_withdrawn_invitation_keeps_who_has_joined(alice: Client, salma: Client, invitation: Invitation) -> None:
    salma.post(f"{JOIN}{invitation.token}/")
    alice.post(f"{INVITATIONS}{invitation.pk}/withdraw/")
    assert Membership.objects.filter(to_day=None).count() == 1
    assert invitation_by_link(invitation.token, TODAY) is None
    assert AuditEntry.objects.first().deed == "invitation.withdrawn"  # type: ignore[union-attr]


def test_invitations_of_another_organisation_are_not_there(bob: Client, invitation: Invitation) -> None:
    addresses = [INVITATIONS, f"{INVITATIONS}{invitation.pk}/"]
    assert [bob.get(address).status_code for address in addresses] == [404, 404]
    own = f"/en/organisations/company/invitations/{invitation.pk}/"
    assert bob.get(own).status_code == 404
    assert bob.post(f"{own}withdraw/").status_code == 404
    assert invitation_by_link(invitation.token, TODAY)


def test_a_citizen_leaves_and_keeps_what_was_learned(oak: Organisation) -> None:
    user = member_of(oak, "Salma")
    client = Client()
    client.force_login(user)
    row = Membership.objects.get()
    page = text_of(client.get(f"/en/account/organisations/{row.pk}/leave/"))
    assert "Everything you have learned, your answers and your certificates stay yours." in page
    client.post(f"/en/account/organisations/{row.pk}/leave/")
    row.refresh_from_db()
    assert row.to_day == TODAY
    assert AuditEntry.objects.get().deed == "membership.left"
    assert User.objects.filter(pk=user.pk).exists()


def test_nobody_leaves_for_somebody_else(salma: Client, oak: Organisation) -> None:
    member_of(oak, "Omar")
    row = Membership.objects.get()
    for response in (salma.get, salma.post):
        assert response(f"/en/account/organisations/{row.pk}/leave/").status_code == 404
    row.refresh_from_db()
    assert row.to_day is None


def test_who_left_can_join_again_the_same_day(salma: Client, invitation: Invitation) -> None:
    salma.post(f"{JOIN}{invitation.token}/")
    salma.post(f"/en/account/organisations/{Membership.objects.get().pk}/leave/")
    salma.post(f"{JOIN}{invitation.token}/")
    assert Membership.objects.filter(to_day=None).count() == 1


def test_the_page_of_ones_organisations_asks_for_a_log_in(client: Client) -> None:
    assert client.get("/en/account/organisations/").headers["Location"].startswith("/en/account/login/")


def test_the_number_of_invitations_is_bounded(alice: Client, oak: Organisation) -> None:
    for _number in range(20):
        invite(oak.pk, UserFactory(), TODAY + timedelta(days=3), None)
    page = text_of(alice.post(INVITATIONS, {"last_day": "2026-07-31"}))
    assert "There are very many invitations already. Withdraw one first." in page
    assert Invitation.objects.count() == 20


def test_the_link_is_kept_by_no_cache(salma: Client, invitation: Invitation) -> None:
    assert "no-store" in salma.get(f"{JOIN}{invitation.token}/").headers["Cache-Control"]


def test_a_wrong_guess_is_forgotten_after_an_hour(salma: Client, invitation: Invitation) -> None:
    for _time in range(10):
        salma.post(JOIN, {"code": "ABCD-2345"})
    with time_machine.travel("2026-06-30T10:01:00Z"):
        assert salma.post(JOIN, {"code": invitation.code}).status_code == 302


def test_managers_have_a_page_of_their_own_for_it(alice: Client) -> None:
    assert logged_in(UserFactory()).get(INVITATIONS).status_code == 403
    assert alice.get(INVITATIONS).status_code == 200
