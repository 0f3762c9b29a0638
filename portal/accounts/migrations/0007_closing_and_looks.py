import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0006_external_identities'),
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='Look',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='day')),
                ('page', models.CharField(max_length=40, verbose_name='page')),
                ('role', models.CharField(blank=True, choices=[('instructor', 'Instructor'), ('reviewer', 'Reviewer'), ('manager', 'Organisation manager'), ('administrator', 'Administrator')], max_length=16, verbose_name='role')),
                ('place', models.CharField(blank=True, max_length=60, verbose_name='place')),
            ],
            options={
                'verbose_name': 'look at results',
                'verbose_name_plural': 'looks at results',
            },
        ),
        migrations.AddField(
            model_name='user',
            name='erase_on',
            field=models.DateField(blank=True, help_text='The account is closed, and goes on this day.', null=True, verbose_name='to be erased on'),
        ),
        migrations.AddField(
            model_name='user',
            name='sign_outs',
            field=models.PositiveSmallIntegerField(db_default=0, default=0, editable=False, verbose_name='times signed out everywhere'),
        ),
        migrations.AddField(
            model_name='look',
            name='organisation',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.organisation', verbose_name='organisation'),
        ),
        migrations.AddField(
            model_name='look',
            name='person',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='looked_at', to=settings.AUTH_USER_MODEL, verbose_name='person'),
        ),
        migrations.AddField(
            model_name='look',
            name='reader',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who'),
        ),
        migrations.AddField(
            model_name='look',
            name='region',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.region', verbose_name='region'),
        ),
        migrations.AddIndex(
            model_name='look',
            index=models.Index(fields=['person', '-day'], name='accounts_look_of_person'),
        ),
        migrations.AddConstraint(
            model_name='look',
            constraint=models.UniqueConstraint(condition=models.Q(('person__isnull', False)), fields=('reader', 'day', 'page', 'person'), name='accounts_look_once_a_person'),
        ),
        migrations.AddConstraint(
            model_name='look',
            constraint=models.UniqueConstraint(condition=models.Q(('person__isnull', True), ('organisation__isnull', False)), fields=('reader', 'day', 'page', 'organisation'), name='accounts_look_once_an_organisation'),
        ),
        migrations.AddConstraint(
            model_name='look',
            constraint=models.UniqueConstraint(condition=models.Q(('person__isnull', True), ('region__isnull', False)), fields=('reader', 'day', 'page', 'region'), name='accounts_look_once_a_region'),
        ),
        migrations.AddConstraint(
            model_name='look',
            constraint=models.UniqueConstraint(condition=models.Q(('person__isnull', True), models.Q(('organisation__isnull', False), ('region__isnull', False), _connector='OR', _negated=True)), fields=('reader', 'day', 'page'), name='accounts_look_once_at_everybody'),
        ),
    ]
