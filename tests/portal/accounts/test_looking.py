"""That somebody looked at a person's results is noted once a day, and told to the person without the reader's name."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone

from portal.accounts.looking import lines_about, looked_at, looked_at_all, seen_in_file
from portal.accounts.models import AuditEntry, Look, Organisation, OrganisationText, User
from quizzes.models import Attempt
from tests.factories import (
    LearnerFactory,
    MembershipFactory,
    OrganisationFactory,
    RegionFactory,
    ResidenceFactory,
    RoleGrantFactory,
    UserFactory,
    check_of,
    published_course,
    published_lesson,
)
from tests.portal.accounts.guests import text_of
from tests.quizzes.sitting import sit

pytestmark = pytest.mark.django_db


@pytest.fixture
def salma() -> User:
    user: User = UserFactory(email="salma@example.org", display_name="Salma")
    return user


@pytest.fixture
def alice(rf: RequestFactory) -> Any:
    """A request of the manager of Oak school."""
    oak = OrganisationFactory(code="oak")
    OrganisationText.objects.create(organisation=oak, language="en", name="Oak school")
    return _request(rf, RoleGrantFactory(role="manager", organisation=oak, user__display_name="Alice").user)


def _request(rf: RequestFactory, user: User) -> Any:
    request = rf.get("/")
    request.user = user
    return request


def test_a_look_is_noted_once_a_reader_page_and_day(alice: Any, salma: User) -> None:
    for page in ("organisation", "organisation", "overdue"):
        looked_at(alice, page, [salma.pk])
    assert Look.objects.filter(person=salma, reader=alice.user).count() == 2
    assert AuditEntry.objects.filter(deed="people.viewed", actor=alice.user).count() == 2


def test_more_people_on_the_same_day_are_noted_too(alice: Any, salma: User) -> None:
    looked_at(alice, "organisation", [salma.pk])
    other = UserFactory()
    looked_at(alice, "organisation", [salma.pk, other.pk])
    assert Look.objects.count() == 2


def test_looking_at_oneself_is_no_look(alice: Any) -> None:
    looked_at(alice, "organisation", [alice.user.pk])
    assert not Look.objects.exists()
    assert not AuditEntry.objects.exists()


def test_the_person_reads_the_day_the_role_and_the_organisation(alice: Any, salma: User, client: Client) -> None:
    looked_at(alice, "organisation", [salma.pk])
    client.force_login(salma, "portal.accounts.backend.PortalBackend")
    page = text_of(client.get("/en/account/privacy/"))
    assert "Organisation manager" in page
    assert "Oak school" in page
    assert "Alice" not in page


def test_who_was_not_looked_at_reads_so(alice: Any, salma: User, client: Client) -> None:
    looked_at(alice, "organisation", [UserFactory().pk])
    client.force_login(salma, "portal.accounts.backend.PortalBackend")
    assert "Nobody has looked at your results yet." in text_of(client.get("/en/account/privacy/"))


def test_an_export_of_an_organisation_is_told_to_those_in_it_and_below(alice: Any, salma: User) -> None:
    ministry = OrganisationFactory()
    MembershipFactory(user=salma, organisation=OrganisationFactory(parent=ministry))
    looked_at_all(alice, "export", organisations=[ministry.pk])
    assert len(lines_about(salma)) == 1
    assert lines_about(UserFactory()) == []


def test_it_is_not_told_to_who_had_left_before(alice: Any, salma: User) -> None:
    today = timezone.localdate()
    left = MembershipFactory(user=salma, from_day=date(2026, 1, 1), to_day=today - timedelta(days=1))
    looked_at_all(alice, "export", organisations=[left.organisation_id])
    assert lines_about(salma) == []


def test_an_export_of_a_region_is_told_to_those_who_live_there(alice: Any, salma: User) -> None:
    north = RegionFactory()
    ResidenceFactory(user=salma, region=north)
    looked_at_all(alice, "export", regions=[north.pk])
    looked_at_all(alice, "export", regions=[north.pk])
    assert (len(lines_about(salma)), Look.objects.count()) == (1, 1)


def test_an_export_of_everybody_is_told_to_everybody(alice: Any, salma: User) -> None:
    looked_at_all(alice, "export")
    looked_at_all(alice, "export")
    assert (len(lines_about(salma)), Look.objects.count()) == (1, 1)


def test_a_superuser_without_a_role_is_told_as_such(rf: RequestFactory, salma: User) -> None:
    looked_at(_request(rf, UserFactory(is_superuser=True)), "admin:attempt", [salma.pk])
    assert [(line.role, line.place) for line in lines_about(salma)] == [("", "")]


def test_the_look_of_somebody_erased_stays_without_them(alice: Any, salma: User) -> None:
    looked_at(alice, "organisation", [salma.pk])
    User.objects.filter(pk=alice.user.pk).delete()
    assert Look.objects.get().reader is None
    assert len(lines_about(salma)) == 1


def test_sittings_in_the_administration_are_noted(administration: Client, salma: User) -> None:
    lesson = published_lesson()
    sit(LearnerFactory(user=salma), check_of(lesson), published_course(lessons=[lesson]).pk)
    administration.get("/en/admin/quizzes/attempt/")
    assert Look.objects.get().page == "admin:attempt"
    administration.get(f"/en/admin/quizzes/attempt/{Attempt.objects.get().pk}/change/")
    assert Look.objects.count() == 1
    administration.get("/en/admin/quizzes/response/")
    assert set(Look.objects.values_list("page", "person")) == {
        ("admin:attempt", salma.pk),
        ("admin:response", salma.pk),
    }


def test_guests_in_the_administration_are_nobody(administration: Client) -> None:
    LearnerFactory()
    administration.get("/en/admin/quizzes/learner/")
    assert not Look.objects.exists()


def test_noting_a_page_of_people_costs_as_much_for_fifty_as_for_one(
    alice: Any, salma: User, django_assert_num_queries: Any
) -> None:
    people = [user.pk for user in UserFactory.create_batch(50, password=None)]
    looked_at(alice, "warm", [salma.pk])
    for seen in ([salma.pk], people):
        with django_assert_num_queries(3):
            looked_at(alice, f"page-{len(seen)}", seen)


@pytest.mark.parametrize("asked", [{}, {"organisation": "oak"}])
def test_a_file_of_people_is_told_to_those_of_the_place_it_was_asked_for(
    alice: Any, salma: User, asked: dict[str, str]
) -> None:
    MembershipFactory(user=salma, organisation=Organisation.objects.get(code="oak"))
    seen_in_file(alice, "overdue", asked)
    assert [(look.organisation.code, look.page) for look in Look.objects.all()] == [("oak", "overdue")]  # type: ignore[union-attr]
    assert len(lines_about(salma)) == 1
    assert not AuditEntry.objects.exists()


def test_a_file_of_the_whole_nation_is_told_to_everybody(rf: RequestFactory, salma: User) -> None:
    seen_in_file(_request(rf, RoleGrantFactory(role="administrator").user), "roll", {})
    assert len(lines_about(salma)) == 1
