"""The verbs: remove one person or many, and take a removal back (§5 Removing)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts import closing, telling
from accounts.models import Account
from orgs import petitions, tree, vacating
from orgs.enums import Level, PetitionKind
from orgs.models import Organization, Petition, Post
from orgs.scope import Scope
from orgs.vacating import Vacated
from zhtj.audit.models import Result
from zhtj.audit.record import record
from zhtj.lib.retry import retried
from zhtj.lib.verdict import YES, Refused, Verdict, no

from .. import registry
from ..models import Act, Member, Removal
from . import ending, queries, rules
from . import kind as kind  # registers the petition
from .rules import Given


@dataclass(frozen=True)
class Outcome:
    """What became of one of several people: removed at once, asked for, or why neither."""

    name: str
    verdict: Verdict
    removal: Removal | None = None
    petition: Petition | None = None


@retried
@transaction.atomic
def remove(member: Member, given: Given, *, actor: Scope, now: datetime | None = None) -> Removal | Petition:
    """Remove a member at once where the actor decides, else ask the direct superior. Raises Refused."""
    held = ending.hold(member.branch, member.account_id, given.reason)
    now = now or timezone.now()  # after the locks: the ledger goes on from what was waited for
    here = Member.objects.filter(pk=member.pk, branch=held.branch).select_related("account", "branch__parent")
    found = queries.cases(actor, here)
    if not found:
        reason = f"{member.account.name}已不在“{held.branch.short_name}”"
        raise Refused(no(reason, cause="moved_on", remedy="，请返回列表刷新。"))
    today = timezone.localdate(now)
    rules.may_remove(found[0], given, actor_id=actor.account_id, today=today).demand()
    if found[0].decides:
        return ending.end(member.account_id, held, given, actor=actor, now=now)
    payload = {"reason": given.reason, "remark": given.remark}
    return petitions.ask(
        PetitionKind.REMOVAL,
        held.branch,
        account=member.account,
        payload=payload,
        remark=given.remark,
        actor=actor,
        now=now,
    )


def remove_all(members: Iterable[Member], given: Given, *, actor: Scope) -> list[Outcome]:
    """Each in a transaction of its own, with its own answer; whoever administers the branch goes last."""
    people = list(members)
    tied = {each.account_id for each in queries.cases(actor, people) if each.tied or each.holds_post}
    return [
        _one(each, given, actor=actor) for each in sorted(people, key=lambda each: each.account_id in tied)
    ]


def _one(member: Member, given: Given, *, actor: Scope) -> Outcome:
    name = member.account.name
    try:
        done = remove(member, given, actor=actor)
    except Refused as refused:
        detail = {"cause": refused.verdict.cause}
        record(
            "members.removed",
            actor=actor,
            organization=member.branch,
            account=member.account,
            result=Result.DENIED,
            detail=detail,
        )
        return Outcome(name, refused.verdict)
    if isinstance(done, Removal):
        return Outcome(name, YES, removal=done)
    return Outcome(name, YES, petition=done)


# -- undo -------------------------------------------------------------------------------------------


@retried
@transaction.atomic
def undo(removal: Removal, *, actor: Scope, now: datetime | None = None) -> Member:
    """Give back 团籍, number, account and the posts that are still free; seats are given anew. Raises Refused."""
    now = now or timezone.now()
    places = _hold_places(removal)
    removal = Removal.objects.select_for_update().get(pk=removal.pk)
    removal.branch = Organization.objects.select_related("parent").get(pk=removal.branch_id)
    rules.may_undo(actor, removal, now=now).demand()
    account = Account.objects.select_for_update().get(pk=removal.account_id)
    _demand_free(removal, account, actor=actor)
    if fields := closing.open_again(account, entered=False):
        account.save(update_fields=fields)
    member = _enrol(removal, account, actor=actor, now=now)
    for place in places:
        vacating.reoccupy(place, Vacated(posts=removal.ended_posts), actor=actor)
    removal.undone_at, removal.undone_by_name = now, actor.account_name
    removal.save(update_fields=["undone_at", "undone_by_name"])
    detail = {"removal": removal.pk}
    record("members.removal_undone", actor=actor, organization=removal.branch, account=account, detail=detail)
    text = f"您在“{removal.branch.short_name}”的团籍已恢复。"
    telling.tell([account.pk], text, url=reverse("me:home"), now=now)
    return member


def _hold_places(removal: Removal) -> list[Organization]:
    """The branch and the living organisations in which posts ended, locked in the order of their ids."""
    posts = Post.objects.filter(pk__in=removal.ended_posts)
    wanted = {removal.branch_id, *posts.values_list("organization", flat=True)}
    found = list(Organization.objects.living().filter(pk__in=wanted).order_by("pk"))
    if found:
        tree.hold(*found, exclusive=False)
    rows = Organization.objects.living().filter(pk__in=wanted).order_by("pk")
    return list(rows.select_for_update(no_key=True))


def _demand_free(removal: Removal, account: Account, *, actor: Scope) -> None:
    """Nobody is twice anywhere, and a number has one holder. Raises Refused."""
    member = Member.objects.filter(account=account).select_related("branch").first()
    if member is not None:
        reason = f"{account.name}已重新录入{_place(member, actor)}"
        raise Refused(no(reason, cause="registered", remedy="，不用再撤销移除。"))
    if Removal.objects.filter(account=account, pk__gt=removal.pk, undone_at=None).exists():
        reason = f"{account.name}后来又有一次移除"
        raise Refused(no(reason, cause="later", remedy="，请撤销最近的一次。"))
    holder = Member.objects.filter(number=removal.number).select_related("branch").first()
    if removal.number and holder is not None:
        reason = f"发展团员编号{removal.number}已由{_place(holder, actor)}的一名团员使用"
        raise Refused(no(reason, cause="number_taken", remedy="，请先由该团支部核对并改正编号，再撤销移除。"))


def _place(member: Member, actor: Scope) -> str:
    """The branch where the actor sees it anyway, else its province."""
    if actor.covers(member.branch):
        return f"“{member.branch.full_name}”"
    province = Organization.objects.filter(pk__in=member.branch.ancestor_ids, level=Level.PROVINCE).first()
    return f"其他团支部（{province.short_name}）" if province else "其他团支部"


def _enrol(removal: Removal, account: Account, *, actor: Scope, now: datetime) -> Member:
    try:
        with transaction.atomic():
            member = registry.enrol(
                account,
                removal.branch,
                joined=removal.joined,
                number=removal.number or None,
                act=Act.UNDO,
                actor=actor,
                now=now,
            )
    except IntegrityError as error:
        reason = "发展团员编号刚刚被另一名团员使用"
        raise Refused(no(reason, cause="number_taken", remedy="，请刷新后核对。")) from error
    if removal.joined_at_unit:
        member.joined_at_unit = removal.joined_at_unit
        member.save(update_fields=["joined_at_unit"])
    return member
