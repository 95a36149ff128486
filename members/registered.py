"""身份证已注册: what is said of an ID that has a 团籍, and the ways on from there, wherever it turns up (§3, §4).

Only a person with a 团籍 counts as registered. Two kinds of readers hear it: an administrator who was about to enter
the person, and the person.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

from orgs.models import Organization
from orgs.scope import Scope
from zhtj.lib.verdict import Verdict

from .models import Member

REGISTERED = "身份证已注册"


@dataclass(frozen=True, slots=True)
class Way:
    """One way on: what to do, and the page where it is done; words alone where that is somebody else's act."""

    words: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Registered(Verdict):
    """A refusal that leads on; templates/parts/ways.html shows the ways."""

    ways: tuple[Way, ...] = ()


def ways_of(verdict: Verdict) -> tuple[Way, ...]:
    """The ways on from a refusal; none where it is another one."""
    return getattr(verdict, "ways", ())


def refusal(said: str, remedy: str, situation: str, *ways: Way | None) -> Registered:
    """身份证已注册, what follows it, and those of the ways that there are."""
    found = tuple(each for each in ways if each)
    return Registered(False, f"{REGISTERED}{said}", f"registered_{situation}", remedy, found)


# -- to an administrator ----------------------------------------------------------------------------


def to_administrator(scope: Scope, organization: Organization, member: Member) -> Registered:
    """Why the person cannot be entered into `organization`, and what to do instead.

    The branch is named, and the person's page linked, only where the scope sees it anyway.
    """
    page = Way("查看这位团员", _address("members:detail", member.pk)) if scope.covers(member.branch) else None
    if member.branch_id == organization.pk:
        remedy = "，不用再次添加；需要担任团内职务的，请在“团干部管理”中任命。"
        post = Way("登记团内职务", _address("cadres:add", organization.pk))
        return refusal("：就在本团支部", remedy, "member", page, post)
    if not organization.is_branch:
        remedy = "，不需要转出；请邀请其担任职务，由本人在操作中心同意。"
        invitation = Way("邀请担任职务", _address("cadres:invite", organization.pk))
        return refusal("：团籍在团支部", remedy, "invite", invitation, page)
    place = f"“{member.branch.full_name}”" if page else "另一个团支部"
    return refusal(f"：团籍在{place}", "，请办理组织关系转接。", "transfer", bring_in(), page)


def bring_in() -> Way:
    """组织关系转接 from the incoming side."""
    url = _address("transfers:bring_in")
    return Way("办理转入", url) if url else Way("请由对方团支部或本人发起组织关系转接")


# -- to the person ----------------------------------------------------------------------------------


def sign_in_ways() -> tuple[Way, Way]:
    """How somebody who has an account gets in."""
    return Way("登录", _address("accounts:sign_in")), Way("忘记密码", _address("accounts:forgot"))


def to_person(
    account_id: int, member: Member | None, organization: Organization, *, signed_in: bool
) -> Registered | None:
    """What somebody who wants to register in `organization` hears about the own 团籍 or post; None without any."""
    doors = () if signed_in else sign_in_ways()
    if organization.posts.filter(account=account_id, ended_at=None).exists():
        remedy = f"：您已是“{organization.short_name}”的团干部。请直接登录，{_change(organization)}"
        return refusal("", remedy, "cadre", *doors)
    if member is None:
        return None
    if member.branch_id == organization.pk:
        first = "：您已是本团支部的团员。请由本团支部或其直接上级的管理员先为您登记团内职务，"
        return refusal("", first + _change(organization), "member", *doors)
    if organization.is_branch:
        first = "：您的团籍在其他团支部。请先把组织关系转接到本团支部，登记团内职务，"
        return refusal("", first + _change(organization), "transfer", *doors, own_transfer())
    remedy = f"：您的团籍在其他团支部，不需要转出。请由“{organization.short_name}”的管理员邀请您担任职务，还没有管理员的由其直接上级邀请。"
    return refusal("", remedy, "invite", *doors)


def to_member(*, signed_in: bool) -> tuple[Way, ...]:
    """What a person with a 团籍 does instead of registering: sign in, ask for the transfer, or be invited."""
    transfer = own_transfer() or Way("要换团支部的，登录后申请组织关系转接")
    doors = () if signed_in else sign_in_ways()
    return (*doors, transfer, Way("要担任职务的，请对方组织的管理员邀请您"))


def own_transfer() -> Way | None:
    """关系转接 started by the person; None while there is no page for it."""
    url = _address("me:transfer_new")
    return Way("申请组织关系转接", url) if url else None


def _change(organization: Organization) -> str:
    return "再由管理员办理“管理员变更”。" if organization.is_branch else "由管理员办理“管理员变更”。"


def _address(name: str, *args: Any) -> str:
    """The page's address; empty while it does not exist."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
