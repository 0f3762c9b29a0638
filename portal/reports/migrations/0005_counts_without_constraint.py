import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0004_lists_of_people'),
    ]

    operations = [
        migrations.AlterField(
            model_name='daycount',
            name='segment',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='reports.segment'),
        ),
        migrations.AlterField(
            model_name='monthcount',
            name='segment',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='reports.segment'),
        ),
    ]
