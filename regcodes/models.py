"""管理员注册码: one organisation, one seat, one use, 20 days (§4)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from orgs.models import Organization, alive_while
from zhtj.lib import crypto

from . import alphabet


class RegistrationCode(models.Model):
    """A code; `live` while neither used nor voided. Expiry is a matter of time, asked of `expires_at`."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="registration_codes")
    seat_number = models.PositiveSmallIntegerField("席位")
    code_index = models.BinaryField(max_length=16)
    folded_index = models.BinaryField(max_length=16, db_index=True)
    code_cipher = models.BinaryField()
    issued_by = models.BigIntegerField("签发人编号", null=True)
    issued_by_name = models.CharField("签发人", max_length=50)
    issued_at = models.DateTimeField("签发时间")
    expires_at = models.DateTimeField("有效期至")
    used_at = models.DateTimeField("使用时间", null=True)
    used_by = models.BigIntegerField("使用人编号", null=True)
    voided_at = models.DateTimeField("作废时间", null=True)
    live = alive_while(used_at=None, voided_at=None)

    class Meta:
        verbose_name = verbose_name_plural = "管理员注册码"
        constraints = [
            models.UniqueConstraint(fields=["code_index"], name="registration_code_unique"),
            models.UniqueConstraint(
                fields=["organization", "seat_number"],
                condition=Q(used_at=None, voided_at=None),
                name="registration_code_one_per_seat",
            ),
        ]

    def write_code(self, code: str) -> None:
        """Set the eight characters and what is derived from them."""
        self.code_index = code_index(code)
        self.folded_index = folded_index(code)
        self.code_cipher = crypto.encrypt(code, field="registration_code", bound=self.code_index)

    @property
    def code(self) -> str:
        """The eight characters, for the issuer's eyes while the code is valid."""
        return crypto.decrypt(self.code_cipher, field="registration_code", bound=bytes(self.code_index))

    @property
    def last_day(self) -> date:
        """The day at whose end, 24:00, the code ends."""
        return timezone.localdate(self.expires_at - timedelta(microseconds=1))

    def is_valid(self, *, now: datetime) -> bool:
        """Whether it can still be used."""
        return self.used_at is None and self.voided_at is None and now < self.expires_at


def code_index(code: str) -> bytes:
    """The blind index of a code, exactly as given."""
    return crypto.blind_index(code, field="registration_code")


def folded_index(code: str) -> bytes:
    """The blind index of a code without its case."""
    return crypto.blind_index(alphabet.fold(code), field="registration_code_folded")
