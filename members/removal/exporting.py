"""移除记录 as a workbook, numbers masked; itself on record."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from django.utils import timezone

from orgs.scope import Scope
from zhtj.audit.record import record
from zhtj.lib import exports

from ..models import Removal
from . import queries

MOST = 10_000


def export(removals: Iterable[Removal], *, actor: Scope) -> bytes:
    """The newest rows, at most MOST, with whose copy it is in the last line."""
    now = timezone.now()
    rows = [each.cells for each in queries.lines(actor, islice(removals, MOST), now=now)]
    record("members.removals_exported", actor=actor, organization=actor.root, detail={"rows": len(rows)})
    who = f"{actor.seat_organization_name} {actor.account_name}".strip()
    note = f"{who} 于 {timezone.localtime(now):%Y-%m-%d %H:%M} 导出 {len(rows)} 行，编号 {actor.act}。"
    return exports.workbook("移除记录", queries.COLUMNS, rows, note=note, code=(1, 4))
