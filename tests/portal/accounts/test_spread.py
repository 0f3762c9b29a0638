"""Some people of many are drawn by their ids, and always the same."""

from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet
from hypothesis import given
from hypothesis import strategies as st

from portal.accounts.models import Membership, Residence
from portal.accounts.spread import NUMBERS, SPREAD, drawn
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db


@given(first=st.integers(1, 10**8), share=st.sampled_from([0.01, 0.1, 0.5]))
def test_of_ids_in_a_row_about_that_share_are_drawn(first: int, share: float) -> None:
    found = sum(number * SPREAD % NUMBERS < share * NUMBERS for number in range(first, first + 10_000))
    assert abs(found - 10_000 * share) <= 5


def test_who_is_drawn_is_told_by_the_id_alone() -> None:
    ids = [MembershipFactory().user_id for _number in range(40)]
    found = drawn(Membership.objects.order_by("user"), 0.4, "user").values_list("user", flat=True)
    assert list(found) == [pk for pk in sorted(ids) if pk * SPREAD % NUMBERS < int(0.4 * NUMBERS)]


@pytest.mark.postgres
@pytest.mark.parametrize("model", [Membership, Residence])
def test_they_are_found_by_an_index(model: Any) -> None:
    few: QuerySet[Any] = drawn(model.objects.order_by(), 0.01, "user")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert f"{model._meta.db_table}_spread" in few.explain()
