"""催办: that a text for the class chat was produced, not the text itself (§6.4)."""

from __future__ import annotations

import uuid

from django.db import models

from orgs.models import Organization
from orgs.scope import Scope

from ..enums import About


class NudgeQuerySet(models.QuerySet):
    def within(self, scope: Scope):
        """Those about organisations of the scope."""
        return self.filter(scope.q("organization__path"))


class Nudge(models.Model):
    """Who reminded how many people or organisations of what, and where; never changed, never removed."""

    key = models.UUIDField(
        default=uuid.uuid4, unique=True
    )  # of the page that asked: a form sent twice is one
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="nudges", verbose_name="涉及组织"
    )
    about = models.CharField("催办事项", max_length=12, choices=About.choices)
    count = models.PositiveIntegerField("人数或组织数")
    deadline = models.DateField("办理期限")
    at = models.DateTimeField("时间")
    actor_id = models.BigIntegerField("操作人编号", null=True)
    actor_name = models.CharField("操作人", max_length=50)
    seat_name = models.CharField("以何组织", max_length=500, blank=True)

    objects = NudgeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "催办记录"
        constraints = [
            models.CheckConstraint(condition=models.Q(about__in=About.values), name="nudge_about_known"),
        ]
        indexes = [models.Index(fields=["organization", "-id"], name="nudge_by_organization")]
