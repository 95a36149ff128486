"""What a merger does: facts, posts and 团籍 go over to the account that stays; the other one is closed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse

from accounts import telling
from accounts.models import Account
from orgs import tree, vacating
from orgs.models import Organization, Petition, Post, Seat
from orgs.scope import Scope
from zhtj.audit.record import record
from zhtj.lib.verdict import Refused, no

from .. import facts
from ..models import Act, Member, Membership, Merger
from . import belongings, rules
from .rules import Choice

# Facts of the account; those of the 团籍 go with it.
FACTS = tuple(name for name in facts.LABELS if name not in facts.OF_MEMBERS)


def places(*accounts: int, also: Collection[int] = ()) -> list[Organization]:
    """The organisations in which these accounts hold anything, and those with the ids `also`, by id."""
    posts = Q(posts__account__in=accounts, posts__ended_at=None)
    found = Organization.objects.living().filter(posts | Q(members__account__in=accounts) | Q(pk__in=also))
    return list(found.distinct().order_by("pk"))


def hold(organizations: list[Organization]) -> None:
    """The house's order: the parts of the tree, then the organisations by id."""
    if organizations:
        tree.hold(*organizations, exclusive=False)
    rows = Organization.objects.filter(pk__in=[each.pk for each in organizations]).order_by("pk")
    list(rows.select_for_update(no_key=True))


def accounts(choice: Choice) -> tuple[Account, Account]:
    """The one that stays and the one that goes, held until the end in the order of their blind indexes.

    Raises Refused where one of them has just gone by the undo of an import.
    """
    rows = Account.objects.filter(pk__in=(choice.kept, choice.absorbed)).order_by("id_index")
    found = {each.pk: each for each in rows.select_for_update()}
    if not {choice.kept, choice.absorbed} <= found.keys():
        raise Refused(no("要合并的账号已不存在", cause="gone", remedy="，请刷新查看。"))
    return found[choice.kept], found[choice.absorbed]


def join(choice: Choice, *, petition: Petition | None, actor: Scope, now: datetime) -> Merger:
    """Carry the choice out, in the caller's transaction, which holds places and has asked who may. Raises Refused."""
    kept, absorbed = accounts(choice)
    rules.mergeable(kept, absorbed).demand()
    payload: dict[str, Any] = {"choice": asdict(choice), "closed_before": _iso(absorbed.closed_at)}
    payload |= _belonging(choice, kept, absorbed, actor=actor, now=now)
    payload |= _posts(kept, absorbed, actor=actor, now=now)
    payload["belongings"] = belongings.carry_over(kept, absorbed)
    payload["facts"] = _facts(choice, kept, absorbed)
    absorbed.closed_at = absorbed.closed_at or now
    absorbed.merged_into = kept
    absorbed.save(update_fields=["closed_at", "merged_into"])
    merger = Merger(
        kept=kept,
        absorbed=absorbed,
        petition=petition,
        reason=choice.reason,
        merged_at=now,
        merged_by=actor.account_id,
        merged_by_name=actor.account_name,
    )
    merger.payload = payload
    merger.save()
    for account in (kept, absorbed):
        detail = {"merger": merger.pk, "reason": choice.reason, "kept": account.pk == kept.pk}
        record("merging.merged", actor=actor, organization=_home(kept), account=account, detail=detail)
    text = "您的两个账号已合并为这一个，资料、团籍和职务都在这里。"
    telling.tell([kept.pk], text, url=reverse("me:home"), now=now)
    return merger


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _home(account: Account) -> Organization | None:
    member = Member.objects.filter(account=account).select_related("branch").first()
    if member is not None:
        return member.branch
    post = Post.objects.filter(account=account, ended_at=None).select_related("organization").first()
    return post.organization if post else None


# -- 团籍 -------------------------------------------------------------------------------------------


def snapshot(member: Member) -> dict[str, Any]:
    """What is needed to write the 团籍 again."""
    return {
        "branch": member.branch_id,
        "joined": member.joined.isoformat(),
        "number": member.number or "",
        "unit": member.joined_at_unit,
    }


def _belonging(
    choice: Choice, kept: Account, absorbed: Account, *, actor: Scope, now: datetime
) -> dict[str, Any]:
    """One 团籍 at the account that stays. The ledger keeps both histories: stretches end and begin by MERGE."""
    rows = (
        Member.objects.filter(account__in=(kept, absorbed))
        .select_related("branch")
        .select_for_update(of=("self",))
    )
    found = {member.account_id: member for member in rows}
    before = {str(pk): snapshot(member) for pk, member in found.items()}
    if absorbed.pk not in found:
        return {"members": before, "lost_posts": []}
    if len(found) == 2 and choice.branch_of not in found:
        raise Refused(
            no("两个账号都有团籍，还没有选择留在哪里", cause="branch_of", remedy="，请选择一个团支部。")
        )
    lost: list[int] = []
    stays = found[choice.branch_of] if choice.branch_of in found else found[absorbed.pk]
    for member in found.values():
        if member.pk != stays.pk:
            lost = _end_posts(member.branch, (kept, absorbed), actor=actor, now=now)
            member.delete()
    going = [pk for pk in found if pk != stays.account_id or stays.account_id == absorbed.pk]
    ending = Membership.objects.filter(account__in=going, ended_at=None)
    ending.update(ended_at=now, ended_by=Act.MERGE)
    if stays.account_id == absorbed.pk:
        Member.objects.filter(pk=stays.pk).update(account=kept)
        Membership.objects.create(account=kept, branch=stays.branch, started_at=now, begun_by=Act.MERGE)
    return {"members": before, "lost_posts": lost}


def _end_posts(
    branch: Organization, people: tuple[Account, Account], *, actor: Scope, now: datetime
) -> list[int]:
    """Posts in the branch that is left end; whoever administers it hands over first."""
    seat = Seat.objects.filter(organization=branch, post__account__in=people).exists()
    if seat:
        reason = f"此人是“{branch.short_name}”的管理员，合并后团籍不在那里"
        raise Refused(no(reason, cause="seats", remedy="，请先在管理员变更中交接，或把团籍留在那里。"))
    posts = list(branch.posts.filter(account__in=people, ended_at=None).select_related("account"))
    for post in posts:
        vacating.end_post(post, branch, actor=actor, now=now)
    return [post.pk for post in posts]


# -- posts and facts --------------------------------------------------------------------------------


def _posts(kept: Account, absorbed: Account, *, actor: Scope, now: datetime) -> dict[str, Any]:
    """Living posts go over, seats with them; where both hold one in an organisation the other's ends."""
    held = set(Post.objects.filter(account=kept, ended_at=None).values_list("organization_id", flat=True))
    moved, ended = [], []
    own = Post.objects.filter(account=absorbed, ended_at=None).select_related("organization", "account")
    for post in own.order_by("pk"):
        if post.organization_id in held:
            vacating.end_post(post, post.organization, actor=actor, now=now)
            ended.append(post.pk)
        else:
            moved.append(post.pk)
    Post.objects.filter(pk__in=moved).update(account=kept)
    return {"moved_posts": moved, "ended_posts": ended}


def _facts(choice: Choice, kept: Account, absorbed: Account) -> dict[str, list[Any]]:
    """Facts taken over: those chosen, and those only the other account has. Name → before and after, as JSON."""
    changed: dict[str, list[Any]] = {}
    for name in FACTS:
        mine, theirs = facts.stored(name, kept, None), facts.stored(name, absorbed, None)
        empty = mine in ("", None)
        if theirs not in ("", None) and theirs != mine and (empty or name in choice.taken):
            changed[name] = [facts.to_json(mine), facts.to_json(theirs)]
            write(kept, name, theirs)
    if changed:
        kept.save(update_fields=columns(changed))
    return changed


def write(account: Account, name: str, value: Any) -> None:
    """Put one fact in its place, without saving."""
    if name == "phone":
        account.write_phone(value)
    else:
        setattr(account, facts.column(name, None), value)


def columns(names) -> list[str]:
    """The columns behind these facts."""
    found = [facts.column(name, None) for name in names if name != "phone"]
    return [*found, "phone_cipher", "phone_index"] if "phone" in names else found
