"""What was ended and can be taken back: deletions and mergers of organisations (§2)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models

from orgs.models import Organization


class Closing(models.Model):
    """One deletion or merger. `kept` holds only ids: posts, seats, accounts, and what a merger changed in `into`."""

    class Kind(models.TextChoices):
        DELETED = "deleted", "删除"
        MERGED = "merged", "合并"

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="closings")
    kind = models.CharField("方式", max_length=8, choices=Kind.choices)
    into = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="received")
    at = models.DateTimeField("时间")
    by = models.BigIntegerField("操作人编号", null=True)
    by_name = models.CharField("操作人", max_length=50)
    kept = models.JSONField("可恢复的内容", default=dict)
    undone_at = models.DateTimeField("撤销时间", null=True)
    undone_by_name = models.CharField("撤销人", max_length=50, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "组织删除记录"
        indexes = [models.Index(fields=["organization", "-id"], name="closing_by_organization")]

    @property
    def until(self) -> datetime:
        """The moment from which it can no longer be undone."""
        return self.at + timedelta(days=settings.CLOSING_UNDO_DAYS)

    def days_left(self, *, now: datetime) -> int:
        """Days in which it can still be undone, begun ones counted; 0 when it is too late."""
        left = self.until - now
        return max(0, left.days + (1 if left % timedelta(days=1) else 0))
