"""What the pages of 撤销导入 show: effects in numbers, the rows that stay as lines, and their workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import Account
from orgs.models import Organization
from orgs.scope import Scope
from zhtj.audit.record import record
from zhtj.lib import exports
from zhtj.lib.arrays import IsAnyOf
from zhtj.lib.verdict import Refused, no
from zhtj.lib.writing import dt

from ..models import BatchState, ImportBatch, Member
from . import plan, undo, undoing
from .queries import SIZE
from .undo import Rehearsal

COLUMNS = ("行", "姓名", "身份证号码", "所在团支部", "保留原因")
UNREHEARSED = {
    "effects": (
        "新录入的人，账号、团籍和团内职务一并撤回",
        "导入前已有账号的人，恢复为导入前的样子",
        "导入后有改动的人不撤销，保持现状，完成后逐个列出",
    ),
    "submit": "撤销导入",
}


def announced(rehearsal: Rehearsal) -> dict[str, Any]:
    """What will happen to whom, in numbers, and the words of the button; or that there is nothing to undo."""
    told = (
        (rehearsal.made, "人由这次导入新录入，账号、团籍和团内职务一并撤回"),
        (rehearsal.taken_over, "人导入前已有账号，补充的信息、团籍和团内职务撤回，账号和密码不变"),
        (rehearsal.updated, "人的资料恢复为更新前的内容"),
        (len(rehearsal.reasons), "人导入后有改动，不撤销，保持现状，见下表"),
    )
    if not rehearsal.undone:
        return {"nothing": undoing.NOTHING.message}
    effects = [f"{count} {words}" for count, words in told if count]
    return {"effects": effects, "submit": f"撤销 {rehearsal.undone} 人"}


def said(batch: ImportBatch) -> str:
    """What an undo has done, in one sentence."""
    undone, updated, kept = (batch.counts.get(name, 0) for name in ("undone", "undone_updates", "kept"))
    new = undone - updated
    parts = [f"撤回 {new} 人"] if new else []
    parts += [f"恢复 {updated} 人的资料"] if updated else []
    rest = f"{kept} 人导入后有改动，没有撤销，原因见下表。" if kept else "导入写入的内容已全部撤回。"
    who = batch.undone_by_name or "管理命令"
    return f"{who}于 {dt(batch.undone_at)} 撤销了这次导入：{'，'.join(parts)}。{rest}"


# -- the rows that stay -------------------------------------------------------------------------------


def group_of(reason: str) -> str:
    """The kind of a reason: without the fields or the place it names."""
    return reason.partition("：")[0].partition("“")[0]


def groups(reasons: Mapping[int, str], chosen: str) -> list[dict[str, Any]]:
    """Tiles that filter the rows by the kind of reason, where there is more than one."""
    tally = Counter(map(group_of, reasons.values()))
    if len(tally) < 2:
        return []
    every = [{"label": "全部保留", "value": len(reasons), "url": "?", "current": not chosen}]
    return every + [
        {"label": kind, "value": count, "url": f"?why={kind}", "current": chosen == kind}
        for kind, count in tally.most_common()
    ]


def of_group(reasons: Mapping[int, str], chosen: str) -> dict[int, str]:
    """The rows of one kind of reason; all of them where no kind is chosen."""
    return {number: each for number, each in reasons.items() if not chosen or group_of(each) == chosen}


@dataclass(frozen=True)
class Page:
    """Row numbers of one page; `previous` and `next` are row numbers for the links."""

    rows: list[int]
    total: int
    previous: int | None
    next: int | None
    size: int = SIZE


def page_of(reasons: Mapping[int, str], asked: Mapping[str, str]) -> Page:
    """The row numbers of a page, after or before a row."""
    numbers = sorted(reasons)
    after, before = (_number(asked.get(name, "")) for name in ("after", "before"))
    if before:
        earlier = [each for each in numbers if each < before]
        shown = earlier[-SIZE:]
    else:
        shown = [each for each in numbers if each > after][:SIZE]
    return Page(
        rows=shown,
        total=len(numbers),
        previous=shown[0] if shown and shown[0] > numbers[0] else None,
        next=shown[-1] if shown and shown[-1] < numbers[-1] else None,
    )


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0


@dataclass(frozen=True)
class Line:
    """A row that stays; `url` leads to the person, `branch` is where the reader sees the person now."""

    number: int
    name: str
    masked_id: str
    branch: Organization | None
    reason: str
    url: str


def lines(batch: ImportBatch, numbers: Sequence[int], reasons: Mapping[int, str], scope: Scope) -> list[Line]:
    """These rows as lines; people are shown where the reader may see them, and masked."""
    stored = list(batch.rows.filter(number__in=numbers).order_by("number"))
    people = _people(bytes(row.id_index) for row in stored if row.id_index)
    payloads = [(row.number, row.verdict, row.payload_cipher) for row in stored]
    found = []
    for row, promised in zip(stored, plan.planned(batch, payloads), strict=True):
        account = people.get(bytes(row.id_index or b""))
        member: Member | None = getattr(account, "member", None)
        seen = member is not None and scope.covers(member.branch)
        found.append(
            Line(
                number=row.number,
                name=promised.candidate.person.name,
                masked_id=account.masked_id if account else "",
                branch=member.branch if seen else None,
                reason=reasons[row.number],
                url=reverse("members:detail", args=[member.pk]) if seen else "",
            )
        )
    return found


def _people(indexes: Iterable[bytes]) -> dict[bytes, Account]:
    accounts = Account.objects.filter(IsAnyOf("id_index", list(indexes))).select_related("member__branch")
    return {bytes(account.id_index): account for account in accounts}


# -- the workbook -------------------------------------------------------------------------------------


@transaction.atomic
def export(batch: ImportBatch, *, actor: Scope, now: datetime) -> bytes:
    """The .xlsx of every row that stayed. Raises Refused where there is none."""
    reasons = undo.kept(batch) if batch.state == BatchState.UNDONE else {}
    if not reasons:
        raise Refused(no("没有保留的行", cause="nothing", remedy="，不需要导出。"))
    detail = {"batch": batch.pk, "rows": len(reasons)}
    record("imports.kept_exported", actor=actor, organization=batch.organization, detail=detail)
    found = lines(batch, list(reasons), reasons, actor)
    note = (
        f"{actor.seat_organization_name} {actor.account_name} 于 {timezone.localtime(now):%Y-%m-%d %H:%M} 导出 "
        f"{len(reasons)} 行，编号 {actor.act}。"
    )
    return exports.workbook("撤销后保留", COLUMNS, [_cells(line) for line in found], note=note, code=[2])


def _cells(line: Line) -> list[str]:
    place = line.branch.full_name if line.branch else ""
    return [str(line.number), line.name, line.masked_id, place, line.reason]


def file_name(batch: ImportBatch) -> str:
    """名单.xls → 名单（撤销后保留）.xlsx"""
    return f"{PurePath(batch.file_name).stem}（撤销后保留）.xlsx"
