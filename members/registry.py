"""The verbs that begin and end a 团籍; each writes the living row and the ledger together (§5)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import Account
from orgs import tree
from orgs.models import Organization
from orgs.scope import Scope
from zhtj.audit.record import record

from . import outside
from .applications import ending
from .models import Act, Member, Membership


@transaction.atomic
def enrol(
    account: Account,
    branch: Organization,
    *,
    joined: date,
    number: str | None,
    act: Act,
    actor: Scope,
    now: datetime | None = None,
    application: int | None = None,
) -> Member:
    """Begin a person's 团籍 in a branch; open applications of the same ID end with it, but for the one agreed to.

    Raises IntegrityError where the person already has one, the 发展团员编号 is taken or the branch was deleted, and
    Refused where only a province may give it again (§6.2).
    """
    outside.not_reserved(account).demand()
    tree.hold(branch, exclusive=False)
    member = Member.objects.create(
        account=account, branch=branch, branch_path=branch.path, joined=joined, number=number or None
    )
    now = now or timezone.now()
    Membership.objects.create(account=account, branch=branch, started_at=now, begun_by=act)
    ending.end_of([bytes(account.id_index)], organization=branch, actor=actor, now=now, but=application)
    record("members.enrolled", actor=actor, organization=branch, account=account, detail={"by": act})
    return member
