"""Moves one 团籍 between branches, or out of the system: posts in the old branch end, account and number stay (§6.5)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from accounts import closing
from accounts.models import Account
from orgs.models import Organization, Post
from orgs.scope import Scope
from zhtj.audit.record import record
from zhtj.lib.verdict import Refused, no

from . import clearing, placing, placing_rules
from .models import Act, Hold, Member, Membership


def hold(account_id: int, source: Organization, reason: Hold) -> None:
    """Mark the 团籍 as waiting for something elsewhere; Refused where it has left `source` or waits already."""
    free = Member.objects.filter(account=account_id, branch=source, held="")
    if not free.update(held=reason):
        raise Refused(no("团籍刚刚有变动", cause="moved_on", remedy="，请刷新后重新办理。"))


def release(account_id: int) -> None:
    """Nothing waits any more."""
    Member.objects.filter(account=account_id).update(held="")


def move(
    account_id: int, source: Organization, target: Organization, *, act: Act, actor: Scope, now: datetime
) -> None:
    """Carry the 团籍 over, in the caller's transaction, which holds both branches. Raises Refused."""
    move_all({account_id}, source, target, act=act, actor=actor, now=now)


def move_all(
    accounts: Collection[int],
    source: Organization,
    target: Organization,
    *,
    act: Act,
    actor: Scope,
    now: datetime,
) -> None:
    """`move` for many who go the same way: all of them, or Refused."""
    _demand(accounts, source)
    Member.objects.filter(account__in=accounts).update(held="")
    placing.end_posts(set(accounts), source, actor=actor, now=now)
    moved = clearing.move_all(source, target, act=act, actor=actor, now=now, only=accounts)
    if set(moved) != set(accounts):
        raise Refused(_gone(source))


def leave(account_id: int, source: Organization, *, to: str, actor: Scope, now: datetime) -> None:
    """End the 团籍 as 转往系统外; the account closes where no post or seat remains. Raises Refused."""
    _demand({account_id}, source)
    placing.end_posts({account_id}, source, actor=actor, now=now)
    account = Account.objects.select_for_update().get(pk=account_id)
    if not Member.objects.filter(account=account, branch=source).delete()[0]:
        raise Refused(_gone(source))
    Membership.objects.filter(account=account, ended_at=None).update(
        ended_at=now, ended_by=Act.OUTSIDE, went_to=to
    )
    if not Post.objects.filter(account=account, ended_at=None).exists():
        closing.close(account, now=now)
    record("members.left", actor=actor, organization=source, account=account, detail={"to": to})


def _demand(accounts: Collection[int], source: Organization) -> None:
    """Still there, and the branch keeps an administrator while somebody stays."""
    if Member.objects.filter(account__in=accounts, branch=source).count() != len(accounts):
        raise Refused(_gone(source))
    verdict = placing_rules.may_leave(source, accounts)
    if not verdict:
        raise Refused(no(verdict.reason, cause="last", remedy="，请先办理管理员变更，再同意。"))


def _gone(source: Organization):
    reason = f"团籍已不在“{source.short_name}”"
    return no(reason, cause="moved_on", remedy="，没有转接，请刷新查看。")
