"""毕业生: which branches leave when, whose graduation is another matter, where people are to go, and until when (§6.6)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from orgs.models import Organization, alive_while


class BranchKind(models.TextChoices):
    """What a superior says of a branch."""

    CLASS = "class", "毕业班"  # everybody leaves in the expected month
    MIXED = "mixed", "混合支部"  # graduates are marked one by one
    TEACHERS = "teachers", "教师支部"  # so are those here


class PersonKind(models.TextChoices):
    """What is said of one member: leaves with the class no more, or, where nobody does by itself, leaves."""

    DELAYED = "delayed", "延迟毕业"
    TEACHER = "teacher", "教师"
    FLOATING = "floating", "流动"
    GRADUATE = "graduate", "毕业"


STAYING = (PersonKind.DELAYED, PersonKind.TEACHER, PersonKind.FLOATING)
WITH_MONTH = (PersonKind.DELAYED, PersonKind.GRADUATE)


class Destination(models.TextChoices):
    """Where somebody is going, as far as the branch knows."""

    STUDIES = "studies", "升学"
    WORK_WITH = "work_with", "就业（单位有团组织）"
    WORK_WITHOUT = "work_without", "就业（单位无团组织）"
    ABROAD = "abroad", "出国（境）"
    ARMY = "army", "参军入伍或涉密单位"
    UNSETTLED = "unsettled", "未落实就业去向"
    OTHER = "other", "其他"


class BranchMark(models.Model):
    """预计毕业时间 of a branch, or that its graduates are marked one by one. `leaving_since`: a 毕业生团支部 from then on."""

    organization = models.OneToOneField(
        Organization, models.PROTECT, related_name="graduation", verbose_name="团支部"
    )
    kind = models.CharField("种类", max_length=8, choices=BranchKind.choices)
    expected = models.DateField("预计毕业时间", null=True)  # the first of the month
    leaving_since = models.DateTimeField("成为毕业生团支部的时间", null=True)
    at = models.DateTimeField("标记时间")
    by_id = models.BigIntegerField("操作人编号", null=True)
    by_name = models.CharField("操作人", max_length=50)

    class Meta:
        verbose_name = verbose_name_plural = "毕业标记"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="class", expected__isnull=False)
                | Q(kind__in=["mixed", "teachers"], expected=None),
                name="branch_mark_month_of_classes",
            ),
            models.CheckConstraint(
                condition=Q(leaving_since=None) | Q(kind="class"), name="branch_mark_classes_leave"
            ),
        ]
        indexes = [models.Index(fields=["expected"], name="branch_mark_by_month")]

    @property
    def year(self) -> int | None:
        """With which year's graduates the branch leaves."""
        return self.expected.year if self.expected else None


class PersonMark(models.Model):
    """A mark of one member in one branch; the living one has no end."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="graduation_marks")
    branch = models.ForeignKey(Organization, models.PROTECT, related_name="graduation_marks")
    kind = models.CharField("标记", max_length=8, choices=PersonKind.choices)
    until = models.DateField("预计毕业时间", null=True)
    remark = models.CharField("备注", max_length=100, blank=True)
    at = models.DateTimeField("标记时间")
    by_id = models.BigIntegerField("操作人编号", null=True)
    by_name = models.CharField("操作人", max_length=50)
    ended_at = models.DateTimeField("取消时间", null=True)
    live = alive_while(ended_at=None)

    class Meta:
        verbose_name = verbose_name_plural = "团员的毕业标记"
        constraints = [
            models.UniqueConstraint(
                fields=["account", "branch"], condition=Q(ended_at=None), name="person_mark_one_living"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["delayed", "graduate"], until__isnull=False)
                | Q(kind__in=["teacher", "floating"], until=None),
                name="person_mark_month",
            ),
        ]
        indexes = [
            models.Index(fields=["branch", "kind"], name="person_mark_living", condition=Q(ended_at=None))
        ]


class Plan(models.Model):
    """Where a member of a leaving branch is going, as its administrators have noted it: a plan, no request."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="graduation_plans")
    branch = models.ForeignKey(Organization, models.PROTECT, related_name="graduation_plans")
    kind = models.CharField("去向", max_length=12, choices=Destination.choices)
    target = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="graduation_targets")
    target_text = models.CharField("拟转入组织", max_length=100, blank=True)
    at = models.DateTimeField("登记时间")
    by_id = models.BigIntegerField("操作人编号", null=True)
    by_name = models.CharField("操作人", max_length=50)

    class Meta:
        verbose_name = verbose_name_plural = "毕业去向"
        constraints = [models.UniqueConstraint(fields=["account", "branch"], name="graduation_plan_once")]

    @property
    def where(self) -> str:
        """The proposed target in words; may be empty."""
        return self.target.full_name if self.target else self.target_text


class Deadline(models.Model):
    """Until when the graduates of a year leave everything at and below an organisation."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="graduation_deadlines")
    year = models.PositiveSmallIntegerField("毕业年份")
    day = models.DateField("期限")
    at = models.DateTimeField("设定时间")
    by_id = models.BigIntegerField("操作人编号", null=True)
    by_name = models.CharField("操作人", max_length=50)

    class Meta:
        verbose_name = verbose_name_plural = "毕业转接期限"
        constraints = [models.UniqueConstraint(fields=["organization", "year"], name="deadline_once_a_year")]
