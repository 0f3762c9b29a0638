"""Each tree of places has a mark, which the database changes with every change of the tree, whoever makes it.

So a process may keep a tree that it has read for as long as the mark is the same. A mark is random and never comes
back: what was kept in a transaction that was rolled back is not taken for what came afterwards.
"""

from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from portal.accounts.triggers import is_last_turn, lay_trigger, take_trigger_away

TABLE = "accounts_treemark"
PREFIX = "marked_"
WATCHED = {
    "accounts_organisation": "organisation",
    "accounts_organisationtext": "organisation",
    "accounts_region": "region",
    "accounts_regiontext": "region",
}
DEEDS = ("insert", "update", "delete")
MARK = {  # SQLite would take ON CONFLICT from the statement that a trigger follows
    "sqlite": """
        DELETE FROM accounts_treemark WHERE tree = '{tree}';
        INSERT INTO accounts_treemark (tree, mark) VALUES ('{tree}', lower(hex(randomblob(16))));""",
    "postgresql": """
        INSERT INTO accounts_treemark (tree, mark) VALUES ('{tree}', replace(gen_random_uuid()::text, '-', ''))
        ON CONFLICT (tree) DO UPDATE SET mark = excluded.mark;""",
}


def lay(connection: BaseDatabaseWrapper) -> None:
    """Lays the triggers that are missing, and sets new marks; where there is nothing to write into, takes them away."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        if TABLE not in tables:
            _take_away(cursor, connection.vendor, tables)
            return
        bodies = {tree: MARK[connection.vendor].format(tree=tree) for tree in WATCHED.values()}
        for statement in ";".join(bodies.values()).split(";"):
            if statement.strip():
                cursor.execute(statement)
        for table, tree in WATCHED.items():
            for deed in DEEDS:
                name = f"{PREFIX}{table}_{deed}"
                lay_trigger(cursor, connection.vendor, name, table, deed.upper(), bodies[tree], each_row=False)


def take_away(connection: BaseDatabaseWrapper) -> None:
    """Takes all of them away, before what they write into goes."""
    with connection.cursor() as cursor:
        _take_away(cursor, connection.vendor, set(connection.introspection.table_names(cursor)))


def lay_after_migrate(using: str, **kwargs: Any) -> None:
    """Handler of `post_migrate`."""
    if is_last_turn(kwargs["app_config"]):
        lay(connections[using])


def _take_away(cursor: Any, vendor: str, tables: set[str]) -> None:
    for table in WATCHED.keys() & tables:
        for deed in DEEDS:
            take_trigger_away(cursor, vendor, f"{PREFIX}{table}_{deed}", table)
