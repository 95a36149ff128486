"""The state of organisations' registration codes, in words, and what was typed into the form (§4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from orgs.enums import SEATS
from orgs.models import Organization

from .models import RegistrationCode, code_index, folded_index


@dataclass(frozen=True)
class CodeState:
    """未分配, 有效, 已过期, 已使用 or 名额已满; `kind` is the colour of its badge."""

    word: str
    kind: str
    until: date | None = None

    def __str__(self) -> str:
        return f"{self.word}（至 {self.until:%Y-%m-%d}）" if self.until else self.word


NONE = CodeState("未分配", "neutral")
EXPIRED = CodeState("已过期", "void")
USED = CodeState("已使用", "done")
FULL = CodeState("名额已满", "info")


def states(
    organizations: Iterable[Organization], seats: dict[int, int], *, now: datetime
) -> dict[int, CodeState]:
    """For each organisation's id its state; `seats` says how many administrators each has. One query."""
    codes: dict[int, list[RegistrationCode]] = {}
    wanted = [each.pk for each in organizations]
    for code in RegistrationCode.objects.filter(organization__in=wanted).defer("code_cipher").order_by("pk"):
        codes.setdefault(code.organization_id, []).append(code)
    return {pk: _state(codes.get(pk, []), seats.get(pk, 0), now=now) for pk in wanted}


def _state(codes: list[RegistrationCode], seats: int, *, now: datetime) -> CodeState:
    """The most telling word: nothing left to give, a valid code, then what became of the last one."""
    if seats >= len(SEATS):
        return FULL
    valid = next((code for code in codes if code.is_valid(now=now)), None)
    if valid:
        return CodeState("有效", "todo", valid.last_day)
    standing = [code for code in codes if code.voided_at is None]
    if not standing:
        return NONE
    return USED if standing[-1].used_at else EXPIRED


def valid_code(organization: Organization, *, now: datetime) -> RegistrationCode | None:
    """The code that can be used now, if there is one."""
    codes = organization.registration_codes.filter(used_at=None, voided_at=None, expires_at__gt=now)
    return codes.select_related("organization__parent").order_by("seat_number").first()


def typed(code: str) -> RegistrationCode | None:
    """The code that was typed, exactly or but for its case; whose organisation was deleted is none."""
    codes = RegistrationCode.objects.filter(organization__deleted_at=None).select_related(
        "organization__parent"
    )
    exact = codes.filter(code_index=code_index(code)).first()
    return exact or codes.filter(folded_index=folded_index(code)).order_by("-pk").first()
