"""支部调整: people of one 团支部 go into another below the same superior, both sides decided at once (§2, §6)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from orgs import posts, seating, tree, vacating
from orgs.models import Organization, Seat
from orgs.scope import Scope
from zhtj.lib.retry import retried
from zhtj.lib.verdict import Refused, first_no, no

from . import clearing, placing_rules
from .models import Act, Member


@retried
@transaction.atomic
def assign(
    accounts: Collection[int],
    source: Organization,
    target: Organization,
    *,
    actor: Scope,
    now: datetime | None = None,
) -> list[int]:
    """Move the 团籍 of these accounts from `source` into `target`; posts and seats in `source` end.

    Gives the account ids moved. Raises Refused, also where one of them has left `source` meanwhile: all or nobody.
    """
    tree.hold(source, target, exclusive=False)
    source = posts.locked(source)
    now = now or timezone.now()  # after the locks: the ledger goes on from what was waited for
    placing_rules.may_place(actor, source, target).demand()
    leaving = set(accounts)
    if not leaving:
        raise Refused(placing_rules.NOBODY)
    _all_here(leaving, source)
    first_no(placing_rules.not_held(leaving), placing_rules.may_leave(source, leaving)).demand()
    end_posts(leaving, source, actor=actor, now=now)
    moved = clearing.move_all(source, target, act=Act.PLACING, actor=actor, now=now, only=leaving)
    if set(moved) != leaving:
        raise Refused(_gone(len(leaving) - len(moved), source))
    return moved


def _all_here(leaving: set[int], source: Organization) -> None:
    here = Member.objects.filter(branch=source, account__in=leaving).count()
    if here != len(leaving):
        raise Refused(_gone(len(leaving) - here, source))


def _gone(count: int, source: Organization):
    reason = f"选中的人中有{count}人已不在“{source.short_name}”"
    return no(reason, cause="moved_on", remedy="，请返回列表重新选择。")


def end_posts(leaving: set[int], source: Organization, *, actor: Scope, now: datetime) -> None:
    """End what these accounts hold there: seats first, for a seat needs its post."""
    for seat in Seat.objects.filter(organization=source, post__account__in=leaving).select_related(
        "organization", "post__account"
    ):
        seating.leave_seat(seat, actor=actor)
    held = source.posts.filter(ended_at=None, account__in=leaving).select_related("account").order_by("pk")
    for post in held:
        vacating.end_post(post, source, actor=actor, now=now)
