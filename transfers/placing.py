"""支部调整 by the common direct superior: everybody chosen moves at once, and each has a case of one step (§6.3)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from accounts.models import Account
from members import placing
from orgs import posts, tree
from orgs.models import Organization
from orgs.scope import Scope
from zhtj.audit.models import AuditEntry
from zhtj.audit.record import entry
from zhtj.lib.arrays import IsAnyOf
from zhtj.lib.retry import retried
from zhtj.lib.verdict import YES, Verdict, no

from . import notices, workflow
from .enums import Act, Landing, Reason, Starter, State
from .models import Step, Transfer
from .table import moves
from .workflow import Word

PIECE = 1000


def not_oneself(scope: Scope, accounts: Collection[int]) -> Verdict:
    """Whoever is moved never decides it (§6.3)."""
    if scope.account_id not in accounts:
        return YES
    return no("自己的支部调整由其他管理员办理", cause="own", remedy="，请联系上级组织或同级的另一名管理员。")


@retried
@transaction.atomic
def assign(
    accounts: Collection[int],
    source: Organization,
    target: Organization,
    *,
    actor: Scope,
    now: datetime | None = None,
) -> list[int]:
    """Move the 团籍 of these accounts, and write a finished case for each; the queries do not grow with the people.

    Gives the account ids moved. Raises Refused, and then nobody has moved.
    """
    not_oneself(actor, accounts).demand()
    tree.hold(source, target, exclusive=False)
    source = posts.locked(source)
    now = now or timezone.now()  # after the locks, and the same for ledger and case
    moved = placing.assign(accounts, source, target, actor=actor, now=now)
    people = Account.objects.filter(IsAnyOf("id", moved)).order_by("pk")
    cases = [_case(each, source, target, actor=actor, now=now) for each in people]
    batch = uuid4() if len(cases) > 1 else None
    for case in cases:
        case.batch = batch
    Transfer.objects.bulk_create(cases, batch_size=PIECE)
    _record(cases, actor=actor, now=now)
    notices.tell_all(cases, actor=actor, now=now)
    return moved


def _case(
    account: Account, source: Organization, target: Organization, *, actor: Scope, now: datetime
) -> Transfer:
    case = Transfer(
        account=account,
        source=source,
        target=target,
        landed=target,
        landing=Landing.BRANCH,
        starter=Starter.SUPERIOR,
        reason=Reason.PLACING,
        opened_at=now,
        opened_by=actor.account_id,
    )
    workflow.enter(case, State.DONE, now=now)
    return case


def _record(cases: Collection[Transfer], *, actor: Scope, now: datetime) -> None:
    """The step and the audit row of each."""
    steps, said = [], []
    for case in cases:
        (line,) = moves(case, Act.START, state=None)
        steps.append(workflow.step_of(case, line, None, number=1, actor=actor, word=Word(), now=now))
        said.append(entry("transfers.step", actor=actor, **workflow.facts_of(case, line)))
    Step.objects.bulk_create(steps, batch_size=PIECE)
    AuditEntry.objects.bulk_create(said, batch_size=PIECE)
