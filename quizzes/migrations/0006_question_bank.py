"""What the question bank needs: the plain form of all words, and which question another was made from.

The plain form of the words that stand is written by `0009_plain_words`, which holds no table for long; until then the
column says "not written yet". Backwards both columns go.
"""

import django.db.models.deletion
from django.db import migrations, models


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
    ]
