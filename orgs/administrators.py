"""The verb behind 管理员变更 and 添加管理员: a petition, decided at once where nobody has to agree (§4)."""

from __future__ import annotations

from django.db import transaction

from accounts.models import Account
from zhtj.lib.retry import retried
from zhtj.lib.verdict import first_no

from . import petitions, posts, seat_rules
from .enums import PetitionKind
from .kinds.seats import SUCCESSOR, SUPERIOR
from .models import Organization, Petition
from .scope import Scope


@retried
@transaction.atomic
def change(
    organization: Organization,
    *,
    leaver: Account | None = None,
    successor: Account | None = None,
    actor: Scope,
    alone: bool = False,
    remark: str = "",
) -> Petition:
    """Ask for a new administrator, for one in place of another, or that one leaves. Raises Refused.

    Handing over the own seat needs the successor's word first; a change in the own organisation needs the direct
    superior's. `alone` says that the leaver is the branch's last member, which only the callers above can know.
    """
    organization = posts.locked(organization)
    at_once = seat_rules.decides(actor, organization)
    first_no(
        seat_rules.may_change(actor, organization),
        seat_rules.fits(organization, leaver, successor),
    ).demand()
    from_above = at_once and organization.parent is not None
    if leaver is not None and not from_above:
        seat_rules.not_the_last(organization, leaver, successor, alone=alone).demand()
    payload = {
        "leaver": _facts(leaver),
        "successor": _facts(successor),
        "turns": _turns(actor, leaver, successor, at_once=at_once),
        "free": from_above or alone,
    }
    return petitions.ask(
        PetitionKind.SEATS,
        organization,
        payload=payload,
        account=successor or leaver,
        actor=actor,
        remark=remark,
    )


def _turns(actor: Scope, leaver: Account | None, successor: Account | None, *, at_once: bool) -> list[str]:
    """Who has to agree, in order."""
    hands_over = leaver is not None and successor is not None and leaver.pk == actor.account_id
    return [*([SUCCESSOR] if hands_over else []), *([] if at_once else [SUPERIOR])]


def _facts(account: Account | None) -> dict | None:
    return {"account": account.pk, "name": account.name} if account else None
