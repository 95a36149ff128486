"""录取名单: who is to come to a college this year; kept for a season, encrypted, seen by its administrators (§6.7)."""

from __future__ import annotations

import uuid

from django.db import models

from orgs.models import Organization
from zhtj.lib.sealed import Sealed


class Admission(models.Model):
    """The one list of an organisation; a new one takes its place."""

    key = models.UUIDField(default=uuid.uuid4, editable=False)
    organization = models.OneToOneField(Organization, models.CASCADE, related_name="admission")
    source = models.CharField("名单来源", max_length=200)
    lines_cipher = models.BinaryField("名单（密文）")
    # The list as read: number, 姓名, 身份证号码, what was noticed while reading.
    lines = Sealed("lines_cipher", field="admission", counted=len)
    line_count = models.PositiveIntegerField("行数")
    kept_at = models.DateTimeField("时间")
    kept_by_name = models.CharField("上传人", max_length=50)

    class Meta:
        verbose_name = verbose_name_plural = "录取名单"
