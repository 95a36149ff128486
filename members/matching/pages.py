"""What the result page shows: tiles, one page of a group, and the act of each line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from orgs.scope import Scope
from zhtj.lib.paging import Page

from .. import queries
from ..models import Matching, Member
from .compare import Comparison, Group, Match

SIZE = 100
KINDS = {Group.LIST_ONLY: "todo", Group.SYSTEM_ONLY: "todo", Group.UNSURE: "returned"}
SAID = {
    Group.LIST_ONLY: "名单上有、本组织没有的人。核对后添加，或生成导入名单一次导入。",
    Group.SYSTEM_ONLY: "本组织有、名单上没有的人。已经离开的办理转接或移除；漏写的补到名单里。",
    Group.ELSEWHERE: "团籍在其他团支部的人。确实应在本组织的，请办理组织关系转接。",
    Group.UNSURE: "分不清是不是同一个人的行，以及号码有误的行。请对照身份证核对。",
    Group.BOTH: "名单和系统一致的人，不需要做什么。",
}


@dataclass(frozen=True)
class Shown:
    """One line of a group as the page shows it; `act` is words and address, the address empty for a hint."""

    at: int | None
    name: str
    number: str
    why: str
    people: Sequence[tuple[str, str]]
    member: Member | None = None
    act: tuple[str, str] = ("", "")


def tiles(comparison: Comparison, group: Group) -> list[dict[str, Any]]:
    """One tile a group."""
    return [
        {
            "label": each.label,
            "value": comparison.counts[each],
            "kind": KINDS.get(each, "") if comparison.counts[each] else "",
            "url": f"?group={each}",
            "current": each == group,
        }
        for each in Group
    ]


def group_of(asked: str, comparison: Comparison) -> Group:
    """The group asked for; else the first that has something to do."""
    if asked in Group.values:
        return Group(asked)
    return next((group for group in Group if comparison.counts[group]), Group.BOTH)


def page(comparison: Comparison, group: Group, asked: Mapping[str, str], scope: Scope) -> Page:
    """One page of a group; `after` and `before` are places in it."""
    total = comparison.counts[group]
    start = _start(asked, total)
    if group == Group.SYSTEM_ONLY:
        rows = [_of_member(each, scope) for each in comparison.rest[start : start + SIZE]]
    else:
        rows = [_of_match(each, scope) for each in comparison.of(group)[start : start + SIZE]]
    following = start + SIZE if start + SIZE < total else None
    return Page(
        rows=rows,
        size=SIZE,
        total=total,
        previous=str(start) if start else None,
        next=str(following) if following else None,
    )


def _start(asked: Mapping[str, str], total: int) -> int:
    before, after = asked.get("before", ""), asked.get("after", "")
    if before.isdecimal() and len(before) < 8:
        return max(0, int(before) - SIZE)
    start = int(after) if after.isdecimal() and len(after) < 8 else 0
    return start if start < total else 0


def _of_member(member: Member, scope: Scope) -> Shown:
    url = reverse("members:detail", args=[member.pk])
    where = queries.place(member.branch, scope.root)
    return Shown(
        None, member.account.name, member.account.masked_id, "", [(where, "")], member, ("查看", url)
    )


def _of_match(match: Match, scope: Scope) -> Shown:
    people = [
        (
            f"{each.account.name}（{queries.place(each.branch, scope.root)}）",
            reverse("members:detail", args=[each.pk]),
        )
        for each in match.people
    ]
    line = match.line
    return Shown(line.at, line.name, line.number, match.why, people, act=_act(match))


def _act(match: Match) -> tuple[str, str]:
    """What can be done about the line; a page that does not exist here is only words."""
    if match.group == Group.ELSEWHERE:
        return ("办理转入", address("transfers:bring_in")) if address("transfers:bring_in") else ("", "")
    if match.group == Group.LIST_ONLY:
        return "添加", reverse("members:add")
    return "", ""


def address(name: str) -> str:
    """The address of a page, empty while there is none."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def sheet_rows(comparison: Comparison) -> list[list[str]]:
    """The whole result for a workbook: the list as it was brought, members of the system with masked numbers."""
    rows = []
    for group in Group:
        if group == Group.SYSTEM_ONLY:
            rows += [
                [group.label, "", each.account.name, each.account.masked_id, each.branch.full_name, ""]
                for each in comparison.rest
            ]
        else:
            rows += [
                [
                    group.label,
                    str(each.line.at),
                    each.line.name,
                    each.line.number,
                    "、".join(person.branch.full_name for person in each.people),
                    each.why,
                ]
                for each in comparison.of(group)
            ]
    return rows


def note_of(matching: Matching, scope: Scope) -> str:
    """The last line of the workbook: whose copy it is."""
    made = timezone.localtime()
    return f"{scope.account_name} {made:%Y-%m-%d %H:%M} 导出，与“{matching.organization.full_name}”对账。"
