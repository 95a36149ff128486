"""What an organisation's end means for its people and imports: 团籍 move on together, open imports are given up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from orgs.models import Organization
from orgs.scope import Scope
from zhtj.audit.models import AuditEntry
from zhtj.audit.record import entry, record

from .models import Act, BatchState, ImportBatch, ImportRow, Member, Membership

SETTLED = (
    BatchState.DONE,
    BatchState.REJECTED,
    BatchState.ABANDONED,
    BatchState.UNDOING,
    BatchState.UNDONE,
)


def move_all(
    source: Organization,
    target: Organization,
    *,
    act: Act,
    actor: Scope,
    now: datetime | None = None,
    only: Iterable[int] | None = None,
) -> list[int]:
    """Move the 团籍 of a branch, or of the accounts `only`, into another branch; the account ids moved.

    Living rows and ledger are written together in four statements. The caller holds both parts of the tree.
    """
    now = now or timezone.now()
    members = Member.objects.filter(branch=source)
    if only is not None:
        members = members.filter(account__in=list(only))
    moving = list(
        members.select_related("account").order_by("account__id_index").select_for_update(of=("self",))
    )
    accounts = [each.account for each in moving]
    ids = [each.pk for each in accounts]
    Membership.objects.filter(account__in=ids, ended_at=None).update(ended_at=now, ended_by=act)
    Membership.objects.bulk_create(
        [Membership(account=each, branch=target, started_at=now, begun_by=act) for each in accounts],
        batch_size=1000,
    )
    Member.objects.filter(account__in=ids).update(branch=target, branch_path=target.path)
    detail = {"from": source.pk, "by": act}
    AuditEntry.objects.bulk_create(
        [
            entry("members.moved", actor=actor, organization=target, account=each, detail=detail)
            for each in accounts
        ],
        batch_size=1000,
    )
    return ids


def abandon_batches(organization: Organization, *, actor: Scope, now: datetime | None = None) -> int:
    """Give up the imports of an organisation that are not settled, file and rows removed; how many there were."""
    open_batches = ImportBatch.objects.filter(organization=organization).exclude(state__in=SETTLED)
    ids = list(open_batches.select_for_update().values_list("pk", flat=True))
    ImportBatch.objects.filter(pk__in=ids).update(
        state=BatchState.ABANDONED,
        finished_at=now or timezone.now(),
        file_cipher=None,
        message="组织已删除，导入不再进行。",
    )
    ImportRow.objects.filter(batch__in=ids).delete()
    for pk in ids:
        record("imports.abandoned", actor=actor, organization=organization, detail={"batch": pk})
    return len(ids)
