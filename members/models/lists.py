"""What an administrator keeps of a list: columns and filters by name, and a register of what was exported (§8)."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from orgs.models import Organization


class ListKind(models.TextChoices):
    MEMBERS = "members", "团员列表"
    CADRES = "cadres", "团干部列表"


class SavedView(models.Model):
    """Columns and filters of a list, kept under a name for one account. Never holds a number."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views")
    kind = models.CharField("列表", max_length=8, choices=ListKind.choices)
    name = models.CharField("名称", max_length=20)
    query = models.JSONField("列和条件", default=dict)
    is_default = models.BooleanField("默认打开", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "列表视图"
        constraints = [
            models.UniqueConstraint(fields=["account", "kind", "name"], name="saved_view_name_once"),
            models.UniqueConstraint(
                fields=["account", "kind"],
                condition=models.Q(is_default=True),
                name="saved_view_one_default",
            ),
        ]


class Export(models.Model):
    """One export: its id is the number that stands on it; full numbers count against the day's quota."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="exports")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="exports")
    at = models.DateTimeField("导出时间")
    what = models.CharField("内容", max_length=40)
    rows = models.PositiveIntegerField("行数")
    full = models.BooleanField("含完整号码", default=False)
    reason = models.CharField("用途", max_length=100, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "导出登记"
        indexes = [models.Index(fields=["account", "-at"], name="export_by_account")]
