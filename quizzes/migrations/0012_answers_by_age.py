"""An index of the answers that are still kept, by age: so the oldest are found when their time is over.

On PostgreSQL it is laid while others go on writing; where that was broken off half way, the next run begins it anew.
"""

from importlib import import_module

from django.db import migrations, models

AddIndexBeside = import_module("quizzes.migrations.0008_regraded_items").AddIndexBeside


class Migration(migrations.Migration):

    atomic = False

    dependencies = [("quizzes", "0011_out_of_view")]

    operations = [
        AddIndexBeside(
            model_name="response",
            index=models.Index(
                condition=models.Q(("answer__isnull", False)),
                fields=["saved_at"],
                name="quizzes_response_to_forget",
            ),
        ),
    ]
