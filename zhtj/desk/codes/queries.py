"""The codes of the direct subordinates as a list: who issued, who used, when, and in which state."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q, QuerySet

from accounts.models import Account
from orgs.scope import Scope
from regcodes.models import RegistrationCode
from regcodes.todo import expiring

VALID, EXPIRING, USED, EXPIRED, VOIDED = "valid", "expiring", "used", "expired", "voided"
STATES = [
    ("", "全部状态"),
    (VALID, "有效"),
    (EXPIRING, "即将到期"),
    (USED, "已使用"),
    (EXPIRED, "已过期"),
    (VOIDED, "已作废"),
]
BADGES = {VALID: "info", EXPIRING: "todo", USED: "done", EXPIRED: "void", VOIDED: "void"}


def codes(scope: Scope, *, state: str, text: str, now: datetime) -> QuerySet[RegistrationCode]:
    """The codes ever given to direct subordinates, for paging newest first by `newest`; never the code itself."""
    found = RegistrationCode.objects.filter(organization__parent=scope.root)
    if state:
        found = found.filter(_in_state(scope, state, now=now))
    if text:
        found = found.filter(
            Q(organization__short_name__icontains=text) | Q(organization__full_name__icontains=text)
        )
    return found.select_related("organization").defer("code_cipher").annotate(newest=-F("pk"))


def _in_state(scope: Scope, state: str, *, now: datetime) -> Q:
    standing = Q(used_at=None, voided_at=None)
    return {
        VALID: standing & Q(expires_at__gt=now),
        EXPIRING: Q(pk__in=expiring(scope, now=now).values("pk")),
        USED: Q(used_at__isnull=False),
        EXPIRED: standing & Q(expires_at__lte=now),
        VOIDED: Q(voided_at__isnull=False),
    }[state]


@dataclass(frozen=True)
class Row:
    """One line: the code's record, its state as badge, who used it."""

    code: RegistrationCode
    word: str
    kind: str
    user: str

    @property
    def is_open(self) -> bool:
        """Whether it can still be used, so that it has a page and can be voided."""
        return self.word in ("有效", "即将到期")


def rows(scope: Scope, found: Iterable[RegistrationCode], *, now: datetime) -> list[Row]:
    """The lines of a page: two queries."""
    page = list(found)
    names = dict(
        Account.objects.filter(pk__in=[each.used_by for each in page if each.used_by]).values_list(
            "pk", "name"
        )
    )
    soon = set(
        expiring(scope, now=now).filter(pk__in=[each.pk for each in page]).values_list("pk", flat=True)
    )
    return [_row(each, names, soon, now=now) for each in page]


def _row(code: RegistrationCode, names: dict[int, str], soon: set[int], *, now: datetime) -> Row:
    state = _state(code, soon, now=now)
    return Row(code, dict(STATES)[state], BADGES[state], names.get(code.used_by or 0, ""))


def _state(code: RegistrationCode, soon: set[int], *, now: datetime) -> str:
    if code.used_at:
        return USED
    if code.voided_at:
        return VOIDED
    if not code.is_valid(now=now):
        return EXPIRED
    return EXPIRING if code.pk in soon else VALID
