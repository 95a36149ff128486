"""团员档案: the five papers of a person, the certificate in their place, reissued 团员证, scans of 入团志愿书 (§5)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from orgs.models import Organization, Petition


class PaperKind(models.TextChoices):
    """两表两书一证."""

    CANDIDATE = "candidate", "入团积极分子考察登记表"
    INFORMATION = "information", "团员信息登记表"
    APPLICATION = "application", "入团申请书"
    ADMISSION = "admission", "入团志愿书"
    CARD = "card", "团员证"


class PaperState(models.TextChoices):
    PRESENT = "present", "有"
    MISSING = "missing", "缺"
    CERTIFIED = "certified", "已出具证明"


class Holder(models.TextChoices):
    """Where a paper is; the words are the values."""

    RECORD = "学籍档案", "学籍档案"
    POST = "邮寄", "邮寄"
    SELF = "本人携带", "本人携带"
    COLLEGE = "学院团委", "学院团委"


class Paper(models.Model):
    """One paper of one person; without a row nobody has looked yet. It stays with the person, not with the 团籍."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="papers")
    kind = models.CharField("材料", max_length=12, choices=PaperKind.choices)
    state = models.CharField("状态", max_length=10, choices=PaperState.choices)
    holder = models.CharField("存放", max_length=6, choices=Holder.choices, blank=True)
    since = models.DateField("起始日期", null=True)
    received_on = models.DateField("转入接收日期", null=True)  # of the 团员证
    changed_at = models.DateTimeField("登记时间", default=timezone.now)
    changed_by_name = models.CharField("登记人", max_length=50)

    class Meta:
        verbose_name = verbose_name_plural = "档案材料"
        constraints = [
            models.UniqueConstraint(fields=["account", "kind"], name="paper_once"),
            models.CheckConstraint(
                condition=Q(state="present") ^ Q(holder=""), name="paper_present_has_holder"
            ),
            models.CheckConstraint(
                condition=Q(received_on=None) | Q(kind="card"), name="paper_received_is_card"
            ),
        ]


class Certificate(models.Model):
    """What the committee where the person joined certifies in place of missing papers; one per person."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="certificate")
    joined = models.DateField("入团时间")
    place = models.CharField("入团地点", max_length=120)
    introducers = models.CharField("入团介绍人", max_length=100)
    number = models.CharField("发展团员编号", max_length=12, blank=True)
    issuer = models.CharField("出具证明的团组织", max_length=120)
    issued_on = models.DateField("出具日期")
    changed_by_name = models.CharField("登记人", max_length=50)

    class Meta:
        verbose_name = verbose_name_plural = "入团证明"


class ReissueState(models.TextChoices):
    WAITING = "waiting", "待汇总"
    GATHERED = "gathered", "已汇总"
    DONE = "done", "已补办"


class Reissue(models.Model):
    """A lost 团员证 on the college's list, until the university's 团委 has reissued it."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="reissues")
    branch = models.ForeignKey(Organization, models.PROTECT, related_name="reissues")
    college = models.ForeignKey(Organization, models.PROTECT, related_name="reissue_lists")
    state = models.CharField("状态", max_length=8, choices=ReissueState.choices, default=ReissueState.WAITING)
    listed_at = models.DateTimeField("列入时间")
    gathered_at = models.DateTimeField("汇总时间", null=True)
    gathered_by_name = models.CharField("汇总人", max_length=50, blank=True)
    done_on = models.DateField("补办日期", null=True)
    done_by_name = models.CharField("补办登记人", max_length=50, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "补办团员证"
        constraints = [
            models.UniqueConstraint(fields=["account"], condition=~Q(state="done"), name="reissue_one_open"),
        ]
        indexes = [models.Index(fields=["college", "state"], name="reissue_by_college")]


class Scan(models.Model):
    """A PDF of the 入团志愿书, in encrypted pieces; valid once the direct superior has approved it."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="scans")
    petition = models.OneToOneField(Petition, models.PROTECT, null=True, related_name="scan")
    size = models.PositiveIntegerField("大小")
    uploaded_at = models.DateTimeField("上传时间")
    uploaded_by = models.BigIntegerField("上传人编号", null=True)
    uploaded_by_name = models.CharField("上传人", max_length=50)
    approved_at = models.DateTimeField("通过时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "入团志愿书扫描件"
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(approved_at__isnull=False), name="scan_one_approved"
            ),
        ]


class ScanPiece(models.Model):
    """One piece of a scan, encrypted for its place: pieces cannot be exchanged or left out unnoticed."""

    scan = models.ForeignKey(Scan, models.CASCADE, related_name="pieces")
    number = models.PositiveSmallIntegerField("序号")
    content_cipher = models.BinaryField("内容（密文）")

    class Meta:
        verbose_name = verbose_name_plural = "扫描件分段"
        constraints = [models.UniqueConstraint(fields=["scan", "number"], name="scan_piece_once")]
