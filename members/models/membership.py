"""团籍: who belongs to which branch now, and the ledger of every belonging (§5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Func, Q, Value

from orgs.models import Organization, alive_while

if TYPE_CHECKING:
    from orgs.scope import Scope


class Act(models.TextChoices):
    """By which act a belonging began or ended."""

    CODE = "code", "管理员注册"
    ENTRY = "entry", "逐条录入"
    IMPORT = "import", "批量导入"
    CLOSING = "closing", "所在组织删除"
    MERGING = "merging", "团支部合并"
    PLACING = "placing", "支部调整"
    UNDO = "undo", "撤销"
    APPLICATION = "apply", "自行注册"
    REMOVAL = "removal", "移除团员"
    MERGE = "merge", "合并账号"
    TRANSFER = "transfer", "组织关系转接"
    OUTSIDE = "outside", "系统外转接"
    DEMO = "demo", "演示数据"


class Hold(models.TextChoices):
    """What can hold a 团籍."""

    TRANSFER = "transfer", "组织关系转接"


class MemberQuerySet(models.QuerySet):
    def within(self, scope: Scope):
        """The members whose branch the scope covers."""
        return self.filter(scope.q("branch_path"))


class Member(models.Model):
    """The one living 团籍 of a person. `branch_path` is kept true by the database (ON UPDATE CASCADE)."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="member", verbose_name="账号"
    )
    branch = models.ForeignKey(
        Organization, models.PROTECT, related_name="members", verbose_name="所在团支部"
    )
    branch_path = models.CharField("所在团支部路径", max_length=500, db_collation="C")
    joined = models.DateField("入团年月")
    number = models.CharField("发展团员编号", max_length=12, null=True, blank=True)
    joined_at_unit = models.CharField("入团时所在单位", max_length=120, blank=True)
    overage_since = models.DateField("超龄标记日期", null=True, blank=True)  # set at night by removal.overage
    # What the 团籍 waits for elsewhere; while it does, nobody removes, places or merges it.
    held = models.CharField("正在办理", max_length=12, choices=Hold.choices, blank=True, default="")
    created_at = models.DateTimeField("登记时间", auto_now_add=True)
    live = models.GeneratedField(
        expression=Value(True, output_field=models.BooleanField()),
        output_field=models.BooleanField(),
        db_persist=True,
    )

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "团员"
        constraints = [
            models.UniqueConstraint(
                fields=["number"],
                condition=Q(number__isnull=False),
                name="member_number_unique",
                violation_error_message="发展团员编号重复",
            ),
            models.CheckConstraint(condition=~Q(number=""), name="member_number_null_not_empty"),
        ]
        indexes = [
            models.Index(fields=["branch_path", "id"], name="member_by_path"),
            models.Index(
                fields=["branch_path", "id"], name="member_overage", condition=Q(overage_since__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return str(self.account)


class Membership(models.Model):
    """One stretch of belonging in the append-only ledger; the database forbids two at one time."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    branch = models.ForeignKey(Organization, models.PROTECT, related_name="memberships")
    started_at = models.DateTimeField("自")
    ended_at = models.DateTimeField("至", null=True)
    begun_by = models.CharField("加入方式", max_length=10, choices=Act.choices)
    ended_by = models.CharField("离开方式", max_length=10, choices=Act.choices, blank=True)
    batch_id = models.BigIntegerField("导入批次", null=True)
    went_to = models.CharField("转往系统外", max_length=200, blank=True, default="", db_default="")
    live = alive_while(ended_at=None)

    class Meta:
        verbose_name = verbose_name_plural = "团籍记录"
        constraints = [
            ExclusionConstraint(
                name="membership_never_two_at_once",
                expressions=[
                    ("account", RangeOperators.EQUAL),
                    (
                        Func(
                            "started_at",
                            "ended_at",
                            function="TSTZRANGE",
                            output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]
