"""When a waiting page last asked the worker to take an import up."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("members", "0003_acts_of_closing")]
    operations = [
        migrations.AddField(
            model_name="importbatch",
            name="nudged_at",
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name="催办时间"),
        ),
    ]
