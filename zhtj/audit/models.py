"""Audit rows: plain ids and name snapshots, no foreign keys, never changed (a trigger refuses it)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Result(models.TextChoices):
    DONE = "done", "完成"
    DENIED = "denied", "拒绝"
    FAILED = "failed", "失败"


class AuditEntry(models.Model):
    """One act. `organization_path` is the path of the organisation it concerns, so that a scope can read it."""

    at = models.DateTimeField("时间", auto_now_add=True)
    act = models.UUIDField("操作编号")
    verb = models.CharField("操作", max_length=60)
    result = models.CharField("结果", max_length=8, choices=Result.choices, default=Result.DONE)
    actor_id = models.BigIntegerField("操作人编号", null=True)
    actor_name = models.CharField("操作人", max_length=50, blank=True)
    seat_id = models.BigIntegerField("以何组织编号", null=True)
    seat_name = models.CharField("以何组织", max_length=500, blank=True)
    organization_id = models.BigIntegerField("涉及组织编号", null=True)
    organization_path = models.CharField("涉及组织路径", max_length=500, blank=True, db_collation="C")
    organization_name = models.CharField("涉及组织", max_length=500, blank=True)
    account_id = models.BigIntegerField("涉及人员编号", null=True)
    account_name = models.CharField("涉及人员", max_length=50, blank=True)
    address = models.GenericIPAddressField("来源地址", null=True)
    detail = models.JSONField("详情", default=dict)

    class Meta:
        verbose_name = verbose_name_plural = "操作记录"
        indexes = [
            models.Index(fields=["organization_path", "-id"], name="audit_by_organization"),
            models.Index(fields=["account_id", "-id"], name="audit_by_account"),
            models.Index(fields=["actor_id", "-id"], name="audit_by_actor"),
            models.Index(fields=["seat_id", "-id"], name="audit_by_seat"),
        ]


class AuditPending(models.Model):
    """An entry that is not sealed yet; written by a trigger, taken by the sealer once it is committed."""

    entry_id = models.BigIntegerField(primary_key=True)

    class Meta:
        verbose_name = verbose_name_plural = "待封存的操作记录"


class AuditSeal(models.Model):
    """A numbered batch of committed entries with a digest that includes the one before: a chain."""

    number = models.BigIntegerField("序号", primary_key=True)
    sealed_at = models.DateTimeField("封存时间", auto_now_add=True)
    entry_ids = ArrayField(models.BigIntegerField(), verbose_name="操作记录")
    digest = models.BinaryField("摘要", max_length=32)

    class Meta:
        verbose_name = verbose_name_plural = "操作记录封存"
