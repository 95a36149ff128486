"""What the person hears of a request, and what is recorded when somebody looks behind a mask."""

from __future__ import annotations

from django.urls import reverse

from accounts import telling
from orgs.models import Petition
from orgs.scope import Scope
from zhtj.audit.record import record

from ..private import WHAT

SAID = {"同意": "已同意，已经生效", "部分同意": "同意了其中一部分", "退回": "已退回"}


def decided(petition: Petition, act: str, remark: str, *, actor: Scope) -> None:
    """A notice about a decision of somebody else, with the reason."""
    if act not in SAID or actor.account_id == petition.account_id:
        return
    because = f"，{'附言' if act == '同意' else '原因'}：{remark}" if remark else ""
    text = f"您的{petition.get_kind_display()}申请{SAID[act]}{because}"
    telling.tell([petition.account_id], text, url=reverse("petitions:detail", args=[petition.pk]))


def looked(petition: Petition, what: str, *, reason: str, actor: Scope) -> None:
    """Record that the full number in a request is looked at; `what` is a key of `private.WHAT`."""
    record(
        f"members.reveal_{what}",
        actor=actor,
        organization=petition.organization,
        account=petition.account,
        detail={"reason": reason, "what": f"申请中的{WHAT[what]}"},
    )
