"""The verbs of a special store: looking at somebody, showing a number, asking to bring somebody back (§6.2)."""

from __future__ import annotations

from django.db import transaction

from orgs import petitions, tree
from orgs.enums import PetitionKind
from orgs.models import Organization, Petition
from orgs.scope import Scope
from zhtj.audit.record import record
from zhtj.lib.retry import retried

from ..models import Stored
from . import kind as kind  # registers the petition
from . import rules


@transaction.atomic
def look(stored: Stored, *, actor: Scope) -> dict[str, str]:
    """What is known of the unit, by label; every look is recorded first. Raises Refused."""
    rules.may_look(actor).demand()
    record("stores.seen", actor=actor, organization=stored.province, account=stored.account)
    return stored.unit


@transaction.atomic
def reveal(stored: Stored, *, reason: str, actor: Scope) -> str:
    """The full ID number, after the row the person will see. Raises Refused."""
    rules.may_look(actor).demand()
    record(
        "stores.reveal_id",
        actor=actor,
        organization=stored.province,
        account=stored.account,
        detail={"reason": reason, "what": "身份证号码"},
    )
    return stored.account.id_number


@retried
@transaction.atomic
def bring_back(stored: Stored, branch: Organization, *, actor: Scope, remark: str = "") -> Petition:
    """Ask a branch to take somebody back. Raises Refused."""
    tree.hold(branch, exclusive=False)
    rules.may_ask(actor, stored, branch).demand()
    return petitions.ask(
        PetitionKind.HOMECOMING,
        branch,
        payload={},
        account=stored.account,
        actor=actor,
        remark=remark.strip(),
    )
