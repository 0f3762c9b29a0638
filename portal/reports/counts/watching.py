"""Who moves, joins, leaves or is merged is noted by the database itself, whoever writes it and however many at once.

The triggers stand on the tables that say who somebody is and where they belong. As those that keep what is published
from changing, they are laid anew after every `migrate`.
"""

from typing import Any

from django.apps import apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "reports_placechange"
PREFIX = "counted_"
NOTE = 'INSERT INTO reports_placechange (learner, "user") VALUES ({learner}, {user});'
WATCHED = {  # by table: its columns for the learner and the person, and those whose change matters ("" is any)
    "accounts_residence": ("NULL", "{row}.user_id", ""),
    "accounts_membership": ("NULL", "{row}.user_id", ""),
    "accounts_pastplace": ("{row}.learner_id", "NULL", ""),
    "quizzes_learner": ("{row}.id", "{row}.user_id", "OF user_id, merged_into_id"),
}
ROWS = {"insert": ("NEW",), "update": ("OLD", "NEW"), "delete": ("OLD",)}


def lay(connection: BaseDatabaseWrapper) -> None:
    """Lays the triggers that are missing; where there is nothing to write into, takes them away."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for table, (learner, user, columns) in WATCHED.items():
            if table not in tables:
                continue
            for deed, rows in ROWS.items():
                name = f"{PREFIX}{table}_{deed}"
                if TABLE not in tables:
                    _take_away(cursor, connection.vendor, name, table)
                    continue
                body = " ".join(NOTE.format(learner=learner, user=user).format(row=row) for row in rows)
                when = f"{deed.upper()} {columns if deed == 'update' else ''}"
                _lay(cursor, connection.vendor, name, table, when, body)


def take_away(connection: BaseDatabaseWrapper) -> None:
    """Takes all of them away, before what they write into goes."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for table in WATCHED.keys() & tables:
            for deed in ROWS:
                _take_away(cursor, connection.vendor, f"{PREFIX}{table}_{deed}", table)


def lay_after_migrate(using: str, **kwargs: Any) -> None:
    """Handler of `post_migrate`, which comes once an app: of the last one's turn."""
    last = [config.label for config in apps.get_app_configs() if any(True for _ in config.get_models())][-1]
    if kwargs["app_config"].label == last:
        lay(connections[using])


def _lay(cursor: Any, vendor: str, name: str, table: str, when: str, body: str) -> None:
    if vendor == "sqlite":
        cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
        cursor.execute(f"CREATE TRIGGER {name} AFTER {when} ON {table} BEGIN {body} END")
        return
    cursor.execute(
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN NULL; END $$"
    )
    cursor.execute("SELECT 1 FROM pg_trigger WHERE tgname = %s AND tgrelid = %s::regclass", [name, table])
    if cursor.fetchone() is None:
        cursor.execute(f"CREATE TRIGGER {name} AFTER {when} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")


def _take_away(cursor: Any, vendor: str, name: str, table: str) -> None:
    cursor.execute(f"DROP TRIGGER IF EXISTS {name}" + ("" if vendor == "sqlite" else f" ON {table}"))
    if vendor != "sqlite":
        cursor.execute(f"DROP FUNCTION IF EXISTS {name}()")
