"""What ends applications from outside: the ID is entered somewhere, or the branch is gone (§3, §2 Deleting)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import connection

from orgs.models import Organization
from orgs.scope import Scope
from zhtj.audit.record import record

from ..models.applications import OPEN, Application, ApplicationState, ReturnReason

END = """
UPDATE members_application SET state = %(ended)s, decided_at = %(now)s
 WHERE id_index = ANY(%(indexes)s) AND state = ANY(%(open)s) AND id <> %(but)s RETURNING id
"""


def end_of(
    indexes: Collection[bytes],
    *,
    organization: Organization,
    actor: Scope,
    now: datetime,
    but: int | None = None,
) -> list[int]:
    """End the open applications of people (by blind index) whose 团籍 has just begun, but for the one agreed to.

    One statement for any number of people, in the caller's transaction and after their rows. The audit row names
    `organization`, where they were entered: the branches applied to are not to learn it. Gives the ids ended.
    """
    if not indexes:
        return []
    facts: dict[str, Any] = {
        "ended": ApplicationState.ENDED.value,
        "open": [each.value for each in OPEN],
        "indexes": list(indexes),
        "but": but or 0,
        "now": now,
    }
    with connection.cursor() as cursor:
        cursor.execute(END, facts)
        ended = sorted(row[0] for row in cursor.fetchall())
    if ended:
        record("applications.ended", actor=actor, organization=organization, detail={"applications": ended})
    return ended


def return_all(organization: Organization, *, actor: Scope, now: datetime) -> int:
    """Send back what waits for a branch that ends; how many there were. The caller holds the part of the tree alone."""
    waiting = Application.objects.filter(branch=organization, state=ApplicationState.PENDING)
    ids = list(waiting.order_by("pk").select_for_update().values_list("pk", flat=True))
    if ids:
        Application.objects.filter(pk__in=ids).update(
            state=ApplicationState.RETURNED,
            reason=ReturnReason.CLOSED,
            remark="",
            decided_at=now,
            decided_by=actor.account_id,
            decided_by_name=actor.account_name,
        )
        record("applications.returned", actor=actor, organization=organization, detail={"applications": ids})
    return len(ids)
