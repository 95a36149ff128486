"""团组织关系介绍信: the letter, and the numbers of its register (§6.8)."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import IntegerRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from orgs.models import Organization
from orgs.scope import Scope
from zhtj.lib import crypto

from ..enums import Landing
from .cases import Transfer

CODE_FIELD = "letter_code"
SECRET_UNIT = "系统外单位"


class Standing(models.TextChoices):
    """What has become of a letter; 过期 follows from the date and is never stored."""

    ISSUED = "issued", "已开具"
    ACCEPTED = "accepted", "已接收"
    RETURNED = "returned", "回执已返回"
    EXPIRED = "expired", "过期"
    VOID = "void", "作废"


STORED = [each for each in Standing.values if each != Standing.EXPIRED]


class LetterQuerySet(models.QuerySet):
    def within(self, scope: Scope):
        """The letters issued by organisations of the scope."""
        return self.filter(scope.q("issuer__path"))

    def standing(self, standing: str, *, today: date):
        """Those in a standing, 过期 included."""
        late = Q(valid_until__lt=today)
        if standing == Standing.EXPIRED:
            return self.filter(late, state=Standing.ISSUED)
        rows = self.filter(state=standing)
        return rows.exclude(late) if standing == Standing.ISSUED else rows

    def living(self):
        """Those not voided."""
        return self.exclude(state=Standing.VOID)


class Letter(models.Model):
    """One numbered letter about one case. What is printed was copied when it was issued and never changes.

    `register` is the organisation whose numbers it counts in: the issuer, or whoever gave the issuer a range.
    """

    register = models.ForeignKey(Organization, models.PROTECT, related_name="letters_registered")
    number = models.PositiveIntegerField("编号")
    issuer = models.ForeignKey(
        Organization, models.PROTECT, related_name="letters_issued", verbose_name="开具组织"
    )
    transfer = models.ForeignKey(Transfer, models.PROTECT, related_name="letters")
    addressee = models.ForeignKey(
        Organization, models.PROTECT, null=True, related_name="letters_received", verbose_name="接收组织"
    )
    code_index = models.BinaryField(max_length=16)
    code_cipher = models.BinaryField()

    name = models.CharField("姓名", max_length=50)
    facts = models.JSONField("人的资料", default=dict)  # by their labels; never a number
    issuer_name = models.CharField("开具组织全称", max_length=500)
    source_name = models.CharField("转出团支部全称", max_length=500)
    target_name = models.CharField("转入组织全称", max_length=500)
    addressee_name = models.CharField("接收组织全称", max_length=500)
    issued_on = models.DateField("开具日期")
    valid_until = models.DateField("有效期至")
    issued_at = models.DateTimeField("开具时间")
    issued_by_name = models.CharField("开具人", max_length=50)
    state = models.CharField("状态", max_length=8, choices=[(e.value, e.label) for e in Standing])
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")

    accepted_at = models.DateTimeField("接收时间", null=True)
    receipt_on = models.DateField("回执日期", null=True)
    receipt_from = models.CharField("接收团委", max_length=500, blank=True)
    receipt_clerk = models.CharField("经办人", max_length=50, blank=True)
    receipt_remark = models.CharField("回执备注", max_length=200, blank=True)
    receipt_online = models.BooleanField("网上接收", default=False)
    voided_at = models.DateTimeField("作废时间", null=True)
    voided_by_name = models.CharField("作废人", max_length=50, blank=True)
    void_reason = models.CharField("作废原因", max_length=200, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "团组织关系介绍信"
        constraints = [
            models.UniqueConstraint(fields=["register", "number"], name="letter_number_once"),
            models.UniqueConstraint(fields=["code_index"], name="letter_code_unique"),
            models.UniqueConstraint(
                fields=["transfer"],
                condition=~Q(state="void"),
                name="letter_one_living",
                violation_error_message="这次转接已开具介绍信",
            ),
            models.CheckConstraint(condition=Q(state__in=STORED), name="letter_state_stored"),
            models.CheckConstraint(
                condition=Q(state="void", voided_at__isnull=False) & ~Q(void_reason="")
                | ~Q(state="void") & Q(voided_at=None),
                name="letter_void_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | Q(receipt_on__isnull=False), name="letter_receipt_dated"
            ),
        ]
        indexes = [models.Index(fields=["issuer", "-id"], name="letter_by_issuer")]

    def __str__(self) -> str:
        return self.shown_number

    @property
    def shown_number(self) -> str:
        """第 001001 号: as it is printed and said."""
        return f"第 {self.number:06d} 号"

    @property
    def is_secret(self) -> bool:
        """Whether it goes to a unit that the paper alone names (§6.2)."""
        return self.transfer.landing == Landing.STORE

    @property
    def addressee_shown(self) -> str:
        """Whom it is addressed to, for pages and lists."""
        return SECRET_UNIT if self.is_secret else self.addressee_name

    @property
    def target_shown(self) -> str:
        """Where the person goes, for pages and lists."""
        return SECRET_UNIT if self.is_secret else self.target_name

    @property
    def code(self) -> str:
        """The symbols behind the QR code, for the printed sheet."""
        return crypto.decrypt(self.code_cipher, field=CODE_FIELD, bound=bytes(self.code_index))

    def write_code(self, code: str) -> None:
        """Set the code and what finds it again."""
        self.code_index = code_index(code)
        self.code_cipher = crypto.encrypt(code, field=CODE_FIELD, bound=self.code_index)

    def standing(self, *, today: date) -> Standing:
        """The state with 过期, which follows from the date."""
        if self.state == Standing.ISSUED and self.valid_until < today:
            return Standing.EXPIRED
        return Standing(self.state)


def code_index(code: str) -> bytes:
    """The blind index of a code as drawn."""
    return crypto.blind_index(code, field=CODE_FIELD)


class LetterBook(models.Model):
    """The own numbers of an organisation: where the search for the next free one begins."""

    organization = models.OneToOneField(Organization, models.PROTECT, related_name="letter_book")
    next_number = models.PositiveIntegerField("下一个编号", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "介绍信编号"


class LetterRange(models.Model):
    """Numbers of one organisation's register that another one below it gives out; `used` is the last given out.

    What was taken back unused is cut off at `last`, so that a range never used ends before it begins.
    """

    register = models.ForeignKey(Organization, models.PROTECT, related_name="letter_ranges_given")
    holder = models.ForeignKey(Organization, models.PROTECT, related_name="letter_ranges")
    first = models.PositiveIntegerField("起始编号")
    last = models.PositiveIntegerField("截止编号")
    used = models.PositiveIntegerField("已用到")
    given_at = models.DateTimeField("分配时间")
    given_by_name = models.CharField("分配人", max_length=50)

    class Meta:
        verbose_name = verbose_name_plural = "介绍信号段"
        constraints = [
            ExclusionConstraint(
                name="letter_ranges_apart",
                expressions=[
                    ("register", RangeOperators.EQUAL),
                    (
                        Func("first", F("last") + 1, function="INT4RANGE", output_field=IntegerRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message="号段与已分配的号段重叠",
            ),
            models.CheckConstraint(
                condition=Q(first__gte=1, last__gte=F("first") - 1, used__gte=F("first") - 1)
                & Q(used__lte=F("last")),
                name="letter_range_used_within",
            ),
        ]
        indexes = [models.Index(fields=["holder"], name="letter_range_by_holder")]

    @property
    def left(self) -> int:
        """How many numbers are left."""
        return self.last - self.used

    @property
    def gone(self) -> int:
        """How many numbers have been given out."""
        return self.used - self.first + 1
