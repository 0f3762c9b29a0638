"""Any name may be that of a kind: the constraint checks how it is written, the code whether there is such a kind.

On PostgreSQL the new constraint is laid without reading the table and then validated without locking out readers or
writers, so it may be as large as it likes. Backwards, the fixed list of names is laid again; it refuses rows of a kind
that was not on it.
"""

from typing import Any

from django.db import migrations, models

NAME = "quizzes_questionversion_kind"
NINE = [
    *("single_choice", "multiple_choice", "true_false", "numerical", "ordering", "matching"),
    *("short_answer", "gap_fill", "hotspot"),
]
WRITTEN = models.CheckConstraint(condition=models.Q(("kind__regex", "^[a-z][a-z0-9_]*$")), name=NAME)
LISTED = models.CheckConstraint(condition=models.Q(("kind__in", NINE)), name=NAME)


class Exchange(migrations.operations.base.Operation):
    """One check constraint of a model for another of the same name."""

    reversible = True

    def __init__(self, model_name: str, old: models.CheckConstraint, new: models.CheckConstraint) -> None:
        self.model_name, self.old, self.new = model_name, old, new

    def state_forwards(self, app_label: str, state: Any) -> None:
        state.remove_constraint(app_label, self.model_name.lower(), self.old.name)
        state.add_constraint(app_label, self.model_name.lower(), self.new)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        self._exchange(app_label, schema_editor, from_state, to_state, self.old, self.new)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        self._exchange(app_label, schema_editor, from_state, to_state, self.new, self.old)

    def _exchange(self, app_label: str, editor: Any, before: Any, after: Any, old: Any, new: Any) -> None:
        earlier, later = (state.apps.get_model(app_label, self.model_name) for state in (before, after))
        if not self.allow_migrate_model(editor.connection.alias, later):
            return
        if editor.connection.vendor != "postgresql":
            editor.remove_constraint(earlier, old)
            editor.add_constraint(later, new)
            return
        table = editor.quote_name(later._meta.db_table)
        created = str(new.create_sql(later, editor))
        fresh, name = editor.quote_name(f"{new.name}_new"), editor.quote_name(new.name)
        # From a run that was broken off.
        editor.execute(f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {fresh}", params=None)
        editor.execute(f"{created.replace(name, fresh)} NOT VALID", params=None)
        editor.execute(f"ALTER TABLE {table} VALIDATE CONSTRAINT {fresh}", params=None)
        editor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}", params=None)
        editor.execute(f"ALTER TABLE {table} RENAME CONSTRAINT {fresh} TO {name}", params=None)

    def describe(self) -> str:
        return f"Exchange constraint {self.new.name} on model {self.model_name}"

    @property
    def migration_name_fragment(self) -> str:
        return f"exchange_{self.new.name}"


class Migration(migrations.Migration):
    # So that PostgreSQL lets go of the table between the steps.
    atomic = False

    dependencies = [("quizzes", "0001_initial")]

    operations = [
        migrations.AlterField("questionversion", "kind", models.CharField("kind", max_length=20)),
        Exchange("QuestionVersion", LISTED, WRITTEN),
    ]
