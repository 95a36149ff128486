"""省级专库: whoever left for the army or a 涉密 unit, kept by one province and seen there alone (§6.2)."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from orgs.models import Organization
from orgs.scope import Scope
from zhtj.lib.sealed import Sealed

from .cases import Transfer


class StoredQuerySet(models.QuerySet):
    def of(self, scope: Scope):
        """The store of exactly the organisation acted for: neither its superiors nor what is below see it."""
        return self.filter(province=scope.root.pk) if scope.root is not None else self.none()

    def present(self):
        """Those who have not come back."""
        return self.filter(returned_at=None)


class Stored(models.Model):
    """One person in the store of a province: the facts of the ended 团籍, and the unit, encrypted."""

    key = models.UUIDField(default=uuid.uuid4, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="stored")
    province = models.ForeignKey(Organization, models.PROTECT, related_name="stored", verbose_name="省级组织")
    transfer = models.OneToOneField(Transfer, models.PROTECT, related_name="stored")
    branch = models.ForeignKey(Organization, models.PROTECT, related_name="stored_from")
    unit_cipher = models.BinaryField("接收单位（密文）")
    # What was said of the unit, by label; the case says it no more.
    unit = Sealed("unit_cipher", field="stored_unit")
    joined = models.DateField("入团年月")
    number = models.CharField("发展团员编号", max_length=12, blank=True)
    joined_at_unit = models.CharField("入团时所在单位", max_length=120, blank=True)
    since = models.DateTimeField("转入专库时间")
    returned_at = models.DateTimeField("转回时间", null=True)
    returned_to = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="stored_returned")

    objects = StoredQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "省级专库"
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(returned_at=None), name="stored_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(returned_at=None, returned_to=None)
                | Q(returned_at__isnull=False, returned_to__isnull=False),
                name="stored_returned_somewhere",
            ),
        ]
        indexes = [models.Index(fields=["province", "-id"], name="stored_by_province")]

    def __str__(self) -> str:
        return str(self.account)
