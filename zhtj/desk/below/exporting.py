"""The list of subordinates as a workbook, exactly as it is filtered and sorted; the handing out is on record."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from orgs.scope import Scope
from zhtj.audit.record import record
from zhtj.lib import exports

from .. import queries
from ..queries import Row, Wanted
from . import ordering

COLUMNS = (
    "组织简称",
    "组织全称",
    "组织类别",
    "管理员",
    "管理员注册码",
    "有效期至",
    "组织信息",
    "还缺",
    "组织信息完善率（含下级）",
    "下级组织",
    "团员",
)


@transaction.atomic
def export(wanted: Wanted, sort: str, *, actor: Scope, now: datetime) -> bytes:
    """The .xlsx of every row the filter lets through."""
    assert actor.root is not None, "the page is for administrators"
    counted = queries.counted(queries.subordinates(actor.root, wanted))
    found = ordering.ordered(counted, sort).order_by(*ordering.SORTS.get(sort, ("pk",)))
    rows = queries.rows(actor, list(found), now=now)
    detail = {"rows": len(rows), "category": wanted.category, "lacking": wanted.lacking, "sort": sort}
    record("desk.subordinates_exported", actor=actor, organization=actor.root, detail=detail)
    note = (
        f"{actor.seat_organization_name} {actor.account_name} 于 {timezone.localtime(now):%Y-%m-%d %H:%M} 导出 "
        f"{len(rows)} 行，编号 {actor.act}。"
    )
    return exports.workbook("下级组织", COLUMNS, [_cells(row) for row in rows], note=note)


def _cells(row: Row) -> list[str]:
    organization, code = row.organization, row.code
    return [
        organization.short_name,
        organization.full_name,
        organization.get_category_display(),
        "、".join(row.administrators),
        code.word,
        f"{code.until:%Y-%m-%d}" if code.until else "",
        "未完善" if row.lacks else "已完善",
        "、".join(row.lacks),
        str(row.rate),
        "" if organization.is_branch else str(row.children),
        str(row.members),
    ]
