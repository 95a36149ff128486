"""The plan of sending many: for each line what will happen, or why not and what to do; nothing is written (§6.1)."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db.models import Count, TextChoices
from django.utils import timezone

from members.models import Member
from orgs.enums import Category
from orgs.models import Seat
from orgs.scope import Scope
from zhtj.lib.arrays import IsAnyOf
from zhtj.lib.verdict import YES, Refused, Verdict, no

from .. import opening, rules
from ..enums import Act, State
from ..models import PeopleList, Transfer
from ..opening import Wish
from ..table import Move, moves
from . import aims, lists
from .aims import Aim
from .finding import Found, find
from .lists import Common


class Group(TextChoices):
    """What becomes of a line; the order is that of the page."""

    READY = "ready", "将发起"
    TARGET = "target", "去向待定"
    REASON = "reason", "需换原因"
    UNABLE = "unable", "不能发起"
    UNSURE = "unsure", "名单有疑问"


OWN = no("自己的转接由本人发起", cause="own", remedy="，请在个人中心的“关系转接”中办理。")
ANOTHER_REASON = ("placing", "outside", "reason")


@dataclass(frozen=True)
class Row:
    """One line of the plan; `transfer` is the unsaved case and `line` the move of the table that begins it."""

    found: Found
    group: Group
    verdict: Verdict = YES
    aim: Aim = Aim()
    transfer: Transfer | None = None
    line: Move | None = None

    @property
    def at_once(self) -> bool:
        """Whether nobody has to decide, so that the 团籍 moves in the same act."""
        return self.line is not None and self.line.to == State.DONE


@dataclass
class Plan:
    """All lines in their order, how many are in each group, and a stamp of exactly what would be sent."""

    rows: list[Row]
    counts: dict[Group, int] = field(default_factory=dict)

    def of(self, group: Group) -> list[Row]:
        """The lines of one group."""
        return [each for each in self.rows if each.group == group]

    @property
    def ready(self) -> list[Row]:
        """Those that will be sent."""
        return self.of(Group.READY)

    @property
    def stamp(self) -> str:
        """Changes whenever other people, other ways or other states would come of sending."""
        facts = sorted(
            (
                each.transfer.account_id,
                each.transfer.source_id,
                each.transfer.target_id or 0,
                each.transfer.outside_name,
                each.transfer.reason,
                each.line.to,
            )
            for each in self.ready
        )
        return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]


def make(people: PeopleList, *, actor: Scope, now: datetime) -> Plan:
    """What sending this list would do now; a few queries for each way from branch to target, none for each person."""
    entries, common = lists.entries(people), lists.common(people)
    aimed = aims.resolve(entries, common)
    found = find(entries, scope=actor, today=timezone.localdate(now))
    judge = _Judge(common, actor)
    rows = [judge.row(each, aimed[each.entry.at]) for each in found]
    rows = _hand_over_first(rows)
    counts = Counter(each.group for each in rows)
    return Plan(rows, {group: counts[group] for group in Group})


class _Judge:
    """Judges lines one by one; whoever goes the same way is judged alike."""

    def __init__(self, common: Common, actor: Scope):
        self.common, self.actor = common, actor
        self.ways: dict[tuple[int, int | None], tuple[Transfer | None, Move | None, Verdict]] = {}

    def row(self, found: Found, aim: Aim) -> Row:
        """The line with its group."""
        member = found.member
        if member is None:
            group = Group.UNABLE if found.elsewhere or found.verdict.cause == "gone" else Group.UNSURE
            return Row(found, group, found.verdict, aim)
        if member.account_id == self.actor.account_id:
            return Row(found, Group.UNABLE, OWN, aim)
        if not (free := rules.not_held(member)):
            return Row(found, Group.UNABLE, free, aim)
        if not aim.verdict:
            return Row(found, Group.TARGET, aim.verdict, aim)
        transfer, line, verdict = self._way(member, aim)
        if transfer is None or line is None:
            group = Group.REASON if verdict.cause in ANOTHER_REASON else Group.UNABLE
            return Row(found, group, verdict, aim)
        return Row(found, Group.READY, YES, aim, _copy(transfer, member), line)

    def _way(self, member: Member, aim: Aim) -> tuple[Transfer | None, Move | None, Verdict]:
        key = (member.branch_id, aim.target.pk if aim.target else None)
        if key not in self.ways:
            self.ways[key] = self._judged(member, aim)
        return self.ways[key]

    def _judged(self, member: Member, aim: Aim) -> tuple[Transfer | None, Move | None, Verdict]:
        common = self.common
        wish = Wish(
            reason=common.reason,
            target=aim.target,
            outside="" if aim.target else common.outside,
            outside_name="" if aim.target else common.outside_name,
            details=common.details,
            remark=common.remark,
        )
        if aim.target is not None and not (fits := rules.may_target(member.branch, aim.target)):
            return None, None, fits
        try:
            transfer = opening.build(member, wish, actor=self.actor)
        except Refused as refusal:
            return None, None, refusal.verdict
        verdict = rules.may_start(self.actor, transfer)
        if not verdict:
            return None, None, verdict
        return transfer, moves(transfer, Act.START, state=None)[0], YES


def _copy(way: Transfer, member: Member) -> Transfer:
    """The same case for another person of the same branch."""
    return Transfer(
        account=member.account,
        source=way.source,
        target=way.target,
        outside=way.outside,
        outside_name=way.outside_name,
        landing=way.landing,
        starter=way.starter,
        reason=way.reason,
        details=way.details,
        remark=way.remark,
    )


# -- sole administrators (§6.5) ----------------------------------------------------------------------


def _hand_over_first(rows: Sequence[Row]) -> list[Row]:
    """Refuse those without whom a branch has no administrator while somebody stays: `placing_rules.may_leave` for many.

    Whoever goes at once does not stay; administrators go last, see `in_order`.
    """
    branches = sorted({each.transfer.source_id for each in rows if each.transfer is not None})
    seated = _seated(branches)
    sizes = dict(
        Member.objects.filter(IsAnyOf("branch_id", branches)).values_list("branch").annotate(Count("pk"))
    )
    going: dict[int, set[int]] = {pk: set() for pk in branches}
    for each in rows:
        if each.transfer is not None and each.at_once:
            going[each.transfer.source_id].add(each.transfer.account_id)
    return [_tied(each, seated, sizes, going) if each.transfer is not None else each for each in rows]


def _seated(branches: Sequence[int]) -> dict[int, set[int]]:
    seats = Seat.objects.filter(IsAnyOf("organization_id", list(branches)))
    found: dict[int, set[int]] = {pk: set() for pk in branches}
    for branch, account in seats.values_list("organization", "post__account"):
        found[branch].add(account)
    return found


def _tied(row: Row, seated: dict[int, set[int]], sizes: dict[int, int], going: dict[int, set[int]]) -> Row:
    transfer = row.transfer
    assert transfer is not None
    branch, account = transfer.source, transfer.account_id
    leaving = going[branch.pk] | {account}
    alone = account in seated[branch.pk] and seated[branch.pk] <= leaving
    if not alone or branch.category == Category.GRADUATE_BRANCH or sizes[branch.pk] <= len(leaving):
        return row
    reason = f"{transfer.account.name}是“{branch.short_name}”仅有的管理员"
    verdict = no(reason, cause="last", remedy="，请先办理管理员变更，再转接。")
    return replace(row, group=Group.UNABLE, verdict=verdict, transfer=None, line=None)


def in_order(rows: Sequence[Row]) -> list[Row]:
    """Administrators of the branches last, so that whoever goes with everybody else is not held back."""
    seated = _seated(sorted({each.transfer.source_id for each in rows if each.transfer is not None}))
    return sorted(rows, key=lambda each: each.transfer.account_id in seated[each.transfer.source_id])
