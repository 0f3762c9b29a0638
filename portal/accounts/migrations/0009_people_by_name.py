"""An index of people by name, so that a list of them stops at the end of its page.

On PostgreSQL it is laid while others go on writing, however many people there are; where that was broken off half way,
the next run begins it anew.
"""

from typing import Any

from django.db import migrations, models


class AddIndexBeside(migrations.AddIndex):
    """AddIndex that on PostgreSQL stops nobody; only in a migration that is not atomic."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor != "postgresql":
            super().database_forwards(app_label, schema_editor, from_state, to_state)
            return
        model = to_state.apps.get_model(app_label, self.model_name)
        schema_editor.execute(f'DROP INDEX CONCURRENTLY IF EXISTS "{self.index.name}"')
        schema_editor.add_index(model, self.index, concurrently=True)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor != "postgresql":
            super().database_backwards(app_label, schema_editor, from_state, to_state)
            return
        model = from_state.apps.get_model(app_label, self.model_name)
        schema_editor.remove_index(model, self.index, concurrently=True)


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("accounts", "0008_log_by_what_is_asked")]

    operations = [
        AddIndexBeside(
            model_name="user",
            index=models.Index(fields=["display_name", "id"], name="accounts_user_by_name"),
        ),
    ]
