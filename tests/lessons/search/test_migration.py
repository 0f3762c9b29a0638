"""The index can be taken out of the database and laid again."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from lessons.immutability import triggers_dropped
from lessons.search.indexing import rebuild
from lessons.search.searching import search
from tests.factories import published_course, published_lesson

BEFORE = [("lessons", "0001_initial")]


def migrate_to(targets: list[tuple[str, str]]) -> None:
    MigrationExecutor(connection).migrate(targets)


def newest() -> list[tuple[str, str]]:
    """Of every app: what rests on the lessons goes away with them."""
    return list(MigrationExecutor(connection).loader.graph.leaf_nodes())


@pytest.mark.django_db(transaction=True)
def test_the_search_index_goes_and_comes_back() -> None:
    target = newest()
    with triggers_dropped(connection):
        migrate_to(BEFORE)
        left = [table for table in connection.introspection.table_names() if "search" in table]
        migrate_to(target)
    assert left == []
    published_course(lessons=[published_lesson("tourniquet", "Tourniquet")])
    rebuild()
    assert [row.key for row in search("tourniquet", "en").results] == ["tourniquet"]
