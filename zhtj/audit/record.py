"""The one way to write an audit row."""

from __future__ import annotations

from typing import Any

from .actor import Actor
from .models import AuditEntry, Result


def values(
    verb: str,
    *,
    actor: Actor,
    organization: Any = None,
    account: Any = None,
    result: str = Result.DONE,
    detail: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """The columns of one row, for acts that write many at once with `copying.insert_values`."""
    return {
        "act": actor.act,
        "verb": verb,
        "result": result,
        "actor_id": actor.account_id,
        "actor_name": actor.account_name,
        "seat_id": actor.seat_organization_id,
        "seat_name": actor.seat_organization_name,
        "organization_id": getattr(organization, "pk", None),
        "organization_path": getattr(organization, "path", ""),
        "organization_name": getattr(organization, "full_name", ""),
        "account_id": getattr(account, "pk", None),
        "account_name": getattr(account, "name", ""),
        "address": actor.address,
        "detail": detail or {},
    }


def entry(verb: str, *, actor: Actor, **facts: Any) -> AuditEntry:
    """An unsaved row, for acts that write a few at once with bulk_create."""
    return AuditEntry(**values(verb, actor=actor, **facts))


def record(verb: str, *, actor: Actor, **facts: Any) -> AuditEntry:
    """Write what `actor` did. `verb` is `app.act`, e.g. `orgs.found`.

    `organization` (pk, path, full_name) and `account` (pk, name) are what it concerns; `detail` is JSON and
    never holds an ID number, phone or code. Call it inside the transaction of the act; a denial is recorded
    after the rollback, in a transaction of its own.
    """
    return AuditEntry.objects.create(**values(verb, actor=actor, **facts))
