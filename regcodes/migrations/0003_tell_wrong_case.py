"""A second blind index, without the case, so that the holder of a real code hears that only its case was wrong."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("regcodes", "0002_living_organizations")]

    operations = [
        migrations.AddField(
            model_name="registrationcode",
            name="folded_index",
            field=models.BinaryField(db_index=True, default=b"", max_length=16),
            preserve_default=False,
        ),
    ]
