"""Figures of large subtrees, counted once a day: one row per organisation and day (§7)."""

from __future__ import annotations

from django.db import models

from orgs.models import Organization


class Rollup(models.Model):
    """What was counted at and below one organisation. Only large ones and what is directly below them have rows."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="rollups")
    day = models.DateField("日期")
    at = models.DateTimeField("汇总时间")
    counts = models.JSONField("数字")

    class Meta:
        verbose_name = verbose_name_plural = "汇总数字"
        constraints = [models.UniqueConstraint(fields=["organization", "day"], name="rollup_once_a_day")]
        indexes = [models.Index(fields=["-at"], name="rollup_newest")]
