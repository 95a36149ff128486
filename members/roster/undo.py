"""撤销导入: whether an import may be taken back, what that would do, and asking for it (§5). The worker does it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from orgs.scope import Scope
from zhtj.audit.record import record
from zhtj.lib.verdict import YES, Refused, Verdict, first_no, no

from ..models import BatchState, ImportBatch
from . import batch as batches
from . import kinds, present, traces, undoing
from .present import Written

MOVED_ON = no("这次导入已经撤销，或正在撤销", cause="moved_on", remedy="，请刷新查看。")


def until(batch: ImportBatch) -> datetime | None:
    """Until when a finished import may be undone (*setting*)."""
    days = timedelta(days=settings.IMPORT_KEEP_DAYS)
    return batch.finished_at + days if batch.finished_at else None


def may_undo(scope: Scope, batch: ImportBatch, *, now: datetime | None = None) -> Verdict:
    """Whoever may import there, once the import is done and while its rows are kept (§5)."""
    return first_no(
        kinds.may_import(scope, batch), _standing(batch), _in_time(batch, now or timezone.now()), _kept(batch)
    )


def _standing(batch: ImportBatch) -> Verdict:
    if batch.state == BatchState.DONE:
        return YES
    if batch.state in (BatchState.UNDOING, BatchState.UNDONE):
        return MOVED_ON
    return no("这次导入还没有完成", cause="not_done", remedy="，没有可以撤销的。")


def _in_time(batch: ImportBatch, now: datetime) -> Verdict:
    last = until(batch)
    if last is not None and now < last:
        return YES
    return no(f"导入已超过{settings.IMPORT_KEEP_DAYS}天", cause="too_late", remedy="，不能再撤销。")


def _kept(batch: ImportBatch) -> Verdict:
    if present.written(batch).exists():
        return YES
    return no("这次导入没有写入任何人", cause="nothing", remedy="，没有可以撤销的。")


@dataclass
class Rehearsal:
    """What an undo would do now: people who go, accounts that lose the 团籍, values that go back, rows that stay.

    `reasons` are those of the rows that stay, by row number.
    """

    made: int = 0
    taken_over: int = 0
    updated: int = 0
    reasons: dict[int, str] = field(default_factory=dict)

    @property
    def undone(self) -> int:
        return self.made + self.taken_over + self.updated

    def count(self, row: Written, reason: str) -> None:
        """Take one judged row into account."""
        if reason:
            self.reasons[row.number] = reason
        elif row.is_update:
            self.updated += 1
        elif row.made:
            self.made += 1
        else:
            self.taken_over += 1


def rehearse(batch: ImportBatch, *, actor: Scope) -> Rehearsal:
    """Judge every row as the undo would, and write nothing."""
    found = Rehearsal()
    for rows in present.pieces(batch):
        for row, reason in undoing.judge(batch, rows, present.gather(batch, rows), actor):
            found.count(row, reason)
    return found


def may_rehearse(batch: ImportBatch) -> bool:
    """Whether a page may wait for a rehearsal; what a larger import would leave is known when it is done."""
    return present.written(batch).count() <= settings.IMPORT_PAGE_ROWS


@transaction.atomic
def undo(batch: ImportBatch, *, actor: Scope) -> None:
    """Have the import undone by the worker. Raises Refused."""
    may_undo(actor, batch).demand()
    asked = {
        "undo_by": actor.account_id,
        "undo_seat_id": actor.seat.pk if actor.seat else None,
        "undone_by_name": actor.account_name,
        "undone_at": timezone.now(),  # when it was asked for, until it is done
        "cancel_asked_at": None,
        "message": "",
        "progress": 0,
    }
    if not batches.move(batch, BatchState.UNDOING, among=(BatchState.DONE,), **asked):
        raise Refused(MOVED_ON)
    record("imports.undo_asked", actor=actor, organization=batch.organization, detail={"batch": batch.pk})
    transaction.on_commit(lambda: batches.enqueue(batch))


# -- rows that stayed --------------------------------------------------------------------------------


def kept(batch: ImportBatch) -> dict[int, str]:
    """The rows that the undo left as they are, in the order of the sheet, each with its reason."""
    rows = batch.rows.filter(cause=traces.TOUCHED).order_by("number").values_list("number", "trace_cipher")
    return {number: traces.opened(batch, number, cipher).kept for number, cipher in rows.iterator()}
