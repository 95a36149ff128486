"""Undoing a deletion or merger: the organisation, its posts and seats, and the members who have not moved on (§2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Account
from members import clearing
from members.models import Act, Member, Membership
from orgs import seating, tree, vacating
from orgs.enums import SECRETARY
from orgs.models import Organization
from orgs.scope import Scope
from orgs.vacating import Vacated
from zhtj.audit.record import record
from zhtj.lib.retry import retried
from zhtj.lib.verdict import Refused, no

from . import merging, rules
from .models import Closing


@dataclass(frozen=True)
class Return:
    """Who comes back and who has moved on since."""

    back: list[int]
    away: list[int]

    def people_away(self) -> list[Account]:
        """Those who stay where they are now, by name."""
        return list(Account.objects.filter(pk__in=self.away).order_by("name", "pk"))


def returning(closing: Closing) -> Return:
    """Only a stretch of 团籍 that this act began, that goes on and waits for no transfer, is taken back."""
    moved = closing.kept["members"]
    here = Membership.objects.filter(
        account__in=moved, branch=closing.into, started_at=closing.at, ended_at=None
    )
    free = Member.objects.filter(account__in=moved, held="")
    back = set(here.values_list("account_id", flat=True)) & set(free.values_list("account_id", flat=True))
    return Return([pk for pk in moved if pk in back], [pk for pk in moved if pk not in back])


@retried
@transaction.atomic
def reopen(closing: Closing, *, actor: Scope, now: datetime | None = None) -> Return:
    """Take a deletion or merger back; registration codes stay void. Raises Refused."""
    organization = closing.organization
    tree.hold(organization, *([closing.into] if closing.into else []), exclusive=True)
    now = now or timezone.now()
    closing = (
        Closing.objects.select_related("organization__parent", "into")
        .select_for_update(of=("self",))
        .get(pk=closing.pk)
    )
    rules.may_reopen(actor, closing, now=now).demand()
    organization = closing.organization
    _restore(organization)
    people = returning(closing)
    if closing.into is not None:
        _leave_merger(closing, people, actor=actor, now=now)
        clearing.move_all(closing.into, organization, act=Act.UNDO, actor=actor, now=now, only=people.back)
    vacated = Vacated(closing.kept["posts"], closing.kept["seats"])
    vacating.reoccupy(organization, vacated, but=people.away, actor=actor)
    closing.undone_at, closing.undone_by_name = now, actor.account_name
    closing.save(update_fields=["undone_at", "undone_by_name"])
    detail = {"closing": closing.pk, "members": len(people.back), "moved_on": len(people.away)}
    record("orgs.reopened", actor=actor, organization=organization, detail=detail)
    return people


def _restore(organization: Organization) -> None:
    try:
        with transaction.atomic():
            tree.restore(organization)
    except IntegrityError as error:
        reason = "组织名称已被其他组织使用"
        raise Refused(no(reason, cause="full_name", remedy="，请先给那个组织更名。")) from error


def _leave_merger(closing: Closing, people: Return, *, actor: Scope, now: datetime) -> None:
    """In the branch that received: end the posts given to those who go back, then give back what was changed there."""
    into = closing.into
    given = into.posts.filter(pk__in=closing.kept.get("given", []), ended_at=None)
    for post in given.exclude(account__in=people.away).select_related("account", "seat", "organization"):
        if hasattr(post, "seat"):
            seating.leave_seat(post.seat, actor=actor)
        vacating.end_post(post, into, actor=actor, now=now)
    for account_id, title in reversed(closing.kept.get("retitled", [])):
        _retitle_back(into, account_id, title, actor=actor, now=now)
    for account_id, number in closing.kept.get("unseated", []):
        post = (
            into.posts.filter(account=account_id, ended_at=None, seat=None).select_related("account").first()
        )
        if post:
            seating.take_seat(post, actor=actor, number=number)


def _retitle_back(into: Organization, account_id: int, title: str, *, actor: Scope, now: datetime) -> None:
    post = (
        into.posts.filter(account=account_id, ended_at=None).select_related("account", "organization").first()
    )
    taken = title == SECRETARY and into.posts.filter(ended_at=None, title=SECRETARY).exists()
    if post is not None and not taken:
        merging.retitle(post, title, actor=actor, now=now)
