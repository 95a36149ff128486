"""Posts held in organisations and the seats of their administrators (§4)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q, Value

from ..enums import SEATS, SECRETARY, Nature
from .living import alive_while
from .organization import Organization


class Post(models.Model):
    """A 团内职务 held in an organisation; a person holds at most one living post per organisation."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="posts", verbose_name="团干部"
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="posts", verbose_name="团组织"
    )
    title = models.CharField("团内职务", max_length=10)
    since = models.DateField("任现职年月", null=True, blank=True)
    nature = models.CharField("团干部性质", max_length=4, choices=Nature.choices, blank=True)
    in_party_committee = models.BooleanField("是否同级党委（支部）成员", null=True, blank=True)
    # False where a person with an account of his or her own was registered as 书记 without being asked: such a
    # post alone gives its organisation no hold on the password.
    agreed = models.BooleanField("本人知情", default=True)
    started_at = models.DateTimeField("登记时间", auto_now_add=True)
    ended_at = models.DateTimeField("终止时间", null=True)
    live = alive_while(ended_at=None)

    class Meta:
        verbose_name = verbose_name_plural = "团内职务"
        constraints = [
            models.UniqueConstraint(fields=["id", "organization", "live"], name="post_id_organization_live"),
            models.UniqueConstraint(
                fields=["account", "organization"],
                condition=Q(ended_at=None),
                name="post_one_per_organization",
            ),
            models.UniqueConstraint(
                fields=["organization"],
                condition=Q(ended_at=None, title=SECRETARY),
                name="post_one_secretary",
                violation_error_message="该组织已有书记",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Seat(models.Model):
    """An administrator's seat, number 1 or 2, held through a living post in the same organisation (§4)."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="seats", verbose_name="团组织"
    )
    number = models.PositiveSmallIntegerField("席位")
    post = models.OneToOneField(Post, models.PROTECT, related_name="seat", verbose_name="团内职务")
    since = models.DateTimeField("启用时间", auto_now_add=True)
    live = models.GeneratedField(
        expression=Value(True, output_field=models.BooleanField()),
        output_field=models.BooleanField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = verbose_name_plural = "管理员"
        constraints = [
            models.UniqueConstraint(fields=["organization", "number"], name="seat_once"),
            models.CheckConstraint(condition=Q(number__in=SEATS), name="seat_number_one_or_two"),
        ]
