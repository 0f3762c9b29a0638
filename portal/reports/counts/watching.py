"""Who moves, joins, leaves or is merged is noted by the database itself, whoever writes it and however many at once.

The triggers stand on the tables that say who somebody is and where they belong. As those that keep what is published
from changing, they are laid anew after every `migrate`.
"""

from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from portal.accounts.triggers import is_last_turn, lay_trigger, take_trigger_away

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
                    take_trigger_away(cursor, connection.vendor, name, table)
                    continue
                body = " ".join(NOTE.format(learner=learner, user=user).format(row=row) for row in rows)
                when = f"{deed.upper()} {columns if deed == 'update' else ''}"
                lay_trigger(cursor, connection.vendor, name, table, when, body)


def take_away(connection: BaseDatabaseWrapper) -> None:
    """Takes all of them away, before what they write into goes."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for table in WATCHED.keys() & tables:
            for deed in ROWS:
                take_trigger_away(cursor, connection.vendor, f"{PREFIX}{table}_{deed}", table)


def lay_after_migrate(using: str, **kwargs: Any) -> None:
    """Handler of `post_migrate`."""
    if is_last_turn(kwargs["app_config"]):
        lay(connections[using])
