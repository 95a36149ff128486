"""The record as a workbook, itself on record."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

from django.utils import timezone

from zhtj.audit.actor import Actor
from zhtj.audit.models import AuditEntry
from zhtj.audit.record import record
from zhtj.lib import exports

from .queries import COLUMNS, lines

MOST = 10_000


def export(
    entries: Iterable[AuditEntry],
    *,
    actor: Actor,
    seat: int | None = None,
    organization: Any = None,
    account: Any = None,
) -> bytes:
    """The newest rows, at most MOST, with whose copy it is in the last line."""
    rows = [line.cells for line in lines(islice(entries, MOST), seat=seat)]
    record(
        "audit.exported", actor=actor, organization=organization, account=account, detail={"rows": len(rows)}
    )
    moment = timezone.localtime()
    who = " ".join(each for each in (actor.seat_organization_name, actor.account_name) if each)
    note = f"{who} 于 {moment:%Y-%m-%d %H:%M} 导出 {len(rows)} 行，编号 {actor.act}。"
    return exports.workbook("操作记录", COLUMNS, rows, note=note)
