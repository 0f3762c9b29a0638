"""Writes the plain form of the words that stand, and drops the figures that were counted by looser rules.

A batch is a transaction of its own, so no table is held for long, whatever its size; a run that was broken off goes on
where it stopped. Figures are counted again in the next night, or by `count_answers`. Backwards nothing is to be done.
"""

from typing import Any

from django.db import migrations

from quizzes.plain import write_missing


def fill(apps: Any, schema_editor: Any) -> None:
    write_missing(apps.get_model("quizzes", "QuestionText").objects.using(schema_editor.connection.alias))


def drop_figures(apps: Any, schema_editor: Any) -> None:
    for name in ("ItemStatistic", "QuizStatistic"):
        apps.get_model("quizzes", name).objects.using(schema_editor.connection.alias).all().delete()


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("quizzes", "0008_regraded_items")]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(drop_figures, migrations.RunPython.noop, elidable=True),
    ]
