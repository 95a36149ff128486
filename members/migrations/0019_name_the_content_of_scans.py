from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("members", "0018_papers_of_members")]
    operations = [migrations.RenameField("scanpiece", "cipher", "content_cipher")]
