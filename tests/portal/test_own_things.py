"""What belongs to somebody stands under a number: whoever else asks for it finds nothing there."""

import pytest
from django.test import Client

from portal.accounts.models import User
from quizzes.models import Attempt, Learner
from tests.factories import (
    LearnerFactory,
    MembershipFactory,
    OrganisationFactory,
    RoleGrantFactory,
    UserFactory,
    check_of,
    published_course,
    published_lesson,
)
from tests.quizzes.sitting import sit

pytestmark = pytest.mark.django_db


@pytest.fixture
def salma() -> Learner:
    """Somebody who has taken a check."""
    learner: Learner = LearnerFactory(user=UserFactory())
    lesson = published_lesson()
    sit(learner, check_of(lesson), published_course(lessons=[lesson]).pk)
    return learner


def pages(learner: Learner) -> list[str]:
    attempt = Attempt.objects.get(learner=learner)
    return [f"/en/attempts/{attempt.pk}/{end}" for end in ("", "1/", "overview/")]


def browser_of(user: User | None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user, "portal.accounts.backend.PortalBackend")
    return client


def test_a_person_sees_their_own_sitting(salma: Learner) -> None:
    assert browser_of(salma.user).get(pages(salma)[0]).status_code == 200


@pytest.mark.parametrize("role", ["guest", "citizen", "instructor", "reviewer", "administrator", "manager"])
def test_nobody_else_sees_it(salma: Learner, role: str) -> None:
    user = None if role == "guest" else UserFactory()
    if role == "manager":
        organisation = MembershipFactory(user=salma.user).organisation
        RoleGrantFactory(user=user, role=role, organisation=organisation)
    elif role not in ("guest", "citizen"):
        RoleGrantFactory(user=user, role=role)
    client = browser_of(user)
    answers = {page: client.get(page).status_code for page in pages(salma)}
    assert set(answers.values()) <= {403, 404, 410}, answers


def test_a_manager_finds_no_organisation_but_their_own_and_those_below(settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    own, other = OrganisationFactory(code="own"), OrganisationFactory(code="other")
    OrganisationFactory(code="below", parent=own)
    client = browser_of(RoleGrantFactory(role="manager", organisation=own).user)
    membership = MembershipFactory(organisation=other)
    found = {code: client.get(f"/en/organisations/{code}/").status_code for code in ("own", "below", "other")}
    assert found == {"own": 200, "below": 200, "other": 404}
    ends = (f"members/{membership.pk}/end/", "add/", "assign/")
    for address in [f"/en/organisations/other/{end}" for end in ends]:
        assert client.get(address).status_code == client.post(address).status_code == 404
    assert client.post(f"/en/organisations/own/members/{membership.pk}/end/").status_code == 404
