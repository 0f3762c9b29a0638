"""Indexes of memberships and homes by what a person's id is spread to, so that some people of many are soon drawn.

On PostgreSQL they are laid while others go on writing, however many there are; where that was broken off half way, the
next run begins anew.
"""

from importlib import import_module

from django.db import migrations, models
from django.db.models import F

AddIndexBeside = import_module("quizzes.migrations.0008_regraded_items").AddIndexBeside


def spread() -> models.ExpressionWrapper:
    return models.ExpressionWrapper(F("user") * 2_654_435_761 % 2**32, output_field=models.BigIntegerField())


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("accounts", "0010_tree_marks")]

    operations = [
        AddIndexBeside(model_name="membership", index=models.Index(spread(), name="accounts_membership_spread")),
        AddIndexBeside(model_name="residence", index=models.Index(spread(), name="accounts_residence_spread")),
    ]
