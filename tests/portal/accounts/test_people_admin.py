from datetime import date
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from zeal import zeal_ignore

from portal.accounts.audit import record
from portal.accounts.models import AuditEntry, Membership, OrganisationText, RoleGrant, User
from tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    RegionFactory,
    ResidenceFactory,
    RoleGrantFactory,
    UserFactory,
)
from tests.portal.accounts.guests import LOGIN, SCRIPT, confirmed, text_of, with_second_factor

pytestmark = pytest.mark.django_db
ADMIN = "/en/admin/"


@pytest.fixture
def admin(client: Client, settings: Any) -> User:
    settings.DEMO = True
    user: User = UserFactory(is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


def test_a_guest_is_sent_to_the_portals_own_log_in(client: Client) -> None:
    assert client.get(f"{ADMIN}accounts/user/").headers["Location"] == f"{LOGIN}?next={ADMIN}accounts/user/"
    assert client.get(f"{ADMIN}login/", follow=True).redirect_chain[-1][0] == f"{LOGIN}?next={ADMIN}"


@pytest.mark.parametrize("role", ["citizen", "instructor", "reviewer", "manager"])
def test_others_than_administrators_get_403(client: Client, settings: Any, role: str) -> None:
    settings.DEMO = True
    user = UserFactory(is_staff=True)
    if role != "citizen":
        RoleGrantFactory(user=user, role=role, organisation=OrganisationFactory() if role == "manager" else None)
    client.force_login(user)
    assert client.get(ADMIN).status_code == 403


def test_an_administrator_is_let_in_if_the_account_is_of_the_staff(client: Client, settings: Any) -> None:
    settings.DEMO = True
    user = RoleGrantFactory(role="administrator", user__is_staff=True).user
    client.force_login(user)
    assert client.get(ADMIN).status_code == 200
    User.objects.update(is_staff=False)
    assert client.get(ADMIN).status_code == 403


def test_a_superuser_without_a_second_factor_sets_one_up_first(client: Client) -> None:
    user = confirmed(UserFactory(is_staff=True, is_superuser=True))
    client.force_login(user)
    assert client.get(ADMIN).headers["Location"] == "/en/account/second-factor/"
    with_second_factor(user)
    assert client.get(ADMIN).status_code == 200


def test_logging_out_there_logs_out_of_the_portal(client: Client, admin: User) -> None:
    assert client.get(f"{ADMIN}logout/").headers["Location"] == "/en/account/logout/"
    client.post(f"{ADMIN}logout/")
    assert "_auth_user_id" not in client.session


def rows() -> dict[str, Any]:
    """One row of each table that this part of the administration shows, by the table's address."""
    membership, residence = MembershipFactory(), ResidenceFactory()
    with_second_factor(membership.user)
    return {
        "accounts/user": membership.user,
        "accounts/membership": membership,
        "accounts/organisation": membership.organisation,
        "accounts/region": residence.region,
        "accounts/residence": residence,
        "accounts/rolegrant": RoleGrantFactory(),
        "accounts/auditentry": record(None, "tried"),
        "mfa/authenticator": Authenticator.objects.get(),
    }


@pytest.mark.parametrize("page", ["", "?q=person", "add/", "{pk}/change/"])
def test_every_page_opens_with_few_queries(
    client: Client, admin: User, django_assert_max_num_queries: Any, page: str
) -> None:
    for table, row in rows().items():
        closed = table in {"accounts/auditentry", "mfa/authenticator"} and page == "add/"
        with django_assert_max_num_queries(16):
            response = client.get(f"{ADMIN}{table}/{page.format(pk=row.pk)}")
        assert response.status_code == (403 if closed else 200), table


def test_the_queries_of_a_list_do_not_grow_with_its_rows(
    client: Client, admin: User, django_assert_max_num_queries: Any
) -> None:
    MembershipFactory.create_batch(8)
    with django_assert_max_num_queries(8):
        client.get(f"{ADMIN}accounts/membership/")


def test_the_secret_of_a_second_factor_is_not_shown(client: Client, admin: User) -> None:
    secret = with_second_factor(UserFactory())
    page = client.get(f"{ADMIN}mfa/authenticator/{Authenticator.objects.get().pk}/change/")
    assert page.status_code == 200
    assert secret not in text_of(page)


def test_a_second_factor_can_be_taken_away_and_that_is_written_down(client: Client, admin: User) -> None:
    user = UserFactory()
    with_second_factor(user)
    client.post(f"{ADMIN}mfa/authenticator/{Authenticator.objects.get().pk}/delete/", {"post": "yes"})
    assert not Authenticator.objects.exists()
    assert AuditEntry.objects.get(deed="second_factor.removed").subject == str(user.pk)


def test_the_log_cannot_be_changed_by_a_crafted_form(client: Client, admin: User) -> None:
    entry = record(None, "tried")
    page = f"{ADMIN}accounts/auditentry/{entry.pk}/"
    assert client.post(f"{page}change/", {"deed": "other"}).status_code == 403
    assert client.post(f"{page}delete/", {"post": "yes"}).status_code == 403
    assert AuditEntry.objects.get(pk=entry.pk).deed == "tried"


def test_a_person_is_closed_not_deleted(client: Client, admin: User) -> None:
    user = UserFactory()
    assert client.post(f"{ADMIN}accounts/user/{user.pk}/delete/", {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=user.pk).exists()


def test_a_person_is_added_with_an_address_and_a_password(client: Client, admin: User) -> None:
    typed = {
        "email": "new@example.org",
        "usable_password": "true",
        "password1": "long-enough-to-be-1",
        "password2": "long-enough-to-be-1",
    }
    client.post(f"{ADMIN}accounts/user/add/", typed)
    assert User.objects.get(email="new@example.org").check_password("long-enough-to-be-1")
    assert AuditEntry.objects.filter(deed="person.added").exists()


def grant(client: Client, **fields: Any) -> str:
    typed = {"role": "instructor", "from_day": "2026-03-01", "to_day": "", "organisation": "", "region": ""} | fields
    return text_of(client.post(f"{ADMIN}accounts/rolegrant/add/", typed, follow=True))


def test_a_role_is_granted_and_that_is_written_down(client: Client, admin: User) -> None:
    user = UserFactory()
    grant(client, user=user.pk)
    granted = RoleGrant.objects.get()
    assert (granted.user, granted.granted_by, granted.from_day) == (user, admin, date(2026, 3, 1))
    entry = AuditEntry.objects.get(deed="role.granted")
    assert (entry.actor, entry.detail["role"]) == (admin, "instructor")


def test_a_role_that_is_taken_away_is_written_down(client: Client, admin: User) -> None:
    granted = RoleGrantFactory()
    client.post(f"{ADMIN}accounts/rolegrant/{granted.pk}/delete/", {"post": "yes"})
    assert not RoleGrant.objects.exists()
    assert AuditEntry.objects.get(deed="role.removed").subject == str(granted.user_id)


def test_a_role_that_cannot_be_granted_says_why(client: Client, admin: User) -> None:
    user, school, north = UserFactory(), OrganisationFactory(), RegionFactory()
    assert "This field is required." in grant(client)
    assert "Say which organisation" in grant(client, user=user.pk, role="manager")
    assert "not both" in grant(client, user=user.pk, organisation=school.pk, region=north.pk)
    assert "before the first day" in grant(client, user=user.pk, to_day="2026-02-01")
    assert not RoleGrant.objects.exists()


def test_a_name_with_a_script_is_only_text(client: Client, admin: User) -> None:
    UserFactory(display_name=SCRIPT)
    assert SCRIPT not in text_of(client.get(f"{ADMIN}accounts/user/"))


def test_an_organisation_cannot_stand_below_itself(client: Client, admin: User) -> None:
    school = OrganisationFactory(code="school")
    group = OrganisationFactory(parent=school)
    form = {"texts-TOTAL_FORMS": "0", "texts-INITIAL_FORMS": "0", "code": "school", "parent": group.pk}
    with zeal_ignore():  # the tree is climbed once a level
        page = client.post(f"{ADMIN}accounts/organisation/{school.pk}/change/", form)
    school.refresh_from_db()
    assert page.status_code == 200
    assert school.parent is None


def test_a_membership_ends_with_a_day(client: Client, admin: User) -> None:
    membership = MembershipFactory()
    form = {"user": membership.user_id, "organisation": membership.organisation_id}
    client.post(
        f"{ADMIN}accounts/membership/{membership.pk}/change/", form | {"from_day": "2026-01-01", "to_day": "2026-05-01"}
    )
    assert Membership.objects.get().to_day == date(2026, 5, 1)


def test_a_list_calls_an_organisation_by_its_name(client: Client, admin: User) -> None:
    school = OrganisationFactory(code="school-7")
    OrganisationText.objects.create(organisation=school, language="en", name="Harbour School")
    MembershipFactory(organisation=school)
    RoleGrantFactory(role="manager", organisation=school)
    for page in ("organisation", "membership", "rolegrant"):
        assert "Harbour School" in text_of(client.get(f"/en/admin/accounts/{page}/"))


def test_nobody_is_offered_groups_which_grant_nothing_here(client: Client, admin: User) -> None:
    assert client.get("/en/admin/auth/group/").status_code == 404


def test_the_administration_is_in_the_theme_of_the_account(client: Client, admin: User) -> None:
    User.objects.update(theme=User.Theme.DARK)
    assert "theme-dark" in text_of(client.get("/en/admin/"))


def test_a_person_without_an_address_is_listed_by_number(client: Client, admin: User) -> None:
    person = UserFactory(email=None, display_name="")
    assert f"Person {person.pk}" in text_of(client.get(f"{ADMIN}accounts/user/"))


def test_people_are_found_by_their_language(client: Client, admin: User) -> None:
    UserFactory(email="layla@example.org", language="ar")
    UserFactory(email="adam@example.org", language="en")
    page = client.get("/en/admin/accounts/user/?language=ar")
    assert "layla@example.org" in text_of(page)
    assert "adam@example.org" not in text_of(page)
    assert "?language=en" in text_of(page)


def test_people_are_counted_no_further_than_a_bound_and_not_read_through_for_a_filter(
    client: Client, admin: User
) -> None:
    with CaptureQueriesContext(connection) as asked:
        client.get("/en/admin/accounts/user/")
    counts = [query["sql"] for query in asked if "COUNT(" in query["sql"] and "accounts_user" in query["sql"]]
    assert len(counts) == 1
    assert "LIMIT 10000" in counts[0]
    assert not any("DISTINCT" in query["sql"] for query in asked)
