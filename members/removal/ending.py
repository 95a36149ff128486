"""What a removal does: the 团籍 ends, posts with it, the account where nothing else holds it open (§5 Removing)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts import closing, telling
from accounts.models import Account
from orgs import petitions, seating, tree, vacating
from orgs.enums import PetitionKind
from orgs.models import Organization, Petition, Post, Seat
from orgs.scope import Scope
from zhtj.audit.record import record
from zhtj.lib.verdict import Refused, no

from ..models import Act, Member, Membership, Removal
from . import queries, rules
from .rules import Given

GONE = no("这个团支部已不存在", cause="gone", remedy="，请返回列表刷新。")
OF_MEMBERSHIP = (PetitionKind.PROFILE, PetitionKind.CORRECTION, PetitionKind.SCAN)


@dataclass(frozen=True)
class Held:
    """The organisations an act has locked, the branch first."""

    branch: Organization
    ids: frozenset[int]


def hold(branch: Organization, account_id: int, reason: str) -> Held:
    """Lock the branch and, where all posts end, their organisations, in the order of their ids. Raises Refused."""
    concerned = [branch, *(each for each in _posted(account_id, reason) if each.pk != branch.pk)]
    tree.hold(*concerned, exclusive=False)
    ids = [each.pk for each in concerned]
    rows = Organization.objects.living().filter(pk__in=ids).order_by("pk")
    locked = set(rows.select_for_update(no_key=True).values_list("pk", flat=True))
    if branch.pk not in locked:
        raise Refused(GONE)
    fresh = Organization.objects.select_related("parent").get(pk=branch.pk)
    return Held(fresh, frozenset(locked))


def _posted(account_id: int, reason: str) -> QuerySet[Organization]:
    if reason not in rules.ENDS_EVERYTHING:
        return Organization.objects.none()
    held = Post.objects.filter(account=account_id, ended_at=None)
    return Organization.objects.filter(pk__in=held.values("organization")).order_by("pk")


def end(
    account_id: int,
    held: Held,
    given: Given,
    *,
    petition: Petition | None = None,
    actor: Scope,
    now: datetime,
) -> Removal:
    """Remove the person from the branch. The caller has asked who may, and holds the organisations. Raises Refused."""
    branch = held.branch
    closes = not _posts(account_id).exclude(pk__in=_ending(account_id, branch, given).values("pk")).exists()
    _return_requests(account_id, held, closes=closes, actor=actor, now=now)
    account = Account.objects.select_for_update().get(pk=account_id)
    member = Member.objects.filter(account=account, branch=branch).select_for_update().first()
    if member is None:
        raise Refused(_left(account, branch))
    rules.not_held(account.name, member.get_held_display() if member.held else "").demand()
    posts = _end_posts(account, held, given, actor=actor, now=now)
    Membership.objects.filter(account=account, ended_at=None).update(ended_at=now, ended_by=Act.REMOVAL)
    closed = not _posts(account_id).exists()
    if closed:
        closing.close(account, now=now)
    removal = Removal.objects.create(
        account=account,
        branch=branch,
        petition=petition,
        reason=given.reason,
        remark=given.remark,
        joined=member.joined,
        number=member.number or "",
        joined_at_unit=member.joined_at_unit,
        ended_posts=posts,
        closed_account=closed,
        removed_at=now,
        removed_by=actor.account_id,
        removed_by_name=actor.account_name,
    )
    member.delete()
    detail = {"reason": given.reason, "removal": removal.pk, "closed": closed}
    record("members.removed", actor=actor, organization=branch, account=account, detail=detail)
    if not closed:
        text = f"您在“{branch.short_name}”的团籍已结束，原因：{given.reason}。您的账号仍可使用。"
        telling.tell([account.pk], text, url=reverse("me:home"), now=now)
    return removal


def check_still_fits(account_id: int, branch: Organization, given: Given, *, actor: Scope) -> None:
    """What may have changed since a removal was asked for. Raises Refused."""
    members = Member.objects.filter(account=account_id, branch=branch)
    found = queries.cases(actor, members.select_related("account", "branch__parent"))
    if not found:
        raise Refused(_left(Account.objects.get(pk=account_id), branch))
    rules.not_oneself(account_id, actor.account_id).demand()
    rules.fits(found[0], given, today=timezone.localdate()).demand()


def _left(account: Account, branch: Organization):
    reason = f"{account.name}已不在“{branch.short_name}”"
    return no(reason, cause="moved_on", remedy="，没有移除；请退回申请，或到现在的团支部办理。")


def _posts(account_id: int) -> QuerySet[Post]:
    return Post.objects.filter(account=account_id, ended_at=None)


def _ending(account_id: int, branch: Organization, given: Given) -> QuerySet[Post]:
    """Which posts end: the one in the branch, or all."""
    posts = _posts(account_id)
    return posts if given.reason in rules.ENDS_EVERYTHING else posts.filter(organization=branch)


def _end_posts(account: Account, held: Held, given: Given, *, actor: Scope, now: datetime) -> list[int]:
    """Seats first, for a seat needs its post; the ids of the posts ended."""
    posts = _ending(account.pk, held.branch, given).select_related("organization", "account")
    ending = list(posts.order_by("pk"))
    if any(each.organization_id not in held.ids for each in ending):
        reason = f"{account.name}的职务刚刚有变动"
        raise Refused(no(reason, cause="moved_on", remedy="，没有移除，请重新办理。"))
    seats = Seat.objects.filter(post__in=ending).select_related("organization", "post__account")
    for seat in seats.order_by("pk"):
        seating.leave_seat(seat, actor=actor)
    for post in ending:
        vacating.end_post(post, post.organization, actor=actor, now=now)
    return [each.pk for each in ending]


def _return_requests(account_id: int, held: Held, *, closes: bool, actor: Scope, now: datetime) -> None:
    """What cannot be decided any more goes back: requests of a member, seats where posts end, and all invitations
    of somebody whose account closes."""
    about = Q(kind__in=OF_MEMBERSHIP) | Q(kind=PetitionKind.SEATS, organization__in=held.ids)
    if closes:
        about |= Q(kind=PetitionKind.INVITATION)
    petitions.return_some(
        Petition.objects.filter(about, account=account_id),
        actor=actor,
        remark="团籍已移除，申请退回。",
        now=now,
    )
