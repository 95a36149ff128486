"""自行注册: what a person asks of a branch before there is an account (§3 Ways in, 2)."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from orgs.models import Organization
from zhtj.lib.sealed import Sealed


class ApplicationKind(models.TextChoices):
    """共青团员注册 gives a 团籍; 团干部注册 gives a post in the branch beside it."""

    MEMBER = "member", "共青团员注册"
    CADRE = "cadre", "团干部注册"


class ApplicationState(models.TextChoices):
    PENDING = "pending", "待审批"
    RETURNED = "returned", "已退回"
    APPROVED = "approved", "已通过"
    WITHDRAWN = "withdrawn", "已撤回"
    ENDED = "ended", "已由管理员录入"


OPEN = (ApplicationState.PENDING, ApplicationState.RETURNED)


class ReturnReason(models.TextChoices):
    """Why an application goes back; the text beside it says the rest."""

    FACTS = "facts", "资料需要更正"
    IDENTITY = "identity", "姓名或身份证号码与证件不符"
    PAPERS = "papers", "需要出示团员证等证明"
    ELSEWHERE = "elsewhere", "不属于本团支部"
    REGISTERED = "registered", "身份证已注册"
    OTHER = "other", "其他"
    CLOSED = "closed", "团支部已撤销或合并"  # by the system alone


class Application(models.Model):
    """One application: no account, and it reserves neither ID nor number. The content is encrypted together.

    `payload_cipher` is None once the content has had its time; the state stays. An application sent again keeps the
    reason of its last return.
    """

    key = models.UUIDField(default=uuid.uuid4, editable=False)
    receipt = models.CharField("受理号", max_length=16, unique=True)
    kind = models.CharField("注册方式", max_length=8, choices=ApplicationKind.choices)
    branch = models.ForeignKey(Organization, models.PROTECT, related_name="applications")
    state = models.CharField(
        "状态", max_length=10, choices=ApplicationState.choices, default=ApplicationState.PENDING
    )
    id_index = models.BinaryField("身份证号码（索引）", max_length=16)
    payload_cipher = models.BinaryField("内容（密文）", null=True)
    payload = Sealed("payload_cipher", field="application")  # what was filled in, as the form takes it
    submitted_at = models.DateTimeField("提交时间")
    decided_at = models.DateTimeField("办理时间", null=True)
    decided_by = models.BigIntegerField("办理人编号", null=True)
    decided_by_name = models.CharField("办理人", max_length=50, blank=True)
    reason = models.CharField("退回原因", max_length=12, choices=ReturnReason.choices, blank=True)
    remark = models.CharField("退回说明", max_length=200, blank=True)
    account_id = models.BigIntegerField("账号编号", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "注册申请"
        indexes = [
            models.Index(fields=["branch", "state", "id"], name="application_by_branch"),
            models.Index(fields=["id_index"], name="application_by_id", condition=Q(state__in=OPEN)),
        ]
