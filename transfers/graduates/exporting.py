"""毕业进度 and the names behind it as workbooks, each recorded with its number (§6.6)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from orgs.models import Organization
from orgs.scope import Scope
from zhtj.audit.record import record
from zhtj.lib import exports
from zhtj.lib.verdict import Refused, no

from . import counting, lists
from .lists import Line, Person

COLUMNS = (
    "组织简称",
    "组织全称",
    "毕业生团支部",
    "应毕业",
    "未发起",
    "办理中",
    "已完成",
    "发起率",
    "完成率",
    "不计入",
    "期限",
)
NAMES = ("姓名", "身份证号码", "团支部", "情况", "去向", "转入组织", "转接状态", "标记")


@transaction.atomic
def progress(
    organization: Organization, lines: Sequence[Line], year: int, *, actor: Scope, now: datetime
) -> bytes:
    """The table, the whole in its first line."""
    record(
        "graduates.exported",
        actor=actor,
        organization=organization,
        detail={"rows": len(lines), "remark": f"{year}年毕业进度"},
    )
    note = f"{year}年毕业生，各含全部下级。{_copy(actor, now)}"
    return exports.workbook("毕业进度", COLUMNS, [_cells(each) for each in lines], note=note)


def _cells(line: Line) -> list[str]:
    tally = line.tally
    return [
        line.organization.short_name,
        line.organization.full_name,
        str(tally.classes),
        str(tally.base),
        str(tally.waiting),
        str(tally.going),
        str(tally.done),
        str(tally.started) if tally.base else "",
        str(tally.finished) if tally.base else "",
        str(tally.spared),
        f"{line.limit.day:%Y-%m-%d}",
    ]


@transaction.atomic
def names(organization: Organization, year: int, *, today: date, actor: Scope, now: datetime) -> bytes:
    """Everybody of the year with masked numbers, group after group. Raises Refused where they are too many."""
    groups = [(group, lists.named(organization, group, year, today=today)) for group in counting.GROUPS]
    total = sum(found.count() for _, found in groups)
    if total > settings.EXPORT_ROWS:
        reason = f"名单有{total}人，一次最多导出{settings.EXPORT_ROWS}人"
        raise Refused(no(reason, cause="too_many", remedy="，请进入下级组织分别导出。"))
    rows = [
        _row(person, counting.GROUPS[group])
        for group, found in groups
        for person in _ordered(lists.persons(actor, found))
    ]
    record(
        "graduates.exported",
        actor=actor,
        organization=organization,
        detail={"rows": len(rows), "remark": f"{year}年毕业生名单"},
    )
    note = f"{year}年毕业生，号码隐藏中间几位。{_copy(actor, now)}"
    return exports.workbook("毕业生", NAMES, rows, note=note)


def _ordered(found: Iterable[Person]) -> list[Person]:
    return sorted(found, key=lambda each: (each.branch.path, each.account.pk))


def _row(person: Person, group: str) -> list[str]:
    return [
        person.account.name,
        person.account.masked_id,
        person.branch.full_name,
        group,
        person.plan.get_kind_display() if person.plan else "",
        person.where,
        person.badge[0] if person.badge else "",
        person.marked,
    ]


def _copy(actor: Scope, now: datetime) -> str:
    at = f"{timezone.localtime(now):%Y-%m-%d %H:%M}"
    return f"{actor.seat_organization_name} {actor.account_name} 于 {at} 导出，编号 {actor.act}。"
