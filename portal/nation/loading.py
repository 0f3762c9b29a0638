"""Writing rows by the million: PostgreSQL takes them by COPY while nothing is indexed, SQLite in bulk inserts."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection
from django.db.models import Model

from portal.nation.tables import TABLES

# ruff: noqa: S608 - names come from our models, none from outside

WORK_MEMORY = "512MB"
CONSTRAINTS = """
SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE conrelid = %s::regclass AND contype IN ('f', 'u') ORDER BY contype DESC, conname
"""
INDEXES = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
WHERE indrelid = %s::regclass AND NOT indisprimary ORDER BY 1
"""


def model_named(name: str) -> type[Model]:
    found: type[Model] = apps.get_model(name)
    return found


def _named(name: str) -> tuple[str, str]:
    """The table of a model and its columns, quoted."""
    model, quote = model_named(name), connection.ops.quote_name
    columns = (quote(_column(model, attname)) for attname in TABLES[name])
    return quote(model._meta.db_table), ", ".join(columns)


def _column(model: type[Model], attname: str) -> str:
    [column] = [field.column for field in model._meta.concrete_fields if field.attname == attname]
    return str(column)


class Loader(ABC):
    """`encodes`: rows are taken as text that `tables.copied` makes of them."""

    encodes: bool

    @abstractmethod
    def load(self, name: str, rows: Any) -> None: ...

    @abstractmethod
    def unindexed(self) -> AbstractContextManager[None]:
        """Within it rows go in fast; at its end every index and constraint stands as before."""


class Copying(Loader):
    """PostgreSQL. What is dropped comes back in the same transaction, or nothing has happened."""

    encodes = True

    def load(self, name: str, rows: Any) -> None:
        table, columns = _named(name)
        with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
            copy.write(rows)

    @contextmanager
    def unindexed(self) -> Iterator[None]:
        tables = [connection.ops.quote_name(model_named(name)._meta.db_table) for name in TABLES]
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"SET LOCAL maintenance_work_mem = '{WORK_MEMORY}'")
            again = [statement for table in tables for statement in _dropped(cursor, table)]
        yield
        with connection.cursor() as cursor:
            for statement in sorted(again, key=lambda one: "FOREIGN KEY" in one):
                cursor.execute(statement)


def _dropped(cursor: Any, table: str) -> Iterator[str]:
    """Drops the constraints and indexes of a table; the statements that bring them back."""
    cursor.execute(CONSTRAINTS, [table])
    for name, definition in cursor.fetchall():
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        yield f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}'
    cursor.execute(INDEXES, [table])
    for name, definition in cursor.fetchall():
        cursor.execute(f"DROP INDEX {name}")
        yield definition


class Inserting(Loader):
    """SQLite."""

    encodes = False

    def load(self, name: str, rows: Any) -> None:
        table, columns = _named(name)
        marks = ", ".join(["%s"] * len(TABLES[name]))
        with connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)

    @contextmanager
    def unindexed(self) -> Iterator[None]:
        yield


def loader() -> Loader:
    """The one for this database."""
    return Copying() if connection.vendor == "postgresql" else Inserting()


def settle_sequences() -> None:
    """The next id of each table comes after those that were given."""
    models = [model_named(name) for name in TABLES]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
        if connection.vendor == "postgresql":
            for model in models:
                cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")
