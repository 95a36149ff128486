"""The undo of a merger: two accounts again, each with what it had, unless that has changed since. All or nothing."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts import telling
from accounts.models import Account
from orgs.models import Organization, Post
from orgs.scope import Scope
from zhtj.audit.record import record
from zhtj.lib.verdict import Refused, no

from .. import facts
from ..models import Act, Member, Membership, Merger
from . import belongings, joining
from .rules import Choice

CHANGED = "，不能撤销；请在团员资料中逐项更正。"


def part(merger: Merger, *, actor: Scope, now: datetime) -> list[str]:
    """Give each account back what it had, in the caller's transaction; the labels of facts changed since, which stay.

    Raises Refused where 团籍 or posts have moved on.
    """
    payload = merger.payload
    kept, absorbed = joining.accounts(Choice(merger.kept_id, merger.absorbed_id, 0))
    try:
        with transaction.atomic():
            _belonging(payload, kept, absorbed, now=now)
            _posts(payload, kept, absorbed)
            belongings.give_back(payload["belongings"], kept, absorbed)
    except IntegrityError as error:
        reason = "合并之后，职务或发展团员编号已由别人使用"
        raise Refused(no(reason, cause="changed", remedy=CHANGED)) from error
    left = _facts(payload["facts"], kept)
    before = payload["closed_before"]
    absorbed.closed_at = datetime.fromisoformat(before) if before else None
    absorbed.merged_into = None
    absorbed.save(update_fields=["closed_at", "merged_into"])
    merger.undone_at, merger.undone_by_name = now, actor.account_name
    merger.save(update_fields=["undone_at", "undone_by_name"])
    for account in (kept, absorbed):
        detail = {"merger": merger.pk}
        record("merging.undone", actor=actor, account=account, detail=detail, organization=actor.root)
    telling.tell(
        [kept.pk, absorbed.pk], "账号合并已撤销，两个账号恢复原样。", url=reverse("me:home"), now=now
    )
    return left


def _belonging(payload: dict[str, Any], kept: Account, absorbed: Account, *, now: datetime) -> None:
    """The 团籍 as they were: the one that went over goes back, the one that ended is written again."""
    before = {int(pk): each for pk, each in payload["members"].items()}
    if absorbed.pk not in before:
        return
    stays = payload["choice"]["branch_of"] if payload["choice"]["branch_of"] in before else absorbed.pk
    member = Member.objects.filter(account=kept).select_for_update().first()
    if member is None or member.branch_id != before[stays]["branch"]:
        raise Refused(no("合并之后，团籍已经变动", cause="changed", remedy=CHANGED))
    if stays == absorbed.pk:
        Member.objects.filter(pk=member.pk).update(account=absorbed)
        Membership.objects.filter(account=kept, ended_at=None).update(ended_at=now, ended_by=Act.UNDO)
        _begin(absorbed, before[absorbed.pk], now=now)
    for pk, each in before.items():
        if pk != stays:
            account = kept if pk == kept.pk else absorbed
            _enrol(account, each)
            _begin(account, each, now=now)


def _enrol(account: Account, each: dict[str, Any]) -> None:
    branch = Organization.objects.living().filter(pk=each["branch"]).first()
    if branch is None:
        raise Refused(no("原来的团支部已删除", cause="gone", remedy=CHANGED))
    Member.objects.create(
        account=account,
        branch=branch,
        branch_path=branch.path,
        joined=date.fromisoformat(each["joined"]),
        number=each["number"] or None,
        joined_at_unit=each["unit"],
    )


def _begin(account: Account, each: dict[str, Any], *, now: datetime) -> None:
    Membership.objects.create(account=account, branch_id=each["branch"], started_at=now, begun_by=Act.UNDO)


def _posts(payload: dict[str, Any], kept: Account, absorbed: Account) -> None:
    """Posts that went over go back if they are still held; those that ended live again."""
    Post.objects.filter(pk__in=payload["moved_posts"], account=kept).update(account=absorbed)
    ended = [*payload["ended_posts"], *payload["lost_posts"]]
    living = Post.objects.filter(pk__in=ended, organization__deleted_at=None)
    living.update(ended_at=None)


def _facts(changed: dict[str, list[Any]], kept: Account) -> list[str]:
    """Each fact as it was, where it is still what the merger wrote; the labels of the others."""
    left, back = [], []
    for name, (before, after) in changed.items():
        if facts.to_json(facts.stored(name, kept, None)) != after:
            left.append(facts.LABELS[name])
            continue
        value = facts.from_json(name, before)
        joining.write(kept, name, "" if value is None and name == "phone" else value)
        back.append(name)
    if back:
        kept.save(update_fields=joining.columns(back))
    return left
