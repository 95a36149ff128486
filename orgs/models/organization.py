"""The tree of organisations (§2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from ..enums import BRANCHES, GRASSROOTS, Category, Level, Purpose
from .living import alive_while

if TYPE_CHECKING:
    from ..scope import Scope


class OrganizationQuerySet(models.QuerySet):
    def living(self):
        """Without those deleted."""
        return self.filter(deleted_at=None)

    def within(self, scope: Scope):
        """The living organisations the scope covers, its root included."""
        return self.living().filter(scope.q("path"))

    def branches(self):
        """团支部 of every kind: the only organisations with members."""
        return self.filter(category__in=BRANCHES)


class Organization(models.Model):
    """A node of the one tree. Path and names are written by orgs.tree only."""

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="children", verbose_name="直接上级"
    )
    path = models.CharField("路径", max_length=500, db_collation="C")
    category = models.CharField("组织类别", max_length=16, choices=Category.choices)
    level = models.PositiveSmallIntegerField("层级", choices=Level.choices, null=True)
    purpose = models.CharField("用途", max_length=10, choices=Purpose.choices, blank=True)
    short_name = models.CharField("组织简称", max_length=60)
    full_name = models.CharField("组织全称", max_length=500)
    initials = models.CharField("拼音首字母", max_length=60, db_collation="C")
    deleted_at = models.DateTimeField("删除时间", null=True)
    created_at = models.DateTimeField("建立时间", auto_now_add=True)
    live = alive_while(deleted_at=None)

    contact_phone = models.CharField("联系电话", max_length=30, blank=True)
    email = models.EmailField("电子邮箱", blank=True)
    address = models.CharField("通讯地址", max_length=200, blank=True)
    postcode = models.CharField("邮编", max_length=6, blank=True)
    industry = models.CharField("所属行业类别", max_length=40, blank=True)
    founded_on = models.DateField("成立时间", null=True, blank=True)
    term_ends_on = models.DateField("换届时间", null=True, blank=True)
    school_code = models.CharField("学校机构编号", max_length=30, blank=True)
    admin_quota = models.PositiveIntegerField("行政编制数", null=True, blank=True)
    admin_staff = models.PositiveIntegerField("行政编制实际配备数", null=True, blank=True)
    career_quota = models.PositiveIntegerField("事业编制数", null=True, blank=True)
    career_staff = models.PositiveIntegerField("事业编制实际配备数", null=True, blank=True)
    completed_at = models.DateTimeField("首次完善时间", null=True)

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "团组织"
        constraints = [
            models.UniqueConstraint(fields=["path"], name="organization_path_unique"),
            models.UniqueConstraint(fields=["id", "path"], name="organization_id_path"),
            models.UniqueConstraint(fields=["id", "live"], name="organization_id_live"),
            models.UniqueConstraint(
                fields=["parent", "short_name"],
                condition=Q(deleted_at=None),
                name="organization_sibling_name",
                violation_error_message="同一上级下已有同名组织",
            ),
            models.UniqueConstraint(
                fields=["full_name"],
                condition=Q(deleted_at=None),
                name="organization_full_name_living",
                violation_error_message="组织全称已被使用",
            ),
            models.CheckConstraint(
                condition=Q(category="leading_body") & Q(level__isnull=False)
                | ~Q(category="leading_body") & Q(level=None),
                name="organization_level_of_leading_bodies",
            ),
        ]
        indexes = [
            models.Index(fields=["initials"], name="organization_by_initials"),
            models.Index(
                fields=["path"],
                name="organization_to_clear",
                condition=Q(category="pending_branch", deleted_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def is_branch(self) -> bool:
        """Whether members can belong here."""
        return self.category in BRANCHES

    @property
    def is_leading_body(self) -> bool:
        return self.category == Category.LEADING_BODY

    @property
    def is_grassroots(self) -> bool:
        """团委, 团工委 or 团总支."""
        return self.category in GRASSROOTS

    @property
    def ancestor_ids(self) -> list[int]:
        """Ids of the superiors, topmost first, without the organisation itself."""
        return [int(part) for part in self.path.strip("/").split("/")][:-1]


class FormerName(models.Model):
    """A name an organisation had before a rename; former names of what is below follow from `lineage` (§2)."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="former_names")
    short_name = models.CharField("原简称", max_length=60)
    full_name = models.CharField("原全称", max_length=500)
    lineage = models.CharField("原全称前缀", max_length=500)
    replaced_at = models.DateTimeField("更名时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "曾用名"
        indexes = [
            models.Index(fields=["full_name"], name="former_name_by_full_name"),
            models.Index(fields=["lineage"], name="former_name_by_lineage"),
        ]
