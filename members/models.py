"""团籍: who belongs to which branch now, and the ledger of every belonging (§5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Func, Q, Value
from django.utils import timezone

from orgs.models import Organization, alive_while

if TYPE_CHECKING:
    from orgs.scope import Scope


class Act(models.TextChoices):
    """By which act a belonging began or ended."""

    CODE = "code", "管理员注册"
    ENTRY = "entry", "逐条录入"
    IMPORT = "import", "批量导入"
    CLOSING = "closing", "所在组织删除"
    MERGING = "merging", "团支部合并"
    PLACING = "placing", "支部调整"
    UNDO = "undo", "撤销"
    DEMO = "demo", "演示数据"


class MemberQuerySet(models.QuerySet):
    def within(self, scope: Scope):
        """The members whose branch the scope covers."""
        return self.filter(scope.q("branch_path"))


class Member(models.Model):
    """The one living 团籍 of a person. `branch_path` is kept true by the database (ON UPDATE CASCADE)."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="member", verbose_name="账号"
    )
    branch = models.ForeignKey(
        Organization, models.PROTECT, related_name="members", verbose_name="所在团支部"
    )
    branch_path = models.CharField("所在团支部路径", max_length=500, db_collation="C")
    joined = models.DateField("入团年月")
    number = models.CharField("发展团员编号", max_length=12, null=True, blank=True)
    joined_at_unit = models.CharField("入团时所在单位", max_length=120, blank=True)
    created_at = models.DateTimeField("登记时间", auto_now_add=True)
    live = models.GeneratedField(
        expression=Value(True, output_field=models.BooleanField()),
        output_field=models.BooleanField(),
        db_persist=True,
    )

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "团员"
        constraints = [
            models.UniqueConstraint(
                fields=["number"],
                condition=Q(number__isnull=False),
                name="member_number_unique",
                violation_error_message="发展团员编号重复",
            ),
            models.CheckConstraint(condition=~Q(number=""), name="member_number_null_not_empty"),
        ]
        indexes = [models.Index(fields=["branch_path", "id"], name="member_by_path")]

    def __str__(self) -> str:
        return str(self.account)


class Membership(models.Model):
    """One stretch of belonging in the append-only ledger; the database forbids two at one time."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    branch = models.ForeignKey(Organization, models.PROTECT, related_name="memberships")
    started_at = models.DateTimeField("自")
    ended_at = models.DateTimeField("至", null=True)
    begun_by = models.CharField("加入方式", max_length=10, choices=Act.choices)
    ended_by = models.CharField("离开方式", max_length=10, choices=Act.choices, blank=True)
    batch_id = models.BigIntegerField("导入批次", null=True)
    live = alive_while(ended_at=None)

    class Meta:
        verbose_name = verbose_name_plural = "团籍记录"
        constraints = [
            ExclusionConstraint(
                name="membership_never_two_at_once",
                expressions=[
                    ("account", RangeOperators.EQUAL),
                    (
                        Func(
                            "started_at",
                            "ended_at",
                            function="TSTZRANGE",
                            output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]


class BatchState(models.TextChoices):
    """Where an import stands. Every arrow is one conditional update in members.roster."""

    QUEUED = "queued", "等待核对"
    CHECKING = "checking", "正在核对"
    PLANNED = "planned", "待确认"
    CONFIRMED = "confirmed", "等待导入"
    RUNNING = "running", "正在导入"
    DONE = "done", "已完成"
    REJECTED = "rejected", "无法读取"
    ABANDONED = "abandoned", "已放弃"


class Template(models.TextChoices):
    """Which of the two templates a roster was made on (§5)."""

    MEMBERS = "members", "团员名单"
    CADRES = "cadres", "本级团干部名单"


class ImportBatch(models.Model):
    """One uploaded roster, its plan and its result; the file and rows are encrypted and kept 30 days (*setting*)."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="import_batches")
    importer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="import_batches"
    )
    seat_id = models.BigIntegerField("以何席位", null=True)
    template = models.CharField("名单种类", max_length=8, choices=Template.choices, default=Template.MEMBERS)
    state = models.CharField("状态", max_length=10, choices=BatchState.choices, default=BatchState.QUEUED)
    file_name = models.CharField("文件名", max_length=200)
    file_size = models.PositiveIntegerField("文件大小")
    file_index = models.BinaryField("文件指纹", max_length=16)
    file_cipher = models.BinaryField("文件（密文）", null=True)
    sheet_name = models.CharField("工作表", max_length=60, blank=True)
    layout = models.JSONField("表头", default=dict)
    row_count = models.PositiveIntegerField("行数", default=0)
    progress = models.PositiveIntegerField("已处理行数", default=0)
    counts = models.JSONField("统计", default=dict)
    message = models.TextField("说明", blank=True)
    created_at = models.DateTimeField("上传时间", auto_now_add=True)
    nudged_at = models.DateTimeField("催办时间", default=timezone.now)
    planned_at = models.DateTimeField("核对完成时间", null=True)
    confirmed_at = models.DateTimeField("确认时间", null=True)
    finished_at = models.DateTimeField("完成时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "导入批次"
        indexes = [
            models.Index(fields=["organization", "-id"], name="batch_by_organization"),
            models.Index(
                fields=["state"],
                name="batch_in_work",
                condition=~Q(state__in=["done", "rejected", "abandoned"]),
            ),
        ]


class RowVerdict(models.TextChoices):
    """What will happen to a row, the tiles of the plan."""

    NEW = "new", "新增"
    UPDATE = "update", "更新"
    SAME = "same", "不变"
    MOVE = "move", "需转接"
    CONFLICT = "conflict", "冲突"
    ERROR = "error", "错误"


class ImportRow(models.Model):
    """One row of an upload: the cells as uploaded and what was found about them, encrypted together."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField("行号")
    verdict = models.CharField("结论", max_length=8, choices=RowVerdict.choices)
    cause = models.CharField("原因代码", max_length=30, blank=True)
    ticked = models.BooleanField("选中", default=False)
    account_id = models.BigIntegerField("账号编号", null=True)
    payload_cipher = models.BinaryField("内容（密文）")

    class Meta:
        verbose_name = verbose_name_plural = "导入行"
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="import_row_once")]
        indexes = [models.Index(fields=["batch", "verdict", "number"], name="import_row_by_verdict")]
