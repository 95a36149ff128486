"""名单对账: a list of people somebody compares with an organisation's members; kept for a few days, encrypted."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from orgs.models import Organization
from zhtj.lib.sealed import Sealed


class Matching(models.Model):
    """One list, seen only by whoever brought it; what became of each line is found anew on every look."""

    key = models.UUIDField(default=uuid.uuid4, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="matchings")
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="matchings")
    source = models.CharField("名单来源", max_length=200)
    lines_cipher = models.BinaryField("名单（密文）")
    # The list as read: number, 姓名, 身份证号码, what was noticed while reading.
    lines = Sealed("lines_cipher", field="matching", counted=len)
    line_count = models.PositiveIntegerField("行数")
    created_at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "名单对账"
        indexes = [models.Index(fields=["account", "-id"], name="matching_by_account")]
