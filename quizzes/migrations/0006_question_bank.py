"""What the question bank needs: the plain form of all words, and which question another was made from.

The plain form of the words that stand is written a thousand rows at a time, so it may be run on a big table; the
triggers of what is published were laid before the column was there and let it pass. Backwards both columns go.
"""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from quizzes.plain import plain_of

BATCH = 1000


def fill(apps: Any, schema_editor: Any) -> None:
    texts = apps.get_model("quizzes", "QuestionText").objects.using(schema_editor.connection.alias)
    while rows := list(texts.filter(plain=None).order_by("pk").only("words")[:BATCH]):
        for row in rows:
            row.plain = plain_of(row.words)
        texts.bulk_update(rows, ["plain"], batch_size=BATCH // 4)


class Migration(migrations.Migration):

    dependencies = [("quizzes", "0005_item_statistics")]

    operations = [
        migrations.AddField(
            model_name="question",
            name="made_from",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="copies",
                to="quizzes.question",
                verbose_name="made from",
            ),
        ),
        migrations.AddField(
            model_name="questiontext",
            name="plain",
            field=models.TextField(editable=False, null=True),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
