"""The verbs: ask for a merger or carry it out, undo it, and say that two people are two."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import Account
from orgs import petitions
from orgs.enums import PetitionKind
from orgs.models import Petition
from orgs.scope import Scope
from zhtj.audit.record import record
from zhtj.lib.retry import retried
from zhtj.lib.verdict import Refused, no

from .. import access
from ..models import Distinction, Merger
from . import joining, parting, rules
from . import kind as kind  # registers the petition
from .rules import Choice


@retried
@transaction.atomic
def merge(choice: Choice, *, actor: Scope, now: datetime | None = None) -> Merger | Petition:
    """Merge at once where the actor decides for both sides, else ask the other side. Raises Refused."""
    if not choice.reason.strip():
        raise Refused(no("请写明凭什么认定是同一人", cause="required", remedy="，例如“已核对身份证”。"))
    joining.hold(joining.places(choice.kept, choice.absorbed))
    kept, absorbed = joining.accounts(choice)
    now = now or timezone.now()  # after the locks: the ledger goes on from what was waited for
    rules.may_ask(actor, kept, absorbed).demand()
    others, _ = rules.turns(actor, kept, absorbed)
    if not others:
        return joining.join(choice, petition=None, actor=actor, now=now)
    place = access.home(kept) or access.home(absorbed) or others[0]
    return petitions.ask(
        PetitionKind.MERGE,
        place,
        account=absorbed,
        payload={"choice": asdict(choice), "turns": [each.pk for each in others]},
        remark=choice.reason,
        actor=actor,
        now=now,
    )


@retried
@transaction.atomic
def undo(merger: Merger, *, actor: Scope, now: datetime | None = None) -> list[str]:
    """Two accounts again; the labels of facts that were changed since and stay. Raises Refused."""
    before = [each["branch"] for each in merger.payload["members"].values()]
    joining.hold(joining.places(merger.kept_id, merger.absorbed_id, also=before))
    merger = Merger.objects.select_for_update().get(pk=merger.pk)
    now = now or timezone.now()
    rules.may_undo(actor, merger, now=now).demand()
    return parting.part(merger, actor=actor, now=now)


@transaction.atomic
def tell_apart(one: Account, other: Account, *, actor: Scope) -> None:
    """They are two people: the hint is not shown again to anybody. Raises Refused."""
    if not rules.turns(actor, one, other)[1]:
        raise Refused(no("由其直接上级认定", cause="not_superior", remedy="。"))
    first, second = sorted((one, other), key=lambda each: each.pk)
    Distinction.objects.get_or_create(one=first, other=second, defaults={"said_by_name": actor.account_name})
    for account in (one, other):
        record("merging.told_apart", actor=actor, organization=access.home(account), account=account)
