"""What the pages of a removal show before it happens: who goes, who cannot and why, and what goes with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from orgs.models import Post, Seat
from orgs.scope import Scope
from zhtj.lib.verdict import Verdict

from ..models import Member
from . import queries, rules
from .rules import Case, Given


@dataclass(frozen=True)
class Chosen:
    """One of the people chosen, with the answer of the rules."""

    member: Member
    case: Case
    verdict: Verdict


@dataclass(frozen=True)
class Plan:
    """Those removed at once, those for whom the superior is asked, and those who cannot be removed."""

    now: list[Chosen]
    asked: list[Chosen]
    unable: list[Chosen]

    @property
    def able(self) -> list[Chosen]:
        """Everybody for whom something will happen."""
        return [*self.now, *self.asked]


def plan(scope: Scope, members: Sequence[Member], given: Given | None, *, today: date) -> Plan:
    """Sort the people; without a reason yet, only by who may begin."""
    rows = [
        Chosen(member, case, _verdict(scope, case, given, today=today))
        for member, case in zip(members, queries.cases(scope, members), strict=True)
    ]
    able = [each for each in rows if each.verdict]
    return Plan(
        now=[each for each in able if each.case.decides],
        asked=[each for each in able if not each.case.decides],
        unable=[each for each in rows if not each.verdict],
    )


def _verdict(scope: Scope, case: Case, given: Given | None, *, today: date) -> Verdict:
    if given is None:
        return rules.may_begin(case)
    return rules.may_remove(case, given, actor_id=scope.account_id, today=today)


def effects(found: Plan, given: Given) -> list[str]:
    """One line for each fact that is there, in numbers."""
    people = [each.member.account_id for each in found.able]
    branches = {each.member.branch_id for each in found.able}
    lines = _posts(people, branches, ends_all=given.reason in rules.ENDS_EVERYTHING)
    if numbers := sum(bool(each.member.number) for each in found.able):
        lines.append(f"{numbers} 个发展团员编号随之空出")
    later = "" if found.now else "批准后，"
    return [
        *_turns(found),
        *(later + each for each in lines),
        f"团籍记录保留；移除后 {settings.REMOVAL_UNDO_DAYS} 天内可以在“移除记录”中撤销",
    ]


def _turns(found: Plan) -> list[str]:
    lines = []
    if found.now:
        lines.append(f"{len(found.now)} 名团员的团籍即时终止")
    if found.asked:
        above = found.asked[0].case.branch.parent
        where = f"“{above.full_name}”" if above else "直接上级"
        lines.append(f"{len(found.asked)} 名团员的移除由{where}批准，批准之前没有任何变动")
    return lines


def _posts(people: list[int], branches: set[int], *, ends_all: bool) -> list[str]:
    posts = Post.objects.filter(account__in=people, ended_at=None)
    ending = posts if ends_all else posts.filter(organization__in=branches)
    staying = set(posts.exclude(pk__in=ending.values("pk")).values_list("account", flat=True))
    lines = []
    if count := ending.count():
        where = "在各组织的" if ends_all else "在原团支部的"
        lines.append(f"{count} 个{where}团内职务终止")
    if seats := Seat.objects.filter(post__in=ending).count():
        lines.append(f"{seats} 名管理员失去管理权限；没有管理员的组织由上级代为办理")
    if closed := len(people) - len(staying):
        lines.append(f"{closed} 个账号停用，不能再登录；重新录入时用原来的密码")
    if staying:
        lines.append(f"{len(staying)} 人还有其他团内职务，账号照常使用")
    return lines
