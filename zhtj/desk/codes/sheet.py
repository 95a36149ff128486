"""The workbook of 批量导出: one row per organisation (§4)."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from orgs.scope import Scope
from regcodes.bulk import Line
from zhtj.lib import exports

COLUMNS = ("组织全称", "组织类别", "管理员注册码", "有效期至", "状态")
CODE = 2


def build(lines: list[Line], *, actor: Scope, now: datetime) -> bytes:
    """The sheet 管理员注册码, with whose copy it is in its last line."""
    moment = timezone.localtime(now)
    note = (
        f"{actor.seat_organization_name} {actor.account_name} 于 {moment:%Y-%m-%d %H:%M} 导出，"
        f"编号 {actor.act}。注册码区分大小写，一码只能注册一人，请只交给指定的人。"
    )
    return exports.workbook("管理员注册码", COLUMNS, [_row(line) for line in lines], note=note, code=[CODE])


def _row(line: Line) -> list[str]:
    code = line.code
    until = f"{code.last_day:%Y-%m-%d} 24:00" if code else ""
    return [
        line.organization.full_name,
        line.organization.get_category_display(),
        code.code if code else "",
        until,
        line.word,
    ]
