"""录入进度 as a workbook: all direct subordinates in the order of the page, with the whole in the first line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from orgs.models import Organization
from orgs.scope import Scope
from zhtj.audit.record import record
from zhtj.lib import exports

from .rows import Row

COLUMNS = (
    "组织简称",
    "组织全称",
    "组织类别",
    "团支部",
    "团员",
    "团干部",
    "组织信息已完善",
    "组织信息完善率",
    "录入已完成",
    "应完成",
    "录入完成率",
    "资料不完整的团员",
    "资料不完整的团干部",
    "未激活",
    "未激活占比",
)


@transaction.atomic
def export(
    organization: Organization, rows: Sequence[Row], *, at: datetime | None, actor: Scope, now: datetime
) -> bytes:
    """The .xlsx; `at` is when the figures were rolled up, None for counted now."""
    detail = {"rows": len(rows)}
    record("desk.progress_exported", actor=actor, organization=organization, detail=detail)
    note = (
        f"数字截至 {timezone.localtime(at or now):%Y-%m-%d %H:%M}，含各组织的全部下级。"
        f"{actor.seat_organization_name} {actor.account_name} 于 {timezone.localtime(now):%Y-%m-%d %H:%M} 导出，"
        f"编号 {actor.act}。"
    )
    return exports.workbook("录入进度", COLUMNS, [_cells(row) for row in rows], note=note)


def _cells(row: Row) -> list[str]:
    organization = row.organization
    numbers = (
        row.branches,
        row.members,
        row.cadres,
        row.informed.complete,
        row.informed,
        row.entered.complete,
        row.entered.asked,
        row.entered,
        row.members_lacking,
        row.cadres_lacking,
        row.inactive,
        row.inactive_share,
    )
    names = [organization.short_name, organization.full_name, organization.get_category_display()]
    return [*names, *map(str, numbers)]
