"""`among` finds what `in` finds."""

import pytest
from django.db.models import Q

from portal.accounts.models import Membership, Organisation
from quizzes.models import Learner
from tests.factories import LearnerFactory, MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def memberships() -> list[Membership]:
    return [MembershipFactory(organisation=OrganisationFactory()) for _number in range(4)]


@pytest.mark.parametrize("kind", [list, set, frozenset, tuple])
def test_a_relation_is_found_by_its_id(memberships: list[Membership], kind: type) -> None:
    wanted = kind([memberships[0].organisation_id, memberships[2].organisation_id])
    found = Membership.objects.filter(organisation__among=wanted)
    assert set(found) == {memberships[0], memberships[2]}
    assert set(Membership.objects.exclude(organisation__among=wanted)) == {memberships[1], memberships[3]}


def test_a_row_is_found_by_its_own_id_and_through_a_relation(memberships: list[Membership]) -> None:
    wanted = [memberships[1].organisation_id] * 2
    assert [one.pk for one in Organisation.objects.filter(pk__among=wanted)] == wanted[:1]
    assert list(Organisation.objects.filter(memberships__among=[memberships[1].pk])) == [memberships[1].organisation]


def test_ids_may_be_uuids() -> None:
    owner, other, guest = LearnerFactory(), LearnerFactory(), LearnerFactory()
    Learner.objects.filter(pk=guest.pk).update(merged_into=owner, user=None)
    assert set(Learner.objects.filter(pk__among={owner.pk, other.pk})) == {owner, other}
    assert list(Learner.objects.filter(merged_into__among=[owner.pk, other.pk])) == [guest]


def test_among_none_is_nobody(memberships: list[Membership]) -> None:
    assert not Membership.objects.filter(organisation__among=[]).exists()
    assert Membership.objects.filter(~Q(organisation__among=[])).count() == 4


def test_more_are_asked_for_than_a_database_has_room_for_parameters(memberships: list[Membership]) -> None:
    wanted = [*range(10**7, 10**7 + 100_000), memberships[3].organisation_id]
    assert list(Membership.objects.filter(organisation__among=wanted)) == [memberships[3]]
