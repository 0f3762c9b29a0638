from django.db import migrations, models


def keep_one_note(apps, schema_editor):
    """Before there were languages a source was named once: its first note stays."""
    rows = apps.get_model("lessons", "TopicSource").objects.using(schema_editor.connection.alias)
    seen, others = set(), []
    for pk, topic, source in rows.order_by("position", "pk").values_list("pk", "topic", "source"):
        if (topic, source) in seen:
            others.append(pk)
        seen.add((topic, source))
    rows.filter(pk__in=others).delete()
    # SQLite drops no column that a trigger names; after `migrate` they are laid anew.
    if schema_editor.connection.vendor == "sqlite":
        for deed in ("update", "delete", "insert"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS frozen_lessons_revisionsource_{deed}")


class Migration(migrations.Migration):

    dependencies = [
        ('lessons', '0007_profiles'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='topicsource',
            name='lessons_topicsource_once',
        ),
        # Written down, since Django lays the whole table anew on SQLite, and its triggers with it.
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    """ALTER TABLE "lessons_revisionsource" ADD COLUMN "note_language" varchar(12) DEFAULT '' NOT NULL""",
                    'ALTER TABLE "lessons_revisionsource" DROP COLUMN "note_language"',
                )
            ],
            state_operations=[
                migrations.AddField(
                    model_name='revisionsource',
                    name='note_language',
                    field=models.CharField(blank=True, db_default='', default='', max_length=12, verbose_name='language of the note'),
                ),
            ],
        ),
        migrations.AddField(
            model_name='topicsource',
            name='note_language',
            field=models.CharField(blank=True, db_default='', default='', max_length=12, verbose_name='language of the note'),
        ),
        migrations.AddConstraint(
            model_name='topicsource',
            constraint=models.UniqueConstraint(fields=('topic', 'source', 'note_language'), name='lessons_topicsource_once'),
        ),
        migrations.RunPython(migrations.RunPython.noop, keep_one_note),
    ]
