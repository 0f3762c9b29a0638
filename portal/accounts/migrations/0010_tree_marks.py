from django.db import migrations, models


def take_triggers_away(apps, schema_editor):
    from portal.accounts.tree_marks import take_away

    take_away(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0009_people_by_name")]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, take_triggers_away, elidable=False),
        migrations.CreateModel(
            name="TreeMark",
            fields=[
                ("tree", models.CharField(max_length=16, primary_key=True, serialize=False, verbose_name="tree")),
                ("mark", models.CharField(max_length=32, verbose_name="mark")),
            ],
            options={"verbose_name": "mark of a tree", "verbose_name_plural": "marks of trees"},
        ),
    ]
