"""Lays the 录取名单 beside the system: who has come, who is on the way, who has not begun; writes nothing (§6.7)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import TextChoices

from accounts import idcard
from accounts.models import Account, number_index
from members.matching import compare as matching
from members.matching.compare import Match
from members.matching.reading import Line
from members.models import Member
from orgs import vacancies
from orgs.scope import Scope
from zhtj.lib.arrays import IsAnyOf

from .. import pages
from ..models import Transfer
from . import people
from .people import Desk


class Group(TextChoices):
    """Where a line belongs; the order is that of the page: first what asks for something."""

    ELSEWHERE = "elsewhere", "还没有发起"
    ABSENT = "absent", "系统中没有团籍"
    UNSURE = "unsure", "不确定"
    UNDERWAY = "underway", "办理中"
    ARRIVED = "arrived", "已到"


SAID = {
    Group.ELSEWHERE: "团籍还在原来的团支部，没有转往本组织的转接。请催本人或原团支部发起；知道号码的也可以直接办理转入。",
    Group.ABSENT: "系统中没有这个人的团籍：可能不是团员，也可能号码有误，或从系统外转入。",
    Group.UNSURE: "分不清是不是同一个人的行，以及号码有误的行。请对照身份证核对名单。",
    Group.UNDERWAY: "转接已经发起，写明轮到谁办理。",
    Group.ARRIVED: "团籍已在本组织的团支部。",
}


@dataclass(frozen=True)
class Row:
    """One line of the list and what is known of it; `turn` says who has to act on the case."""

    line: Line
    group: Group
    why: str = ""
    member: Member | None = None
    case: Transfer | None = None


@dataclass
class Roll:
    """All lines in their groups."""

    rows: list[Row]
    counts: dict[Group, int] = field(default_factory=dict)

    def of(self, group: Group) -> list[Row]:
        """The lines of one group, in the order of the list."""
        return [each for each in self.rows if each.group == group]


def call(lines: Sequence[Line], at: Desk, *, scope: Scope, today: date) -> Roll:
    """What has become of everybody on the list; a fixed number of queries."""
    found = matching.compare(lines, at.organization, scope=scope, today=today)
    accounts = _accounts(found.matches, today=today)
    cases = people.underway(at, list(accounts.values()))
    acting = vacancies.acting_for([each.turn_of for each in cases.values() if each.turn_of])
    rows = []
    for match in found.matches:
        case = cases.get(accounts.get(match.line.number, 0))
        turn = pages.turn(case, scope, acting) if case else ""
        rows.append(_row(match, case, turn, temporary=set(at.temporary_ids)))
    counts = Counter(each.group for each in rows)
    return Roll(rows, {group: counts[group] for group in Group})


def _accounts(matches: Sequence[Match], *, today: date) -> dict[str, int]:
    """The accounts of those not here, by their number."""
    away = [each.line.number for each in matches if each.group not in (matching.Group.BOTH,)]
    indexes = {number_index(each): each for each in away if each and idcard.problem(each, today=today)}
    rows = Account.objects.filter(IsAnyOf("id_index", sorted(indexes))).values_list("id_index", "pk")
    return {indexes[bytes(index)]: pk for index, pk in rows}


def _row(match: Match, case: Transfer | None, turn: str, *, temporary: set[int]) -> Row:
    line = match.line
    if match.group == matching.Group.BOTH:
        member = match.people[0]
        where = f"在“{member.branch.short_name}”"
        where += "，还没有分配班级" if member.branch_id in temporary else ""
        return Row(line, Group.ARRIVED, f"{where}。{match.why}", member)
    if match.group == matching.Group.UNSURE:
        return Row(line, Group.UNSURE, match.why)
    if case is not None:
        return Row(line, Group.UNDERWAY, f"{case.get_state_display()}：{turn}。", case=case)
    if match.group == matching.Group.ELSEWHERE:
        return Row(line, Group.ELSEWHERE, match.why)
    return Row(line, Group.ABSENT, match.why)


COLUMNS = ("结果", "名单行号", "姓名", "身份证号码", "说明")


def sheet_rows(roll: Roll) -> list[list[str]]:
    """The whole result for a workbook; the numbers are those of the list as it was brought."""
    return [
        [each.group.label, str(each.line.at), each.line.name, each.line.number, each.why]
        for group in Group
        for each in roll.of(group)
    ]
