"""An index for removing captchas that nobody answered; the table belongs to django-simple-captcha."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_failure_trail"), ("captcha", "0002_alter_captchastore_id")]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX captcha_by_expiration ON captcha_captchastore (expiration)",
            "DROP INDEX captcha_by_expiration",
        )
    ]
