"""Triggers that write down what happened to a table, whoever did it: laid after every `migrate`, the same on both."""

from typing import Any

from django.apps import AppConfig, apps


def lay_trigger(
    cursor: Any, vendor: str, name: str, table: str, when: str, body: str, *, each_row: bool = True
) -> None:
    """After each row that `when` names (or, where the database can, once a statement) `body` is done."""
    if vendor == "sqlite":
        cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
        cursor.execute(f"CREATE TRIGGER {name} AFTER {when} ON {table} BEGIN {body} END")
        return
    cursor.execute(
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN NULL; END $$"
    )
    cursor.execute("SELECT 1 FROM pg_trigger WHERE tgname = %s AND tgrelid = %s::regclass", [name, table])
    if cursor.fetchone() is None:
        each = "ROW" if each_row else "STATEMENT"
        cursor.execute(f"CREATE TRIGGER {name} AFTER {when} ON {table} FOR EACH {each} EXECUTE FUNCTION {name}()")


def take_trigger_away(cursor: Any, vendor: str, name: str, table: str) -> None:
    cursor.execute(f"DROP TRIGGER IF EXISTS {name}" + ("" if vendor == "sqlite" else f" ON {table}"))
    if vendor != "sqlite":
        cursor.execute(f"DROP FUNCTION IF EXISTS {name}()")


def is_last_turn(app_config: AppConfig) -> bool:
    """Whether `post_migrate`, which comes once an app, has come for the last of them."""
    last = [config.label for config in apps.get_app_configs() if any(True for _ in config.get_models())][-1]
    return app_config.label == last
