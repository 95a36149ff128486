"""A petition: something asked for that others decide, turn by turn; and its steps, which are never changed."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from zhtj.lib.sealed import Sealed

from ..enums import OF_ONE_PERSON, PetitionKind, PetitionState
from .living import alive_while


class PetitionQuerySet(models.QuerySet):
    def pending(self):
        """Those somebody still has to decide."""
        return self.filter(state=PetitionState.PENDING)


class Petition(models.Model):
    """One request. While pending, either an organisation (its administrators) or a person has the turn."""

    key = models.UUIDField(default=uuid.uuid4, editable=False)
    kind = models.CharField("事项", max_length=12, choices=PetitionKind.choices)
    state = models.CharField(
        "状态", max_length=10, choices=PetitionState.choices, default=PetitionState.PENDING
    )
    organization = models.ForeignKey(
        "orgs.Organization", models.PROTECT, related_name="petitions", verbose_name="组织"
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="petitions", verbose_name="涉及人员"
    )
    turn = models.PositiveSmallIntegerField("第几步", default=0)
    turn_organization = models.ForeignKey(
        "orgs.Organization",
        models.PROTECT,
        null=True,
        related_name="petitions_to_decide",
        verbose_name="待办组织",
    )
    turn_account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="petitions_to_decide",
        verbose_name="待办人",
    )
    turn_since = models.DateTimeField("到达时间")
    opened_by = models.BigIntegerField("发起人编号", null=True)
    opened_by_name = models.CharField("发起人", max_length=50)
    opened_for = models.ForeignKey(
        "orgs.Organization",
        models.PROTECT,
        null=True,
        related_name="petitions_opened",
        verbose_name="发起组织",
    )
    opened_at = models.DateTimeField("发起时间")
    closed_at = models.DateTimeField("办结时间", null=True)
    payload_cipher = models.BinaryField("内容（密文）")
    payload = Sealed("payload_cipher", field="petition")  # what is asked for; the kind knows its shape

    live = alive_while(state=PetitionState.PENDING)

    objects = PetitionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "申请"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "organization"],
                condition=Q(state="pending", kind__in=["info", "seats", "relocation"]),
                name="petition_one_pending",
                violation_error_message="该组织已有同类申请正在办理",
            ),
            models.UniqueConstraint(
                fields=["organization", "account"],
                condition=Q(state="pending", kind="invitation"),
                name="petition_one_invitation",
                violation_error_message="对该人员的邀请正在办理",
            ),
            models.UniqueConstraint(
                fields=["kind", "account"],
                condition=Q(state="pending", kind__in=OF_ONE_PERSON),
                name="petition_one_of_person",
                violation_error_message="此人已有同类申请正在办理",
            ),
            models.CheckConstraint(
                condition=~Q(state="pending")
                | Q(turn_organization__isnull=False, turn_account=None)
                | Q(turn_organization=None, turn_account__isnull=False),
                name="petition_has_one_turn",
            ),
        ]
        indexes = [
            models.Index(
                fields=["turn_organization", "turn_since"],
                name="petition_turn_of",
                condition=Q(state="pending"),
            ),
            models.Index(
                fields=["turn_account"], name="petition_turn_of_person", condition=Q(state="pending")
            ),
            models.Index(fields=["organization", "-id"], name="petition_by_organization"),
        ]

    @property
    def personal(self) -> bool:
        """Whether it concerns one person rather than the organisation."""
        return self.kind in OF_ONE_PERSON

    @property
    def brings(self) -> bool:
        """Whether everything it says is new: nothing stood there before."""
        return self.kind in (PetitionKind.INVITATION, PetitionKind.HOMECOMING)

    @property
    def about(self) -> str:
        """What it concerns, where there is little room: the person with the organisation, or the organisation."""
        place = self.organization.short_name
        return f"{self.account.name}（{place}）" if self.account and self.personal else place


class PetitionStep(models.Model):
    """One act on a petition, in order."""

    petition = models.ForeignKey(Petition, models.CASCADE, related_name="steps")
    at = models.DateTimeField("时间")
    act = models.CharField("做了什么", max_length=20)
    actor_id = models.BigIntegerField("操作人编号", null=True)
    actor_name = models.CharField("操作人", max_length=50)
    seat_name = models.CharField("以何组织", max_length=500, blank=True)
    remark = models.CharField("附言", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "申请经过"
        ordering = ["pk"]
