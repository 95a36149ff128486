"""Work on large subtrees that goes on in the background."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from .organization import Organization


class JobState(models.TextChoices):
    WAITING = "waiting", "等待处理"
    RUNNING = "running", "正在更名"
    DONE = "done", "已完成"
    FAILED = "failed", "未完成"


OPEN = (JobState.WAITING, JobState.RUNNING)


class TreeJob(models.Model):
    """A rename of a large subtree: who asked in which seat, how far it is, and why it ended."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="tree_jobs")
    short_name = models.CharField("新的组织简称", max_length=60)
    state = models.CharField("状态", max_length=8, choices=JobState.choices, default=JobState.WAITING)
    done = models.PositiveIntegerField("已更名", default=0)
    total = models.PositiveIntegerField("共", default=0)
    message = models.TextField("说明", blank=True)
    asked_by = models.BigIntegerField("发起人编号", null=True)
    asked_by_name = models.CharField("发起人", max_length=50)
    asked_for = models.BigIntegerField("以何组织", null=True)
    asked_at = models.DateTimeField("发起时间", auto_now_add=True)
    finished_at = models.DateTimeField("结束时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "组织更名"
        constraints = [
            models.UniqueConstraint(
                fields=["organization"],
                condition=Q(state__in=["waiting", "running"]),
                name="tree_job_one_open",
            )
        ]

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.state in OPEN
