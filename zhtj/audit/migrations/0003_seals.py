"""Seals of audit entries, and the list of those not sealed yet."""

import django.contrib.postgres.fields
from django.db import migrations, models


TRIGGER = """
CREATE FUNCTION audit_await_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO audit_auditpending (entry_id) SELECT id FROM fresh;
    RETURN NULL;
END $$;
CREATE TRIGGER audit_await_seal AFTER INSERT ON audit_auditentry
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION audit_await_seal();
INSERT INTO audit_auditpending (entry_id) SELECT id FROM audit_auditentry;
"""
UNDO = """
DROP TRIGGER audit_await_seal ON audit_auditentry;
DROP FUNCTION audit_await_seal();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0002_append_only'),
    ]

    operations = [
        migrations.CreateModel(
            name='AuditPending',
            fields=[
                ('entry_id', models.BigIntegerField(primary_key=True, serialize=False)),
            ],
            options={
                'verbose_name': '待封存的操作记录',
                'verbose_name_plural': '待封存的操作记录',
            },
        ),
        migrations.CreateModel(
            name='AuditSeal',
            fields=[
                ('number', models.BigIntegerField(primary_key=True, serialize=False, verbose_name='序号')),
                ('sealed_at', models.DateTimeField(auto_now_add=True, verbose_name='封存时间')),
                ('entry_ids', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None, verbose_name='操作记录')),
                ('digest', models.BinaryField(max_length=32, verbose_name='摘要')),
            ],
            options={
                'verbose_name': '操作记录封存',
                'verbose_name_plural': '操作记录封存',
            },
        ),
        migrations.RunSQL(TRIGGER, UNDO),
    ]
