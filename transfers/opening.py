"""Builds a case from what was chosen: who, where to, why. Nothing is written here (§6.1, §6.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings

from members.models import Member
from orgs.models import Organization
from orgs.scope import Scope
from zhtj.lib.verdict import YES, Refused, Verdict, no

from . import sides
from .enums import ASKS, Landing, Reason
from .models import Transfer

SECRET = "secret"  # the destination among settings.TRANSFER_OUTSIDE that the province decides
NO_SIDE = no(
    "转接由本人、转出方或转入方发起", cause="not_side", remedy="；一方是团支部或其直接上级的管理员。"
)


@dataclass(frozen=True)
class Wish:
    """Where somebody wants to go: an organisation, or a place outside the system with the unit's name; and why."""

    reason: str
    target: Organization | None = None
    outside: str = ""
    outside_name: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    remark: str = ""


def build(
    member: Member,
    wish: Wish,
    *,
    actor: Scope,
    batch: UUID | None = None,
    follows: Transfer | None = None,
) -> Transfer:
    """The unsaved case as the actor would begin it. Raises Refused where the actor is no side or the wish is not whole."""
    whole(wish).demand()
    landing, target = _landing(member, wish)
    transfer = Transfer(
        account=member.account,
        source=member.branch,
        target=target,
        outside=wish.outside,
        outside_name=_outside_name(wish),
        landing=landing,
        reason=wish.reason,
        details={label: wish.details[label].strip() for label in ASKS.get(wish.reason, ())},
        remark=wish.remark.strip(),
        batch=batch,
        follows=follows,
    )
    starter = sides.starter_of(actor, transfer)
    if starter is None:
        raise Refused(NO_SIDE)
    transfer.starter = starter
    return transfer


def whole(wish: Wish) -> Verdict:
    """A target or an outside place, and every field the reason asks for (§6.2)."""
    if wish.reason not in Reason.values:
        return no("请选择转接原因", cause="reason", remedy="。")
    if (wish.target is None) == (not wish.outside):
        return no("请选择转入组织", cause="target", remedy="，或选择系统外的去向。")
    if wish.outside and wish.outside not in settings.TRANSFER_OUTSIDE:
        return no("系统外的去向不在可选范围", cause="outside", remedy="，请重新选择。")
    if wish.outside and not wish.outside_name.strip():
        return no("请填写系统外接收单位的名称", cause="outside_name", remedy="。")
    if wish.reason == Reason.ARMY and wish.outside != SECRET:
        return no("参军入伍或转入涉密单位的去向是“涉密单位”", cause="outside", remedy="，请选择它。")
    missing = [label for label in ASKS.get(wish.reason, ()) if not wish.details.get(label, "").strip()]
    if missing:
        return no(f"{wish.reason}需要填写{'、'.join(missing)}", cause=missing[0], remedy="。")
    return YES


def _landing(member: Member, wish: Wish) -> tuple[Landing, Organization | None]:
    if wish.target is not None:
        return (Landing.BRANCH if wish.target.is_branch else Landing.BODY), wish.target
    if wish.outside == SECRET:
        return Landing.STORE, sides.province_of(member.branch)
    return Landing.OUTSIDE, None


def _outside_name(wish: Wish) -> str:
    if not wish.outside:
        return ""
    return f"{settings.TRANSFER_OUTSIDE[wish.outside]}：{wish.outside_name.strip()}"
