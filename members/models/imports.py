"""An uploaded roster as a change set: the batch, its rows, and what an organisation calls its columns (§5)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from orgs.models import Organization


class BatchState(models.TextChoices):
    """Where an import stands. Every arrow is one conditional update in members.roster."""

    QUEUED = "queued", "等待核对"
    MAPPING = "mapping", "待对应列"
    CHECKING = "checking", "正在核对"
    PLANNED = "planned", "待确认"
    CONFIRMED = "confirmed", "等待导入"
    RUNNING = "running", "正在导入"
    DONE = "done", "已完成"
    REJECTED = "rejected", "无法读取"
    ABANDONED = "abandoned", "已放弃"
    UNDOING = "undoing", "正在撤销"
    UNDONE = "undone", "已撤销"


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
    brake = models.JSONField("需要特别确认的改动", default=dict)
    message = models.TextField("说明", blank=True)
    created_at = models.DateTimeField("上传时间", auto_now_add=True)
    nudged_at = models.DateTimeField("催办时间", default=timezone.now)
    planned_at = models.DateTimeField("核对完成时间", null=True)
    confirmed_at = models.DateTimeField("确认时间", null=True)
    cancel_asked_at = models.DateTimeField("要求取消时间", null=True)
    finished_at = models.DateTimeField("完成时间", null=True)
    undo_by = models.BigIntegerField("撤销人编号", null=True)
    undo_seat_id = models.BigIntegerField("以何席位撤销", null=True)
    undone_at = models.DateTimeField("撤销时间", null=True)
    undone_by_name = models.CharField("撤销人", max_length=50, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "导入批次"
        indexes = [
            models.Index(fields=["organization", "-id"], name="batch_by_organization"),
            models.Index(
                fields=["state"],
                name="batch_in_work",
                condition=~Q(state__in=["done", "rejected", "abandoned", "undone"]),
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
    branch_id = models.BigIntegerField("团支部编号", null=True)
    # What the row claims within its file, so that its twins are found without opening anything.
    id_index = models.BinaryField("身份证号码（索引）", max_length=16, null=True)
    number_index = models.BinaryField("发展团员编号（索引）", max_length=16, null=True)
    is_secretary = models.BooleanField("书记", default=False)
    # The blind index of an organisation that was not found and is like a known one.
    misnamed_index = models.BinaryField("写错的组织名称（索引）", max_length=16, null=True)
    payload_cipher = models.BinaryField("内容（密文）")
    # What the row did to somebody known before, and why an undo left it alone; see members.roster.traces.
    trace_cipher = models.BinaryField("痕迹（密文）", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "导入行"
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="import_row_once")]
        indexes = [
            models.Index(fields=["batch", "verdict", "number"], name="import_row_by_verdict"),
            models.Index(fields=["batch", "id_index"], name="import_row_by_id"),
            models.Index(fields=["batch", "number_index"], name="import_row_by_league_number"),
            models.Index(
                fields=["batch", "branch_id"], name="import_row_of_secretary", condition=Q(is_secretary=True)
            ),
            models.Index(
                fields=["batch", "misnamed_index"],
                name="import_row_misnamed",
                condition=Q(misnamed_index__isnull=False),
            ),
        ]


class HeaderName(models.Model):
    """What an organisation calls a column in its own rosters: mapped by hand once, read by itself afterwards."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="header_names")
    header = models.CharField("表头", max_length=60)
    column = models.CharField("对应的列", max_length=20, blank=True)  # empty: known to be of no use
    set_by_name = models.CharField("对应人", max_length=50)
    set_at = models.DateTimeField("对应时间", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "自用表头"
        constraints = [models.UniqueConstraint(fields=["organization", "header"], name="header_name_once")]
