"""A transactional test ends with an empty database and every trigger standing, although the triggers refuse DELETE."""

from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import TransactionTestCase

from lessons.immutability import standing
from portal.accounts.models import AuditEntry


class Emptied(TransactionTestCase):
    """A case as pytest-django makes one for a transactional test, to end by hand."""

    __test__ = False

    def runTest(self) -> None:  # noqa: N802
        """Required of a test case; does nothing."""


@pytest.fixture
def recorded(transactional_db: Any) -> AuditEntry:
    """A row that the database never lets go."""
    return AuditEntry.objects.create(deed="tested")


def test_what_is_recorded_refuses_delete(recorded: AuditEntry) -> None:
    with pytest.raises(DatabaseError, match="never changed"):
        recorded.delete()


def test_the_end_of_a_transactional_test_empties_the_database_and_keeps_the_triggers(recorded: AuditEntry) -> None:
    before = standing(connection)
    Emptied()._fixture_teardown()  # type: ignore[attr-defined]
    assert not AuditEntry.objects.exists()
    assert before
    assert standing(connection) == before
