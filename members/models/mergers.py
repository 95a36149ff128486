"""Two accounts of one person made one: what was moved, and what its undo needs to know."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from orgs.models import Petition
from zhtj.lib.sealed import Sealed


class Merger(models.Model):
    """One merger: `kept` goes on with its ID number and password, `absorbed` is closed and keeps its history."""

    key = models.UUIDField(default=uuid.uuid4, editable=False)
    kept = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="mergers")
    absorbed = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="mergers_away")
    petition = models.OneToOneField(Petition, models.PROTECT, null=True, related_name="merger")
    reason = models.CharField("原因", max_length=200)
    payload_cipher = models.BinaryField("合并前后（密文）")
    payload = Sealed("payload_cipher", field="merger")  # facts, posts and belongings, before and after
    merged_at = models.DateTimeField("合并时间")
    merged_by = models.BigIntegerField("合并人编号", null=True)
    merged_by_name = models.CharField("合并人", max_length=50)
    undone_at = models.DateTimeField("撤销时间", null=True)
    undone_by_name = models.CharField("撤销人", max_length=50, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "账号合并"
        constraints = [
            models.UniqueConstraint(
                fields=["absorbed"], condition=Q(undone_at=None), name="merger_absorbed_once"
            ),
            models.CheckConstraint(condition=~Q(kept=models.F("absorbed")), name="merger_of_two"),
        ]
        indexes = [models.Index(fields=["kept", "-id"], name="merger_by_kept")]


class Distinction(models.Model):
    """Two accounts that look alike and were found to be two people; the smaller id first."""

    one = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    other = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    said_by_name = models.CharField("认定人", max_length=50)
    said_at = models.DateTimeField("认定时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "认定不是同一人"
        constraints = [models.UniqueConstraint(fields=["one", "other"], name="distinction_once")]
