"""介绍信登记簿 as a workbook; numbers of people are not in it (§6.8)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import islice

from django.utils import timezone

from orgs.scope import Scope
from zhtj.audit.record import record
from zhtj.lib import exports

from ..models import Letter

MOST = 10_000
COLUMNS = (
    "编号",
    "状态",
    "开具组织",
    "姓名",
    "转出团支部",
    "致",
    "转往",
    "开具日期",
    "有效期至",
    "开具人",
    "回执日期",
    "接收团委",
    "经办人",
    "作废原因",
)


def register(letters: Iterable[Letter], *, actor: Scope, today: date) -> bytes:
    """The first MOST letters of the list."""
    rows = [cells(each, today=today) for each in islice(letters, MOST)]
    record("letters.exported", actor=actor, organization=actor.root, detail={"rows": len(rows)})
    who = f"{actor.seat_organization_name} {actor.account_name}".strip()
    note = f"{who} 于 {timezone.localtime():%Y-%m-%d %H:%M} 导出 {len(rows)} 行，编号 {actor.act}。"
    return exports.workbook("介绍信登记簿", COLUMNS, rows, note=note, code=(0,))


def cells(letter: Letter, *, today: date) -> list[str]:
    """The line as the export writes it."""
    return [
        f"{letter.number:06d}",
        str(letter.standing(today=today).label),
        letter.issuer_name,
        letter.name,
        letter.source_name,
        letter.addressee_shown,
        letter.target_shown,
        f"{letter.issued_on:%Y-%m-%d}",
        f"{letter.valid_until:%Y-%m-%d}",
        letter.issued_by_name,
        f"{letter.receipt_on:%Y-%m-%d}" if letter.receipt_on else "",
        letter.receipt_from,
        letter.receipt_clerk,
        letter.void_reason,
    ]
