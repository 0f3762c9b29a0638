from django.conf import settings
from django.db import migrations, models
from django.utils import timezone


def take_out_of_reserve(apps, schema_editor):
    """Only what readers see stays: what waits for another profile is kept as superseded."""
    rows = apps.get_model("quizzes", "QuestionVersion").objects.using(schema_editor.connection.alias)
    rows.filter(state="reserve").update(state="superseded", superseded_at=timezone.now())


class Migration(migrations.Migration):

    dependencies = [
        ('lessons', '0007_profiles'),
        ('quizzes', '0009_plain_words'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # Written down, since Django lays the whole table anew on SQLite, where triggers of other tables name it.
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    """ALTER TABLE "quizzes_question" ADD COLUMN "profile" varchar(8) DEFAULT '' NOT NULL""",
                    'ALTER TABLE "quizzes_question" DROP COLUMN "profile"',
                )
            ],
            state_operations=[
                migrations.AddField(
                    model_name='question',
                    name='profile',
                    field=models.CharField(blank=True, choices=[('erc', 'European Resuscitation Council (ERC) and Resuscitation Council UK'), ('aha', 'American Heart Association (AHA)')], db_default='', default='', max_length=8, verbose_name='resuscitation profile'),
                ),
            ],
        ),
        migrations.AlterField(
            model_name='questiontext',
            name='state',
            field=models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('published', 'Published'), ('reserve', 'In reserve'), ('superseded', 'Superseded')], default='draft', max_length=12, verbose_name='state'),
        ),
        migrations.AlterField(
            model_name='questionversion',
            name='state',
            field=models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('published', 'Published'), ('reserve', 'In reserve'), ('superseded', 'Superseded')], default='draft', max_length=12, verbose_name='state'),
        ),
        migrations.AddConstraint(
            model_name='questionversion',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'reserve')), fields=('question',), name='quizzes_questionversion_one_in_reserve'),
        ),
        migrations.RunPython(migrations.RunPython.noop, take_out_of_reserve),
    ]
