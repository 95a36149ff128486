"""团籍 that ended by removal: why, by whom, and what its undo needs to know (§5 Removing)."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from orgs.models import Organization, Petition


class RemovalReason(models.TextChoices):
    """Why somebody is removed; the words are the values."""

    TWICE = "重复录入", "重复录入"
    BY_MISTAKE = "误录入", "误录入"
    OVERAGE = "超龄离团", "超龄离团"
    RESIGNED = "退团", "退团"
    DROPPED = "自行脱团除名", "自行脱团除名"
    EXPELLED = "开除团籍", "开除团籍"
    DECEASED = "去世", "去世"
    OTHER = "其他", "其他"


class Removal(models.Model):
    """One removal that took place; the request for it is a petition."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="removals")
    branch = models.ForeignKey(Organization, models.PROTECT, related_name="removals", verbose_name="原团支部")
    petition = models.OneToOneField(Petition, models.PROTECT, null=True, related_name="removal")
    reason = models.CharField("原因", max_length=10, choices=RemovalReason.choices)
    remark = models.CharField("说明", max_length=200, blank=True)
    joined = models.DateField("入团年月")
    number = models.CharField("发展团员编号", max_length=12, blank=True)
    joined_at_unit = models.CharField("入团时所在单位", max_length=120, blank=True)
    ended_posts = ArrayField(models.BigIntegerField(), default=list, verbose_name="同时终止的职务")
    closed_account = models.BooleanField("账号随之停用", default=False)
    removed_at = models.DateTimeField("移除时间")
    removed_by = models.BigIntegerField("批准人编号", null=True)
    removed_by_name = models.CharField("批准人", max_length=50)
    undone_at = models.DateTimeField("撤销时间", null=True)
    undone_by_name = models.CharField("撤销人", max_length=50, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "移除记录"
        indexes = [
            models.Index(fields=["account", "-id"], name="removal_by_account"),
            models.Index(fields=["branch", "-id"], name="removal_by_branch"),
        ]
