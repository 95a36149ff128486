"""Whether a row was written follows from the batch, the tick and what stopped it."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0005_import_template'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='importrow',
            name='done',
        ),
    ]
