"""Who may merge whose accounts, and when: both sides must agree, nothing may be in the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q

from accounts import names
from accounts.models import Account
from orgs.models import Organization, Petition, Seat
from orgs.rules import acts_for
from orgs.scope import Scope
from zhtj.lib.verdict import YES, Verdict, first_no, no

from .. import access, outside, placing_rules
from ..models import Merger

OTHER_PETITIONS = ("profile", "removal", "scan", "invitation", "seats")


@dataclass(frozen=True)
class Choice:
    """What was decided: whose account goes on, whose 团籍 stays (where both have one), and the facts taken over."""

    kept: int
    absorbed: int
    branch_of: int
    taken: tuple[str, ...] = ()
    reason: str = ""


def may_ask(scope: Scope, kept: Account, absorbed: Account) -> Verdict:
    """Whoever decides for one side may begin; the other side is asked then."""
    return first_no(
        not_oneself(scope, kept, absorbed),
        mergeable(kept, absorbed),
        YES if turns(scope, kept, absorbed)[1] else _nobody(kept, absorbed),
    )


def not_oneself(scope: Scope, *accounts: Account) -> Verdict:
    """Nobody merges the own account."""
    if scope.account_id in [each.pk for each in accounts]:
        return no("自己的账号由别的管理员合并", cause="own", remedy="，请联系上级组织。")
    return YES


def mergeable(kept: Account, absorbed: Account) -> Verdict:
    """Two living accounts of one name, with nothing pending about the one that goes."""
    if kept.pk == absorbed.pk:
        return no("请选择两个不同的账号", cause="same", remedy="。")
    for each in (kept, absorbed):
        if each.merged_into_id is not None:
            return no(f"{each.name}的账号已经合并过", cause="merged", remedy="，请刷新查看。")
    if kept.closed_at:
        return no("要保留的账号已停用", cause="closed", remedy="，请保留另一个账号。")
    if not names.same(kept.name, absorbed.name):
        remedy = "，确是同一人的，请先由直接上级更正姓名。"
        return no("两个账号的姓名不同，不能合并", cause="name", remedy=remedy)
    pending = Petition.objects.pending().filter(
        Q(account=absorbed) | Q(turn_account=absorbed), kind__in=OTHER_PETITIONS
    )
    if pending.exists():
        return no("要合并的账号有申请正在办理", cause="pending", remedy="，请等它办结，或先退回。")
    return first_no(
        outside.not_reserved(kept),
        outside.not_reserved(absorbed),
        placing_rules.not_held([kept.pk, absorbed.pk]),
        _seats_apart(kept, absorbed),
    )


def _seats_apart(kept: Account, absorbed: Account) -> Verdict:
    """A seat moves with its post; where both hold a post in one organisation, it must be free."""
    both = Seat.objects.filter(post__account=absorbed, organization__posts__account=kept)
    seat = both.filter(organization__posts__ended_at=None).select_related("organization").first()
    if seat is None:
        return YES
    reason = f"两个账号在“{seat.organization.short_name}”都有职务，要合并的账号还是管理员"
    return no(reason, cause="seats", remedy="，请先在管理员变更中交接。")


def turns(scope: Scope, kept: Account, absorbed: Account) -> tuple[list[Organization], bool]:
    """Who still has to agree beside the asking seat, and whether it decides for a side at all."""
    sides = [access.corrector_of(each) for each in (kept, absorbed)]
    deciders = {each.pk: each for each in sides if each is not None}
    own = {pk for pk, each in deciders.items() if acts_for(scope, each)}
    return [each for pk, each in deciders.items() if pk not in own], bool(own)


def _nobody(kept: Account, absorbed: Account) -> Verdict:
    sides = [access.corrector_of(each) for each in (kept, absorbed)]
    said = "、".join(dict.fromkeys(f"“{each.full_name}”" for each in sides if each is not None))
    return no(f"合并账号由{said}的管理员办理", cause="not_superior", remedy="，请与他们联系。")


def may_undo(scope: Scope, merger: Merger, *, now: datetime) -> Verdict:
    """Whoever decides for the person now, within the days of the setting."""
    if merger.undone_at:
        return no("这次合并已经撤销", cause="undone", remedy="。")
    if now > until(merger):
        return no(f"合并超过{settings.MERGER_UNDO_DAYS}天", cause="late", remedy="，不能撤销。")
    return first_no(
        not_oneself(scope, merger.kept, merger.absorbed),
        placing_rules.not_held([merger.kept_id, merger.absorbed_id]),
        access.may_correct(scope, merger.kept),
    )


def until(merger: Merger) -> datetime:
    """Until when the merger can be undone."""
    return merger.merged_at + timedelta(days=settings.MERGER_UNDO_DAYS)
