"""What the pages of sending many show: tiles, one page of a group with the way out of each line, and what the button does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import NoReverseMatch, reverse

from members import queries as people_of
from orgs.models import Organization
from orgs.scope import Scope
from zhtj.lib.paging import Page, page_of_list

from ..enums import State
from . import aims
from .plan import Group, Plan, Row

SIZE = 50
WAYS = 5  # told one by one above the button
KINDS = {Group.TARGET: "todo", Group.REASON: "todo", Group.UNABLE: "returned", Group.UNSURE: "returned"}
SAID = {
    Group.READY: "核对无误后一起发起，每人一件转接。",
    Group.TARGET: "还不知道转到哪里的人。选择去向后归入“将发起”；全称写错的，选一次就改正同样写法的各行。",
    Group.REASON: "这个原因不适用于他们的去向。请修改原因，或把他们从名单中去掉，另办一批。",
    Group.UNABLE: "现在不能发起，原因写在各行；处理后再打开这一页，会按当时的情况重新核对。",
    Group.UNSURE: "分不清是谁的行，不会发起。请对照身份证核对，改正名单后重新粘贴。",
}
AFTER = {
    State.IN: "等对方同意转入",
    State.DONE: "马上转入",
    State.OUT: "等转出方同意",
}


@dataclass(frozen=True)
class Shown:
    """One line of the page; `near` are organisations whose names are like the one written."""

    row: Row
    number: str
    source: Organization | None
    place: str
    near: tuple[Organization, ...] = ()

    @property
    def at(self) -> int:
        """Its place in the list."""
        return self.row.found.entry.at

    @property
    def after(self) -> str:
        """What follows from beginning it."""
        if self.row.transfer is None or self.row.line is None:
            return ""
        return after(self.row)


def after(row: Row) -> str:
    """The state a case begins in, in words."""
    if row.line.to == State.DONE and row.transfer.target is None:
        return "马上转往系统外"
    return AFTER[State(row.line.to)]


def tiles(plan: Plan, group: Group) -> list[dict[str, Any]]:
    """One tile a group; empty groups other than the first are left out."""
    return [
        {
            "label": each.label,
            "value": plan.counts[each],
            "kind": KINDS.get(each, ""),
            "url": f"?group={each}",
            "current": each == group,
        }
        for each in Group
        if plan.counts[each] or each in (Group.READY, group)
    ]


def group_of(asked: str, plan: Plan) -> Group:
    """The group asked for; else the first that has anybody."""
    if asked in Group.values:
        return Group(asked)
    return next((group for group in Group if plan.counts[group]), Group.READY)


def page(plan: Plan, group: Group, asked: Mapping[str, str], *, actor: Scope, now: datetime) -> Page:
    """One page of a group, with the nearest names for those that no organisation bears."""
    found = page_of_list(plan.of(group), asked, key=lambda row: row.found.entry.at, size=SIZE)
    wanted = [row.found.entry.said for row in found.rows if _misnamed(row)]
    near = aims.nearest(wanted, actor=actor, now=now) if wanted else {}
    rows = [_shown(row, near, actor) for row in found.rows]
    return Page(rows, found.size, found.total, found.previous, found.next)


def _misnamed(row: Row) -> bool:
    entry = row.found.entry
    return row.group == Group.TARGET and bool(entry.said) and not entry.target and not row.aim.meant


def _shown(row: Row, near: dict[str, list[Organization]], actor: Scope) -> Shown:
    member, entry = row.found.member, row.found.entry
    offered = row.aim.meant or tuple(near.get(entry.said, ())) if row.group == Group.TARGET else ()
    number = member.account.masked_id if member else entry.number
    if member is None:
        return Shown(row, number, None, "", offered)
    return Shown(row, number, member.branch, people_of.place(member.branch, actor.root), offered)


def effects(plan: Plan) -> list[str]:
    """What the button will do, in numbers: where how many go, and who has the next word."""
    ways = Counter((row.transfer.destination, after(row)) for row in plan.ready)
    told = [f"{count} 人转往“{where}”，{then}" for (where, then), count in ways.most_common(WAYS)]
    rest = ways.most_common()[WAYS:]
    if rest:
        told.append(f"另有 {sum(count for _, count in rest)} 人转往其他 {len(rest)} 个去向")
    left = len(plan.rows) - len(plan.ready)
    return [*told, *([f"名单上其余 {left} 人不会发起"] if left else [])]


def letters(batch: UUID) -> str:
    """The page that prints all letters of a batch, empty while there is none."""
    try:
        return reverse("letters:batch", args=[batch])
    except NoReverseMatch:
        return ""
