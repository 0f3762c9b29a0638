"""An index of people by name, so that a list of them stops at the end of its page.

On PostgreSQL it is laid while others go on writing, however many people there are; where that was broken off half way,
the next run begins it anew.
"""

from importlib import import_module

from django.db import migrations, models

AddIndexBeside = import_module("quizzes.migrations.0008_regraded_items").AddIndexBeside


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("accounts", "0008_log_by_what_is_asked")]

    operations = [
        AddIndexBeside(
            model_name="user",
            index=models.Index(fields=["display_name", "id"], name="accounts_user_by_name"),
        ),
    ]
