"""Where a belonging came from outside the system, and whose 团籍 only one organisation gives again (§6.2)."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from orgs.models import Organization

from .membership import Membership


class Origin(models.Model):
    """From where outside the system somebody came, told at the entry; one of a stretch of the ledger."""

    membership = models.OneToOneField(Membership, models.PROTECT, related_name="origin", primary_key=True)
    place = models.CharField("系统外转入", max_length=20)  # a key of settings.TRANSFER_OUTSIDE
    unit = models.CharField("原所在组织", max_length=120)
    moved_on = models.DateField("转入日期", null=True)
    letter = models.CharField("介绍信号码", max_length=40, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "系统外转入"

    def __str__(self) -> str:
        return f"{settings.TRANSFER_OUTSIDE.get(self.place, self.place)}：{self.unit}"


class Reserved(models.Model):
    """Somebody whose 团籍 ended into a special store: only `by` gives it again."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="reserved", primary_key=True
    )
    by = models.ForeignKey(Organization, models.PROTECT, related_name="reserved")

    class Meta:
        verbose_name = verbose_name_plural = "由省级转回的人"
