import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0010_tree_marks'),
        ('reports', '0003_published_figures'),
    ]

    operations = [
        migrations.CreateModel(
            name='ListState',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('day', models.DateField(verbose_name='lists prepared for')),
                ('asked', models.CharField(blank=True, max_length=32, verbose_name='lists prepared of')),
            ],
            options={
                'verbose_name': 'state of the lists',
                'verbose_name_plural': 'state of the lists',
            },
        ),
        migrations.CreateModel(
            name='Concern',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort', models.CharField(choices=[('lacks', 'is to complete a course'), ('ends', 'a completion runs out')], max_length=5, verbose_name='sort')),
                ('user', models.BigIntegerField(verbose_name='person')),
                ('course', models.IntegerField(verbose_name='course')),
                ('day', models.DateField(verbose_name='day')),
                ('organisation', models.IntegerField(null=True, verbose_name='organisation')),
                ('region', models.IntegerField(null=True, verbose_name='region')),
            ],
            options={
                'verbose_name': 'concern of a person',
                'verbose_name_plural': 'concerns of people',
                'indexes': [models.Index(fields=['user', 'sort'], name='reports_concern_user'), models.Index(fields=['sort', 'course', 'day'], name='reports_concern_course'), models.Index(fields=['organisation', 'sort', 'course', 'day'], name='reports_concern_organisation'), models.Index(fields=['region', 'sort', 'course', 'day'], name='reports_concern_region')],
            },
        ),
        migrations.CreateModel(
            name='DueDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('course', models.IntegerField(verbose_name='course')),
                ('day', models.DateField(verbose_name='day')),
                ('organisation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='due_days', to='accounts.organisation')),
            ],
            options={
                'verbose_name': 'due day',
                'verbose_name_plural': 'due days',
                'constraints': [models.UniqueConstraint(fields=('organisation', 'course'), name='reports_dueday_once')],
            },
        ),
    ]
