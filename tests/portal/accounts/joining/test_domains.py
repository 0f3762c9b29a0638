"""Who has a confirmed address of an organisation's domain is asked, and never added unasked."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from portal.accounts.joining.domains import FREE, DomainFault, domains_of, offered_to, set_domains, typed_domains
from portal.accounts.models import AuditEntry, Membership, Organisation, User
from tests.factories import MembershipFactory, RoleGrantFactory, UserFactory
from tests.portal.accounts.guests import confirmed, text_of
from tests.portal.accounts.organisations.conftest import logged_in

pytestmark = pytest.mark.django_db
DOMAINS = "/en/organisations/oak/domains/"
MINE = "/en/account/organisations/"


@pytest.fixture
def salma() -> User:
    return confirmed(UserFactory(email="salma@oak.example"))


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_an_administrator_of_the_nation_sets_the_domains(oak: Organisation) -> None:
    nation = logged_in(RoleGrantFactory(role="administrator").user)
    nation.post(DOMAINS, {"domains": "@Oak.example\nschool.oak.example, oak.example"})
    assert domains_of(oak.pk) == ["oak.example", "school.oak.example"]
    assert AuditEntry.objects.get().detail == {"domains": ["oak.example", "school.oak.example"]}
    nation.post(DOMAINS, {"domains": "oak.example"})
    assert domains_of(oak.pk) == ["oak.example"]


def test_a_manager_sees_the_domains_and_sets_none(alice: Client, oak: Organisation) -> None:
    set_domains(oak.pk, ["oak.example"])
    assert "oak.example" in text_of(alice.get("/en/organisations/oak/invitations/"))
    assert alice.post(DOMAINS, {"domains": "other.example"}).status_code == 403
    assert domains_of(oak.pk) == ["oak.example"]


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ("gmail.com", "Anybody can have an address at gmail.com: it does not show that they belong here."),
        ("oak", "“oak” is no domain. Write it as it stands after the @."),
        ("a@b.example", "“a@b.example” is no domain. Write it as it stands after the @."),
        ("https://oak.example", "“https://oak.example” is no domain. Write it as it stands after the @."),
        ("company.example", "company.example belongs to another organisation. Take it out there first."),
    ],
)
def test_what_is_no_domain_of_the_organisation_is_refused_with_why(
    oak: Organisation, company: Organisation, typed: str, complaint: str
) -> None:
    set_domains(company.pk, ["company.example"])
    nation = logged_in(RoleGrantFactory(role="administrator").user)
    response = nation.post(DOMAINS, {"domains": typed})
    assert response.context["form"].errors["domains"] == [complaint]
    assert domains_of(oak.pk) == []


@given(st.sampled_from(sorted(FREE)), st.sampled_from(["", "@"]), st.booleans())
def test_no_free_address_is_taken_however_it_is_written(domain: str, at: str, upper: bool) -> None:
    with override("en"), pytest.raises(DomainFault):
        typed_domains(at + (domain.upper() if upper else domain))


def test_who_has_such_an_address_is_asked_and_not_added(oak: Organisation, salma: User) -> None:
    set_domains(oak.pk, ["oak.example"])
    page = text_of(client_of(salma).get(MINE))
    assert "Do you belong to <bdi>Oak school</bdi>?" in page
    assert not Membership.objects.exists()


def test_who_says_yes_belongs_and_is_asked_no_more(oak: Organisation, salma: User) -> None:
    set_domains(oak.pk, ["oak.example"])
    client_of(salma).post(f"{MINE}join/oak/")
    assert Membership.objects.get().organisation == oak
    assert offered_to(salma) == []
    assert AuditEntry.objects.get().detail == {"organisation": "oak", "way": "domain"}


@pytest.mark.parametrize("email", ["salma@not-oak.example", "salma@sub.oak.example", "salma@oak.example.org"])
def test_another_domain_is_not_asked(oak: Organisation, email: str) -> None:
    set_domains(oak.pk, ["oak.example"])
    user = confirmed(UserFactory(email=email))
    assert offered_to(user) == []
    assert client_of(user).post(f"{MINE}join/oak/").status_code == 404
    assert not Membership.objects.exists()


def test_an_address_that_is_not_confirmed_proves_nothing(oak: Organisation) -> None:
    set_domains(oak.pk, ["oak.example"])
    user = UserFactory(email="salma@oak.example")
    EmailAddress.objects.create(user=user, email="salma@oak.example", verified=False)
    assert offered_to(user) == []


def test_a_member_is_not_asked(oak: Organisation, salma: User) -> None:
    set_domains(oak.pk, ["oak.example"])
    MembershipFactory(user=salma, organisation=oak)
    assert offered_to(salma) == []
