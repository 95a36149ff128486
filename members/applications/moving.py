"""The one statement by which an application goes on, and what its audit rows say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from orgs.scope import Scope
from zhtj.lib.verdict import Refused

from ..models import Application, ApplicationState
from . import rules


def as_seen(application: Application, states: Iterable[ApplicationState]) -> QuerySet[Application]:
    """The row while it is in one of the states and says what it said when it was read."""
    seen = Application.objects.filter(pk=application.pk, submitted_at=application.submitted_at)
    return seen.filter(state__in=list(states))


def move(application: Application, states: Iterable[ApplicationState], **changes: Any) -> None:
    """Of two rivals one finds it moved on and is refused. The row is locked after everything else a verb holds."""
    if not as_seen(application, states).update(**changes):
        raise Refused(rules.MOVED_ON)
    for name, value in changes.items():
        setattr(application, name, value)


def by(actor: Scope, now: datetime) -> dict[str, Any]:
    """Who decided, and when."""
    return {"decided_at": now, "decided_by": actor.account_id, "decided_by_name": actor.account_name}


def facts(application: Application, actor: Scope, **detail: Any) -> dict[str, Any]:
    """What every audit row about it has; never a number, and no name: there may be no such person."""
    told = {"application": application.pk, "kind": application.kind, **detail}
    return {"actor": actor, "organization": application.branch, "detail": told}
