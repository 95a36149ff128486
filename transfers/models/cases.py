"""组织关系转接: one case a move of one person, and its steps; neither is ever deleted (§6)."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from orgs.models import Organization, alive_while
from orgs.scope import Scope

from ..enums import OPEN, Act, Landing, Reason, ReturnCode, Role, Starter, State


class TransferQuerySet(models.QuerySet):
    def open(self):
        """Those somebody still has to decide."""
        return self.filter(state__in=OPEN)

    def within(self, scope: Scope):
        """The cases that touch the scope on either side; `queries.visible` adds the person and the watcher."""
        return self.filter(scope.q("source__path") | scope.q("target__path") | scope.q("landed__path"))


class Transfer(models.Model):
    """One case. `source` is the branch left, `target` what was chosen, `landed` the branch it came to."""

    key = models.UUIDField(default=uuid.uuid4, editable=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="transfers")
    source = models.ForeignKey(
        Organization, models.PROTECT, related_name="transfers_out", verbose_name="转出团支部"
    )
    target = models.ForeignKey(
        Organization, models.PROTECT, null=True, related_name="transfers_in", verbose_name="转入组织"
    )
    landed = models.ForeignKey(
        Organization, models.PROTECT, null=True, related_name="transfers_landed", verbose_name="落入团支部"
    )
    outside = models.CharField("系统外去向", max_length=20, blank=True)  # a key of settings.TRANSFER_OUTSIDE
    outside_name = models.CharField("系统外接收单位", max_length=200, blank=True)
    landing = models.CharField("去向种类", max_length=8, choices=Landing.choices)
    starter = models.CharField("发起方", max_length=8, choices=Starter.choices)
    reason = models.CharField("转接原因", max_length=30, choices=Reason.choices)
    details = models.JSONField("原因的资料", default=dict)  # by the labels of enums.ASKS
    remark = models.CharField("备注", max_length=200, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices)
    since = models.DateTimeField("到达时间")
    due_at = models.DateTimeField("办理期限", null=True)
    reminded = models.PositiveSmallIntegerField("已提醒到第几天", default=0)
    opened_at = models.DateTimeField("发起时间")
    opened_by = models.BigIntegerField("发起人编号", null=True)
    closed_at = models.DateTimeField("办结时间", null=True)
    batch = models.UUIDField("同批办理", null=True)  # many people sent in one act
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by")
    live = alive_while(state__in=OPEN)

    objects = TransferQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "组织关系转接"
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(state__in=OPEN),
                name="transfer_one_open",
                violation_error_message="此人已有转接正在办理",
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="transfer_state_known"),
            models.CheckConstraint(
                condition=Q(landing="outside", target=None) | Q(~Q(landing="outside"), target__isnull=False),
                name="transfer_has_target",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN, closed_at=None) | Q(~Q(state__in=OPEN), closed_at__isnull=False),
                name="transfer_closed_once",
            ),
        ]
        indexes = [
            models.Index(fields=["source", "state", "since"], name="transfer_by_source"),
            models.Index(fields=["target", "state", "since"], name="transfer_by_target"),
            models.Index(fields=["account", "-id"], name="transfer_by_account"),
            models.Index(fields=["due_at"], name="transfer_due", condition=Q(state__in=["out", "in"])),
            models.Index(fields=["batch"], name="transfer_by_batch", condition=Q(batch__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.account} → {self.destination}"

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to decide."""
        return self.state in OPEN

    @property
    def destination(self) -> str:
        """Where to, in words: the 全称, or the place outside the system; of a special store never the unit."""
        if self.landing == Landing.STORE:
            return self.outside_name.partition("：")[0] or self.get_landing_display()
        return self.target.full_name if self.target else self.outside_name

    @property
    def turn_of(self) -> Organization | None:
        """The organisation whose administrators have the turn, or None when it is closed."""
        if not self.is_open:
            return None
        return self.source if self.state == State.OUT else self.target


class Step(models.Model):
    """One act on a case, in order; written by the door alone."""

    transfer = models.ForeignKey(Transfer, models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField("序号")
    at = models.DateTimeField("时间")
    act = models.CharField("做了什么", max_length=10, choices=Act.choices)
    role = models.CharField("身份", max_length=8, choices=Role.choices)
    before = models.CharField("原状态", max_length=10, choices=State.choices, blank=True)
    after = models.CharField("新状态", max_length=10, choices=State.choices)
    actor_id = models.BigIntegerField("操作人编号", null=True)
    actor_name = models.CharField("操作人", max_length=50)
    seat_name = models.CharField("以何组织", max_length=500, blank=True)
    code = models.CharField("退回原因", max_length=10, choices=ReturnCode.choices, blank=True)
    remark = models.CharField("附言", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "转接经过"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["transfer", "number"], name="step_once")]
