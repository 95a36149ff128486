"""批量导出: the codes of many direct subordinates at once, kept where valid and made where missing (§4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from orgs import tree
from orgs.enums import SEATS
from orgs.models import Organization, Seat
from orgs.scope import Scope
from zhtj.audit.models import AuditEntry
from zhtj.audit.record import entry, record
from zhtj.lib import copying
from zhtj.lib.retry import retried
from zhtj.lib.verdict import YES, Verdict, no

from . import rules
from .codes import draw
from .models import RegistrationCode

MOST = 5000
EXCEL, SLIPS = "excel", "slips"
TOO_MANY = no(f"一次最多 {MOST:,} 个组织", cause="too_many", remedy="，请用筛选缩小范围后分次办理。")
NOBODY = no("没有选中任何组织", cause="nobody", remedy="，请先在列表中勾选。")


@dataclass(frozen=True)
class Line:
    """One chosen subordinate: the code it has or gets, or the verdict that says why it gets none.

    `is_new` says that the code is not there yet (in a plan) or was made just now; `seat` is the one it is for.
    """

    organization: Organization
    verdict: Verdict
    code: RegistrationCode | None = None
    is_new: bool = False
    seat: int = 0

    @property
    def word(self) -> str:
        """The state for the page and the sheet."""
        if not self.verdict:
            return "名额已满" if self.verdict.cause == "full" else "不分配"
        return "新分配" if self.is_new else "有效"


def may_hand_out(count: int) -> Verdict:
    """Whether so many can be done at once."""
    if count == 0:
        return NOBODY
    return YES if count <= MOST else TOO_MANY


def plan(organizations: Sequence[Organization], *, actor: Scope, now: datetime) -> list[Line]:
    """What `hand_out` would do with these direct subordinates, in their order: two queries for any number."""
    taken: dict[int, set[int]] = {each.pk: set() for each in organizations}
    for organization, number in Seat.objects.filter(organization__in=taken).values_list(
        "organization_id", "number"
    ):
        taken[organization].add(number)
    codes: dict[int, list[RegistrationCode]] = {each.pk: [] for each in organizations}
    for code in _standing(taken):
        codes[code.organization_id].append(code)
    return [_line(each, taken[each.pk], codes[each.pk], actor=actor, now=now) for each in organizations]


@retried
@transaction.atomic
def hand_out(chosen: Iterable[int], *, way: str, actor: Scope, now: datetime) -> list[Line]:
    """Keep valid codes, make the missing ones, and record each that is handed out. Raises Refused.

    `chosen` are ids; those that are no living direct subordinates of the actor are left out. All or nothing.
    """
    organizations = _locked(chosen, actor=actor)
    may_hand_out(len(organizations)).demand()
    lines = plan(organizations, actor=actor, now=now)
    _void_expired([line.organization for line in lines if line.is_new], actor=actor, now=now)
    made = _make([line for line in lines if line.is_new], actor=actor, now=now)
    lines = [made.get(line.organization.pk, line) for line in lines]
    _record(lines, actor=actor)
    counts = {"way": way, "codes": sum(bool(line.code) for line in lines), "new": len(made)}
    record("regcodes.exported", actor=actor, organization=actor.root, detail=counts)
    return lines


def _locked(chosen: Iterable[int], *, actor: Scope) -> list[Organization]:
    """The living direct subordinates among them, held like those of a single code, by id."""
    below = Organization.objects.living().filter(parent=actor.root, pk__in=list(chosen))
    tree.entering(*below.values_list("path", flat=True))
    rows = below.select_related("parent").select_for_update(of=("self",), no_key=True)
    return list(rows.order_by("pk"))


def _standing(organizations: Iterable[int]) -> list[RegistrationCode]:
    codes = RegistrationCode.objects.filter(organization__in=organizations, used_at=None, voided_at=None)
    return list(codes.order_by("organization", "seat_number"))


def _line(
    organization: Organization,
    taken: set[int],
    codes: list[RegistrationCode],
    *,
    actor: Scope,
    now: datetime,
) -> Line:
    free = [number for number in SEATS if number not in taken]
    verdict = rules.may_issue(actor, organization, free=free)
    if not verdict:
        return Line(organization, verdict)
    valid = next((code for code in codes if code.is_valid(now=now) and code.seat_number in free), None)
    return Line(organization, YES, valid, is_new=valid is None, seat=free[0])


def _void_expired(organizations: list[Organization], *, actor: Scope, now: datetime) -> None:
    """What has expired makes room for the new code of the same seat."""
    named = {each.pk: each for each in organizations}
    expired = [code for code in _standing(named) if not code.is_valid(now=now)]
    RegistrationCode.objects.filter(pk__in=[code.pk for code in expired]).update(voided_at=now)
    AuditEntry.objects.bulk_create(
        entry(
            "regcodes.voided",
            actor=actor,
            organization=named[code.organization_id],
            detail={"code_id": code.pk},
        )
        for code in expired
    )


def _make(lines: list[Line], *, actor: Scope, now: datetime) -> dict[int, Line]:
    """A new code for the lowest free seat of each, by the organisation's id."""
    codes = [draw(line.organization, line.seat, actor=actor, now=now) for line in lines]
    copying.insert(codes)
    made = zip(lines, codes, strict=True)
    return {line.organization.pk: replace(line, code=code) for line, code in made}


def _record(lines: list[Line], *, actor: Scope) -> None:
    """One row for every code: made, or shown again."""
    AuditEntry.objects.bulk_create(
        entry(
            "regcodes.issued" if line.is_new else "regcodes.shown",
            actor=actor,
            organization=line.organization,
            detail={
                "code_id": line.code.pk,
                "seat": line.code.seat_number,
                "expires_at": line.code.expires_at.isoformat(),
            },
        )
        for line in lines
        if line.code
    )
