"""What is published never changes: the database itself refuses it, on SQLite and on PostgreSQL.

A model says so with a class attribute `frozen`; after every `migrate` the triggers are laid anew from the tables as
they are, so a rebuilt table (SQLite) or a new column cannot slip out from under them.
"""

# ruff: noqa: S608 - names come from our models, values from our code, none from outside

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

PREFIX = "frozen_"


@dataclass(frozen=True)
class Frozen:
    """What may still happen to a row.

    `states`: the row is frozen while its `state` is one of these; empty means from its first day.
    `parent`: the foreign key (or path of them, joined by `__`) whose row's `state` decides instead; then new rows are
    refused too, if `sealed`.
    `free`: fields that publishing owns. `erasable`: fields that erasing a person may set to NULL, and nothing else.
    """

    states: tuple[str, ...] = ()
    parent: str = ""
    sealed: bool = True
    free: tuple[str, ...] = ()
    erasable: tuple[str, ...] = ()


def frozen_models() -> Iterator[tuple[type[models.Model], Frozen]]:
    for model in apps.get_models():
        rule = getattr(model, "frozen", None)
        if isinstance(rule, Frozen):
            yield model, rule


def _column(model: type[models.Model], field: str) -> str:
    column = model._meta.get_field(field).column  # type: ignore[union-attr]
    return str(column)


def _table(model: type[models.Model]) -> str:
    return f'"{model._meta.db_table}"'


def _target(model: type[models.Model], field: str) -> type[models.Model]:
    target = model._meta.get_field(field).related_model
    if not isinstance(target, type):
        raise TypeError(f"{model.__name__}.{field} is no foreign key")
    return target


def _is_frozen(model: type[models.Model], rule: Frozen, row: str) -> str:
    """SQL that is true when `row` (OLD or NEW) belongs to what is published."""
    if not rule.states:
        return "1 = 1"
    states = ", ".join(f"'{state}'" for state in rule.states)
    if not rule.parent:
        return f'{row}."state" IN ({states})'
    first, *rest = rule.parent.split("__")
    reference, owner = f'{row}."{_column(model, first)}"', _target(model, first)
    for step in rest:
        reference = (
            f'(SELECT "{_column(owner, step)}" FROM {_table(owner)} WHERE "{owner._meta.pk.column}" = {reference})'
        )
        owner = _target(owner, step)
    return (
        f"EXISTS (SELECT 1 FROM {_table(owner)} p "
        f'WHERE p."{owner._meta.pk.column}" = {reference} AND p."state" IN ({states}))'
    )


def _has_changed(model: type[models.Model], rule: Frozen, columns: Iterable[str], differs: str) -> str:
    free = {_column(model, name) for name in rule.free}
    erasable = {_column(model, name) for name in rule.erasable}
    terms = []
    for column in columns:
        if column in free:
            continue
        changed = f'OLD."{column}" {differs} NEW."{column}"'
        terms.append(f'({changed} AND NEW."{column}" IS NOT NULL)' if column in erasable else changed)
    return " OR ".join(terms) or "1 = 0"


def _conditions(model: type[models.Model], rule: Frozen, columns: list[str], differs: str) -> dict[str, str]:
    """SQL for each deed that says when it is refused."""
    old, new = _is_frozen(model, rule, "OLD"), _is_frozen(model, rule, "NEW")
    changed = _has_changed(model, rule, columns, differs)
    if "state" in rule.free:
        changed += f' OR (OLD."state" <> NEW."state" AND NEW."state" <> \'superseded\' AND NOT ({_moves_within()}))'
    sealed = bool(rule.parent) and rule.sealed
    refused = {"DELETE": old, "UPDATE": f"({old}{f' OR {new}' if sealed else ''}) AND ({changed})"}
    return refused | ({"INSERT": new} if sealed else {})


def _moves_within() -> str:
    """SQL that is true when a row goes into reserve or out of view, or comes back."""
    released = "'published', 'reserve', 'suspended'"
    return f'OLD."state" IN ({released}) AND NEW."state" IN ({released})'


def _refusal(table: str, deed: str) -> str:
    return f"{table}: what is published or recorded is never changed ({deed})"


def _lay_sqlite(cursor: Any, name: str, table: str, deed: str, condition: str) -> None:
    cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"')
    cursor.execute(
        f'CREATE TRIGGER "{name}" BEFORE {deed} ON "{table}" WHEN {condition} '
        f"BEGIN SELECT RAISE(ABORT, '{_refusal(table, deed)}'); END"
    )


def _lay_postgresql(cursor: Any, name: str, table: str, deed: str, condition: str) -> None:
    """The function is replaced; the trigger is made only where it is missing, so that a big table is not locked."""
    cursor.execute(
        f'CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {condition} THEN '
        f"RAISE EXCEPTION '{_refusal(table, deed)}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
        f"RETURN {'OLD' if deed == 'DELETE' else 'NEW'}; END $$"
    )
    cursor.execute("SELECT 1 FROM pg_trigger WHERE tgname = %s AND tgrelid = %s::regclass", [name, f'"{table}"'])
    if cursor.fetchone() is None:
        cursor.execute(f'CREATE TRIGGER "{name}" BEFORE {deed} ON "{table}" FOR EACH ROW EXECUTE FUNCTION "{name}"()')


def install(connection: BaseDatabaseWrapper) -> list[str]:
    """Lay every trigger anew; returns the names of those that stand afterwards."""
    postgresql = connection.vendor == "postgresql"
    lay, differs = (_lay_postgresql, "IS DISTINCT FROM") if postgresql else (_lay_sqlite, "IS NOT")
    names = []
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for model, rule in frozen_models():
            table = model._meta.db_table
            if table not in tables:
                continue
            columns = [column.name for column in connection.introspection.get_table_description(cursor, table)]
            for deed, condition in _conditions(model, rule, columns, differs).items():
                name = f"{PREFIX}{table}_{deed.lower()}"
                lay(cursor, name, table, deed, condition)
                names.append(name)
    return names


def install_after_migrate(using: str, plan: list[Any] | None = None, **kwargs: Any) -> None:
    """Handler of `post_migrate`, which comes once an app; the last frozen app's turn sees all tables."""
    last = [config.label for config in apps.get_app_configs() if any(True for _ in config.get_models())][-1]
    if kwargs["app_config"].label == last:
        install(connections[using])


def _standing(cursor: Any, vendor: str) -> list[tuple[str, str, str]]:
    """(trigger, table, SQL that makes it) of all our triggers."""
    if vendor == "sqlite":
        cursor.execute(
            f"SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '{PREFIX}%'"
        )
    else:
        cursor.execute(
            "SELECT t.tgname, c.relname, pg_get_triggerdef(t.oid) "
            "FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            f"WHERE NOT t.tgisinternal AND t.tgname LIKE '{PREFIX}%'"
        )
    return list(cursor.fetchall())


def standing(connection: BaseDatabaseWrapper) -> set[str]:
    """Names of the triggers that stand in the database now."""
    with connection.cursor() as cursor:
        return {name for name, _table, _sql in _standing(cursor, connection.vendor)}


@contextmanager
def triggers_dropped(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Without our triggers, for emptying a test database; they stand again afterwards."""
    with connection.cursor() as cursor:
        laid = _standing(cursor, connection.vendor)
        for name, table, _sql in laid:
            cursor.execute(f'DROP TRIGGER "{name}"' + ("" if connection.vendor == "sqlite" else f' ON "{table}"'))
    try:
        yield
    finally:
        again = standing(connection)  # emptying a database tells `post_migrate`, which may have laid them already
        with connection.cursor() as cursor:
            for name, _table, sql in laid:
                if name not in again:
                    cursor.execute(sql)
