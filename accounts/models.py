"""The person who signs in: one account per ID number, for ever (§3)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac

from zhtj.lib import crypto
from zhtj.lib.initials import initials

from . import idcard
from .enums import PoliticalStatus, Sex, SignInState


class AccountQuerySet(models.QuerySet):
    def with_number(self, number: str):
        """The account (at most one) whose ID number is `number`, exactly as normalised."""
        return self.filter(id_index=number_index(number))


class AccountManager(models.Manager.from_queryset(AccountQuerySet)):
    def get_by_natural_key(self, number: str) -> Account:
        return self.with_number(number).get()


def number_index(number: str) -> bytes:
    """The blind index of a normalised ID number."""
    return crypto.blind_index(number, field="id_number")


def phone_index(phone: str) -> bytes:
    """The blind index of a normalised phone number."""
    return crypto.blind_index(phone, field="phone")


def _of_numbers(numbers: Sequence[tuple[str, bytes]]) -> list[dict[str, Any]]:
    """The stored columns that follow from ID numbers, each given with its index."""
    ciphers = crypto.encrypt_all(numbers, field="id_number")
    return [
        {
            "id_index": index,
            "id_cipher": cipher,
            "birth_date": idcard.birth_date(number),
            "sex": idcard.sex(number),
        }
        for (number, index), cipher in zip(numbers, ciphers, strict=True)
    ]


def _of_phones(phones: Sequence[tuple[str, bytes]]) -> list[dict[str, Any]]:
    """The stored columns of phones, each bound to the ID's index; empty without one."""
    ciphers = iter(crypto.encrypt_all([pair for pair in phones if pair[0]], field="phone"))
    return [
        {"phone_index": phone_index(phone), "phone_cipher": next(ciphers)}
        if phone
        else {"phone_index": None, "phone_cipher": None}
        for phone, _ in phones
    ]


class Account(AbstractBaseUser):
    """A person. The ID number and phone are encrypted; names, birth date and sex are plain for search and figures."""

    password = models.CharField("密码", max_length=128, blank=True)
    name = models.CharField("姓名", max_length=50)
    initials = models.CharField("拼音首字母", max_length=50, db_collation="C", blank=True)
    id_cipher = models.BinaryField("身份证号码（密文）")
    id_index = models.BinaryField("身份证号码（索引）", max_length=16)
    phone_cipher = models.BinaryField("手机号码（密文）", null=True)
    phone_index = models.BinaryField("手机号码（索引）", max_length=16, null=True)
    birth_date = models.DateField("出生日期")
    sex = models.CharField("性别", max_length=1, choices=Sex.choices)

    ethnicity = models.CharField("民族", max_length=10, blank=True)
    political_status = models.CharField(
        "政治面貌", max_length=10, choices=PoliticalStatus.choices, blank=True
    )
    education = models.CharField("学历", max_length=10, blank=True)
    email = models.EmailField("邮箱", blank=True)
    qq = models.CharField("QQ", max_length=20, blank=True)
    wechat = models.CharField("微信", max_length=40, blank=True)
    weibo = models.CharField("微博", max_length=60, blank=True)
    occupation = models.CharField("职业", max_length=60, blank=True)
    workplace = models.CharField("学习/工作单位", max_length=120, blank=True)
    household = models.CharField("户籍所在地", max_length=120, blank=True)
    league_joined = models.DateField(
        "入团年月", null=True, blank=True
    )  # of cadres without 团籍; else Member.joined
    party_joined = models.DateField("入党年月", null=True, blank=True)
    is_volunteer = models.BooleanField("是否注册志愿者", null=True, blank=True)
    volunteer_since = models.DateField("注册志愿者时间", null=True, blank=True)

    sign_in_state = models.CharField(
        "登录状态", max_length=8, choices=SignInState.choices, default=SignInState.INITIAL
    )
    initial_since = models.DateTimeField("初始密码启用时间", null=True, blank=True)
    name_failures = models.PositiveSmallIntegerField("姓名核对失败次数", default=0)
    initial_closed_until = models.DateTimeField("初始密码暂停至", null=True, blank=True)
    password_set_at = models.DateTimeField("密码设置时间", null=True, blank=True)
    visited_at = models.DateTimeField("最近登录时间", null=True, blank=True)
    visited_before = models.DateTimeField("此前登录时间", null=True, blank=True)  # latest on an earlier day
    closed_at = models.DateTimeField("停用时间", null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="已合并到"
    )
    created_at = models.DateTimeField("建立时间", auto_now_add=True)

    objects = AccountManager()

    USERNAME_FIELD = "id_index"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        verbose_name = verbose_name_plural = "账号"
        constraints = [
            models.UniqueConstraint(
                fields=["id_index"], name="account_id_unique", violation_error_message="身份证已注册"
            ),
            models.CheckConstraint(
                condition=Q(sign_in_state="set") ^ Q(password=""), name="account_password_matches_state"
            ),
        ]
        indexes = [
            # Serves the beginnings of names too: the database's own order of texts would not.
            models.Index(fields=["name"], name="account_by_name", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["initials"], name="account_by_initials"),
            models.Index(fields=["phone_index"], name="account_by_phone"),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def build(cls, *, number: str, name: str, phone: str = "", **facts) -> Account:
        """An unsaved account for a valid, normalised ID number; everything derivable is derived."""
        return cls(**cls.columns(number=number, name=name, phone=phone), **facts)

    @staticmethod
    def columns(*, number: str, name: str, phone: str = "") -> dict[str, Any]:
        """What is stored of a valid, normalised ID number, a name and a phone."""
        return Account.columns_of([(number_index(number), number, name, phone)])[0]

    @staticmethod
    def columns_of(people: Sequence[tuple[bytes, str, str, str]]) -> list[dict[str, Any]]:
        """The same of many people, each given as the blind index of the ID number, that number, name and phone."""
        of_numbers = _of_numbers([(number, index) for index, number, _, _ in people])
        of_phones = _of_phones([(phone, index) for index, _, _, phone in people])
        return [
            {"name": name, "initials": initials(name), **of_number, **of_phone}
            for (_, _, name, _), of_number, of_phone in zip(people, of_numbers, of_phones, strict=True)
        ]

    def write_number(self, number: str) -> None:
        """Set the ID number and what follows from it. The phone is bound to it: write the phone afterwards."""
        self._set(_of_numbers([(number, number_index(number))])[0])

    def write_phone(self, phone: str) -> None:
        """Set or clear the phone number."""
        self._set(_of_phones([(phone, bytes(self.id_index))])[0])

    def _set(self, columns: dict[str, Any]) -> None:
        for name, value in columns.items():
            setattr(self, name, value)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """A corrected ID number ends every session, as a new password does."""
        bound = f"{self.password}/{bytes(self.id_index).hex()}"
        return salted_hmac("accounts.session", bound, secret=secret, algorithm="sha256").hexdigest()

    @property
    def id_number(self) -> str:
        """The full ID number: never shown without a reveal that is logged."""
        return crypto.decrypt(self.id_cipher, field="id_number", bound=bytes(self.id_index))

    @property
    def phone(self) -> str:
        """The full phone number, or an empty text."""
        if self.phone_cipher is None:
            return ""
        return crypto.decrypt(self.phone_cipher, field="phone", bound=bytes(self.id_index))

    @property
    def masked_id(self) -> str:
        """`110***********1234`; the tail is hidden too while it is the initial password."""
        return idcard.mask(self.id_number, hide_tail=self.sign_in_state == SignInState.INITIAL)

    @property
    def masked_phone(self) -> str:
        """`138****5678`, or an empty text."""
        phone = self.phone
        return f"{phone[:3]}****{phone[-4:]}" if phone else ""

    @property
    def is_active(self) -> bool:
        """Whether the account may be signed in to."""
        return self.closed_at is None


class ResetCode(models.Model):
    """A 重置密码验证码: one person, single use, stored keyed, shown once; a new one replaces the old (§3)."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="reset_code")
    code_hash = models.BinaryField("验证码（密文）", max_length=32)
    issued_by = models.BigIntegerField("签发人编号", null=True)
    issued_by_name = models.CharField("签发人", max_length=50)
    issued_at = models.DateTimeField("签发时间")
    expires_at = models.DateTimeField("有效期至")
    used_at = models.DateTimeField("使用时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "重置密码验证码"


class AttemptCount(models.Model):
    """Tries and failures of one kind and key in one time window; keys are HMACs, one statement counts (§3)."""

    kind = models.CharField(max_length=24)
    key = models.BinaryField(max_length=16)
    subkey = models.BinaryField(max_length=16, default=b"")
    window = models.DateTimeField()
    tries = models.PositiveIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = verbose_name_plural = "尝试计数"
        constraints = [
            models.UniqueConstraint(fields=["kind", "key", "subkey", "window"], name="attempt_count_once")
        ]
        indexes = [models.Index(fields=["window"], name="attempt_count_by_window")]


class FailureTrail(models.Model):
    """The moments of the last failures for one key: enough to tell exactly whether and until when it waits."""

    kind = models.CharField(max_length=24)
    key = models.BinaryField(max_length=16)
    recent = ArrayField(models.DateTimeField())

    class Meta:
        verbose_name = verbose_name_plural = "最近失败"
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="failure_trail_once")]


class Notice(models.Model):
    """A sentence told to one person about something that happened without him or her; shown in 操作中心 until read."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="notices")
    text = models.CharField("内容", max_length=200)
    url = models.CharField("去处", max_length=200, blank=True)
    at = models.DateTimeField("时间")
    read_at = models.DateTimeField("阅读时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "通知"
        indexes = [
            models.Index(fields=["account", "-id"], name="notice_by_account"),
            models.Index(fields=["account"], name="notice_unread", condition=Q(read_at=None)),
        ]
