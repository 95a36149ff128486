"""A list of people somebody wants to send, or whose transfers somebody asks after; kept for a few days, encrypted (§6.1)."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from orgs.models import Organization
from zhtj.lib.sealed import Sealed


class PeopleList(models.Model):
    """One list, seen only by its maker; what can be done with each line is found anew on every look."""

    class Purpose(models.TextChoices):
        """What the list was brought for."""

        SEND = "send", "办理转出"
        STATUS = "status", "查询办理情况"

    key = models.UUIDField(default=uuid.uuid4, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="people_lists")
    organization = models.ForeignKey(Organization, models.CASCADE, related_name="people_lists")
    purpose = models.CharField("用途", max_length=6, choices=Purpose.choices)
    source = models.CharField("名单来源", max_length=200)
    payload_cipher = models.BinaryField("名单（密文）")
    # The lines, and for sending what everybody is sent with.
    payload = Sealed("payload_cipher", field="people_list", counted=lambda value: len(value["lines"]))
    line_count = models.PositiveIntegerField("行数")
    batch = models.UUIDField("已发起的一批", null=True)  # of the cases begun from it, the last time
    created_at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "转接名单"
        indexes = [models.Index(fields=["account", "-id"], name="people_list_by_account")]
