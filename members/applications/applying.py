"""What the person does with an application: submits it, withdraws it, sends it again corrected (§3 Ways in, 2)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import number_index
from orgs import tree
from orgs.models import Organization
from orgs.scope import Scope
from zhtj.audit.record import record
from zhtj.lib.retry import retried

from ..models import Application, ApplicationKind, ApplicationState
from ..models.applications import OPEN
from . import receipts, rules
from .content import Content
from .moving import facts, move


@retried
@transaction.atomic
def submit(
    branch: Organization, kind: ApplicationKind, content: Content, *, actor: Scope, now: datetime
) -> Application:
    """Ask the branch to take somebody in. Raises Refused: gone, no_branch.

    Nothing is looked up about ID or 发展团员编号, and the answer is the same whoever they belong to.
    """
    tree.hold(branch, exclusive=False)
    rules.may_apply(branch).demand()
    application = Application(
        receipt=receipts.draw(),
        kind=kind,
        branch=branch,
        id_index=number_index(content.number),
        submitted_at=now,
    )
    application.payload = content.payload
    application.save()
    record("applications.submitted", **facts(application, actor))
    return application


@retried
@transaction.atomic
def resend(application: Application, content: Content, *, actor: Scope, now: datetime) -> None:
    """Send a returned one again; it keeps its 受理号, and the ID may have been corrected. Raises Refused."""
    tree.hold(application.branch, exclusive=False)
    rules.may_resend(application).demand()
    application.payload = content.payload
    move(
        application,
        (ApplicationState.RETURNED,),
        state=ApplicationState.PENDING,
        payload_cipher=application.payload_cipher,
        id_index=number_index(content.number),
        submitted_at=now,
        decided_at=None,
        decided_by=None,
        decided_by_name="",
    )
    record("applications.resent", **facts(application, actor))


@retried
@transaction.atomic
def withdraw(application: Application, *, actor: Scope, now: datetime) -> None:
    """Take an open one back. Raises Refused."""
    rules.may_withdraw(application).demand()
    move(application, OPEN, state=ApplicationState.WITHDRAWN, decided_at=now)
    record("applications.withdrawn", **facts(application, actor))
