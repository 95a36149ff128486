"""按身份证号码查找: anybody in the nation by name and ID number together; outside the scope only where, never more (§5).

The answer names the branch inside the direct superior's subtree, else its province: the rule of imports.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from accounts import idcard, names
from accounts.limits import Limit
from accounts.models import Account
from orgs import invitations
from orgs.scope import Scope
from zhtj.audit.models import Result
from zhtj.audit.record import record
from zhtj.lib import crypto
from zhtj.lib.verdict import Refused, no

from .. import queries
from ..models import Member
from ..registered import Way, bring_in
from ..roster.facts import gather, place_of
from ..rules import Person

MISSES = Limit("find_misses", 10, 15)  # names and numbers that met nobody
LOOKS = Limit("find_outside", 60, 60)  # all searches beyond the own scope
UNKNOWN = no(
    "没有找到姓名和身份证号码都相符的人",
    cause="unknown",
    remedy="。请对照身份证核对；确未登记的，可以添加团员。",
)


@dataclass(frozen=True)
class Whereabouts:
    """A person outside the scope: the name as typed, the number masked, and where."""

    name: str
    masked: str
    place: str
    ways: list[Way]


def inside(scope: Scope, number: str) -> str:
    """The page of the person with this ID or 发展团员编号 in the scope; empty where there is none."""
    if len(number) == idcard.LENGTH:
        account = queries.people_within(scope).with_number(number).first()
    else:
        member = Member.objects.within(scope).filter(number=number).select_related("account").first()
        account = member.account if member else None
    if account is None:
        return ""
    member = Member.objects.within(scope).filter(account=account).first()
    if member:
        return reverse("members:detail", args=[member.pk])
    post = account.posts.filter(scope.q("organization__path"), ended_at=None).order_by("pk").first()
    return reverse("cadres:detail", args=[post.pk]) if post else ""


def outside(name: str, number: str, *, actor: Scope, now: datetime) -> Whereabouts:
    """Where somebody is whose name and ID number both agree. On record, refusals too. Raises Refused."""
    key = crypto.blind_index(str(actor.account_id), field="find")
    if LOOKS.charge(key, now=now) or MISSES.charge(key, now=now):
        record("members.sought", actor=actor, organization=actor.root, result=Result.DENIED)
        raise Refused(no("查找次数过多", cause="waiting", remedy="，请过一段时间再试。"))
    facts = gather([Person(name=name, number=number)], [])
    account = facts.accounts.get(number)
    if account is None or not names.same(account.name, name):
        record("members.sought", actor=actor, organization=actor.root, result=Result.FAILED)
        raise Refused(UNKNOWN)
    with transaction.atomic():
        MISSES.refund(key, now=now)
        record("members.sought", actor=actor, organization=actor.root, account=account)
    member = facts.member_of(account)
    place = place_of(facts, member, actor) if member else ""
    return Whereabouts(name, account.masked_id, place, _ways(account, member, actor))


def _ways(account: Account, member: Member | None, actor: Scope) -> list[Way]:
    """转接, 邀请, 联系: what this administrator can do about the person."""
    root = actor.root
    assert root is not None, "the page is for administrators"
    if account.closed_at:
        return [Way("账号已停用，重新添加后恢复", reverse("members:add"))]
    if member is None:
        return [Way("有账号、没有团籍：可以添加，账号和密码不变", reverse("members:add"))]
    ways = [bring_in()]
    if invitations.may_invite(actor, root):
        ways.append(Way("邀请担任本组织职务，团籍不动", reverse("cadres:invite", args=[root.pk])))
    return [*ways, Way("其他事项请联系其所在的组织")]
