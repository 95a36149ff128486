"""Petitions and their steps."""


import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('orgs', '0002_living_references_and_search'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Petition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('kind', models.CharField(choices=[('info', '组织信息变更'), ('seats', '管理员变更'), ('relocation', '组织迁移'), ('invitation', '加入邀请')], max_length=12, verbose_name='事项')),
                ('state', models.CharField(choices=[('pending', '待办理'), ('approved', '已完成'), ('returned', '已退回'), ('withdrawn', '已撤回')], default='pending', max_length=10, verbose_name='状态')),
                ('turn', models.PositiveSmallIntegerField(default=0, verbose_name='第几步')),
                ('turn_since', models.DateTimeField(verbose_name='到达时间')),
                ('opened_by', models.BigIntegerField(null=True, verbose_name='发起人编号')),
                ('opened_by_name', models.CharField(max_length=50, verbose_name='发起人')),
                ('opened_at', models.DateTimeField(verbose_name='发起时间')),
                ('closed_at', models.DateTimeField(null=True, verbose_name='办结时间')),
                ('payload_cipher', models.BinaryField(verbose_name='内容（密文）')),
                ('live', models.GeneratedField(db_persist=True, expression=models.Case(models.When(state='pending', then=models.Value(True)), default=None, output_field=models.BooleanField(null=True)), output_field=models.BooleanField(null=True))),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='petitions', to=settings.AUTH_USER_MODEL, verbose_name='涉及人员')),
                ('opened_for', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='petitions_opened', to='orgs.organization', verbose_name='发起组织')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='petitions', to='orgs.organization', verbose_name='组织')),
                ('turn_account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='petitions_to_decide', to=settings.AUTH_USER_MODEL, verbose_name='待办人')),
                ('turn_organization', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='petitions_to_decide', to='orgs.organization', verbose_name='待办组织')),
            ],
            options={
                'verbose_name': '申请',
                'verbose_name_plural': '申请',
            },
        ),
        migrations.CreateModel(
            name='PetitionStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('act', models.CharField(max_length=20, verbose_name='做了什么')),
                ('actor_id', models.BigIntegerField(null=True, verbose_name='操作人编号')),
                ('actor_name', models.CharField(max_length=50, verbose_name='操作人')),
                ('seat_name', models.CharField(blank=True, max_length=500, verbose_name='以何组织')),
                ('remark', models.CharField(blank=True, max_length=200, verbose_name='附言')),
                ('petition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='orgs.petition')),
            ],
            options={
                'verbose_name': '申请经过',
                'verbose_name_plural': '申请经过',
                'ordering': ['pk'],
            },
        ),
        migrations.AddIndex(
            model_name='petition',
            index=models.Index(condition=models.Q(('state', 'pending')), fields=['turn_organization', 'turn_since'], name='petition_turn_of'),
        ),
        migrations.AddIndex(
            model_name='petition',
            index=models.Index(condition=models.Q(('state', 'pending')), fields=['turn_account'], name='petition_turn_of_person'),
        ),
        migrations.AddIndex(
            model_name='petition',
            index=models.Index(fields=['organization', '-id'], name='petition_by_organization'),
        ),
        migrations.AddConstraint(
            model_name='petition',
            constraint=models.UniqueConstraint(condition=models.Q(('kind__in', ['info', 'seats', 'relocation']), ('state', 'pending')), fields=('kind', 'organization'), name='petition_one_pending', violation_error_message='该组织已有同类申请正在办理'),
        ),
        migrations.AddConstraint(
            model_name='petition',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'invitation'), ('state', 'pending')), fields=('organization', 'account'), name='petition_one_invitation', violation_error_message='对该人员的邀请正在办理'),
        ),
        migrations.AddConstraint(
            model_name='petition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'pending'), _negated=True), models.Q(('turn_account', None), ('turn_organization__isnull', False)), models.Q(('turn_account__isnull', False), ('turn_organization', None)), _connector='OR'), name='petition_has_one_turn'),
        ),
    ]
