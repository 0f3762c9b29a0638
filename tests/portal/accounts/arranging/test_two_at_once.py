"""Two people who move at the same time, on PostgreSQL; SQLite lets one after the other anyway."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from portal.accounts.arranging.deeds import Ring, move_place
from portal.accounts.arranging.reach import KINDS
from portal.accounts.models import Organisation

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]


def test_two_moves_at_once_never_make_a_ring() -> None:
    first, second = (Organisation.objects.create(code=code) for code in ("first", "second"))
    together = Barrier(2)

    def move(place: int, below: int) -> bool:
        together.wait()
        try:
            move_place(KINDS["organisations"], place, below)
        except Ring:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        moved = list(pool.map(move, (first.pk, second.pk), (second.pk, first.pk)))
    assert sorted(moved) == [False, True]
    parents = dict(Organisation.objects.order_by().values_list("pk", "parent"))
    assert sorted(parent is None for parent in parents.values()) == [False, True]
