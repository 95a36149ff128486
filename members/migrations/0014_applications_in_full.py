
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0013_rollups'),
        ('orgs', '0009_corrections_asked_by_people'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='application',
            name='application_by_id',
        ),
        migrations.AddField(
            model_name='application',
            name='reason',
            field=models.CharField(blank=True, choices=[('facts', '资料需要更正'), ('identity', '姓名或身份证号码与证件不符'), ('papers', '需要出示团员证等证明'), ('elsewhere', '不属于本团支部'), ('registered', '身份证已注册'), ('other', '其他'), ('closed', '团支部已撤销或合并')], max_length=12, verbose_name='退回原因'),
        ),
        migrations.AlterField(
            model_name='application',
            name='payload_cipher',
            field=models.BinaryField(null=True, verbose_name='内容（密文）'),
        ),
        migrations.AlterField(
            model_name='application',
            name='remark',
            field=models.CharField(blank=True, max_length=200, verbose_name='退回说明'),
        ),
        migrations.AddIndex(
            model_name='application',
            index=models.Index(condition=models.Q(('state__in', ('pending', 'returned'))), fields=['id_index'], name='application_by_id'),
        ),
    ]
