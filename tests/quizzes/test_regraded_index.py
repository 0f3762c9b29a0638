"""What was measured by a version is found without reading every answer that was ever given."""

import pytest
from django.core.management import call_command
from django.db import connection

from quizzes.models import AttemptItem

NAME = "quizzes_attemptitem_regraded"


def is_there() -> bool:
    with connection.cursor() as cursor:
        return NAME in connection.introspection.get_constraints(cursor, AttemptItem._meta.db_table)


@pytest.mark.django_db(transaction=True)
def test_the_index_is_laid_again_after_it_was_taken_away_and_when_it_was_left_half_done() -> None:
    assert is_there()
    call_command("migrate", "quizzes", "0007", verbosity=0)
    assert not is_there()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"CREATE INDEX {NAME} ON quizzes_attemptitem (regraded_by_id)")
    call_command("migrate", "quizzes", verbosity=0)
    assert is_there()
