"""Indexes of the audit log, one for each way of asking it, and of the accounts that are to be erased.

On PostgreSQL they are laid while others go on writing; where that was broken off half way, the next run begins anew.
"""

from importlib import import_module

from django.db import migrations, models

AddIndexBeside = import_module("quizzes.migrations.0008_regraded_items").AddIndexBeside


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('accounts', '0007_closing_and_looks'),
        ('quizzes', '0008_regraded_items'),
    ]

    operations = [
        AddIndexBeside(
            model_name='auditentry',
            index=models.Index(fields=['deed', '-at', '-id'], name='accounts_audit_deed'),
        ),
        AddIndexBeside(
            model_name='auditentry',
            index=models.Index(fields=['subject', '-at'], name='accounts_audit_subject', opclasses=['varchar_pattern_ops', 'timestamptz_ops']),
        ),
        AddIndexBeside(
            model_name='auditentry',
            index=models.Index(fields=['actor', '-at', '-id'], name='accounts_audit_actor'),
        ),
        AddIndexBeside(
            model_name='auditentry',
            index=models.Index(condition=models.Q(('address__isnull', False)), fields=['address', '-at'], name='accounts_audit_address'),
        ),
        AddIndexBeside(
            model_name='auditentry',
            index=models.Index(condition=models.Q(('address__isnull', False)), fields=['at'], name='accounts_audit_addressed'),
        ),
        AddIndexBeside(
            model_name='user',
            index=models.Index(condition=models.Q(('erase_on__isnull', False)), fields=['erase_on'], name='accounts_user_to_be_erased'),
        ),
    ]
