"""The piece of work on an import that is being undone: everything that may go back does, in one transaction, or nothing (§5)."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import IntegrityError, InterfaceError, OperationalError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from accounts import telling
from accounts.models import Account
from orgs import scope, tree
from orgs.models import Organization
from orgs.scope import Scope
from zhtj.audit.record import record
from zhtj.lib.retry import retried
from zhtj.lib.verdict import Refused, no

from ..models import BatchState, ImportBatch, Member
from . import kinds, present, reverting, run, traces
from .present import Written
from .touched import Judge
from .traces import Trace
from .watch import Watch, watching

logger = logging.getLogger(__name__)
TRIES = 3
FAILED = "撤销时出错，没有改动任何数据。请稍后再试；仍不行，请告诉上级管理员。"
NOTHING = no("这次导入写入的人在导入后都有改动", cause="touched", remedy="，没有可以撤销的行。")


@dataclass
class Outcome:
    """What goes back and what stays: counts, the reasons by row number, and the traces of those rows."""

    undone: int = 0
    updated: int = 0
    reasons: dict[int, str] = field(default_factory=dict)
    known: dict[int, Trace] = field(default_factory=dict)

    @property
    def seen(self) -> int:
        """How many rows are done."""
        return self.undone + len(self.reasons)


def asker_scope(batch: ImportBatch) -> Scope:
    """The rights, as they are now, of whoever asked for the undo: the seat it was asked in. Raises Refused."""
    if batch.undo_by is None:
        return scope.of_command("undo_import", batch.organization)
    actor = scope.scope_of(Account.objects.get(pk=batch.undo_by), seat_id=batch.undo_seat_id)
    if actor.seat is None or actor.seat.pk != batch.undo_seat_id:
        raise Refused(no("撤销者已不是该组织的管理员", cause="rights", remedy="，没有撤销任何数据。"))
    kinds.may_import(actor, batch).demand()
    return actor


def carry_out(batch: ImportBatch) -> None:
    """Undo the import; where that is refused or fails the import stays done, and its message says why.

    What the database may answer otherwise a moment later is left to the routine.
    """
    for attempt in range(1, TRIES + 1):
        try:
            _undo(batch)
            break
        except IntegrityError:
            # Somebody has just begun to speak of one of these people; judged again, that row stays.
            if attempt == TRIES:
                raise
            time.sleep(0.05 * attempt)
        except Refused as refusal:
            _give_up(batch, refusal.verdict.message)
            break
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            logger.exception("undo of import %s failed", batch.pk)
            _give_up(batch, FAILED)
            break
    batch.refresh_from_db()


@retried
def _undo(batch: ImportBatch) -> None:
    with watching(batch) as watch, transaction.atomic():
        _undo_within(batch, watch)


def _undo_within(batch: ImportBatch, watch: Watch) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '60s'; SET LOCAL statement_timeout = '15min'")
    tree.entering(*run.parts(batch.organization))
    batch.organization = _living(batch.organization)
    actor = asker_scope(batch)
    _hold(batch)
    outcome = Outcome()
    for rows in present.pieces(batch):
        if outcome.seen:
            watch.tell(outcome.seen)
        take_back(batch, rows, outcome, actor)
    if not outcome.undone:
        raise Refused(NOTHING)
    traces.leave(batch, outcome.reasons, outcome.known)
    _finish(batch, outcome, actor)


def _living(organization: Organization) -> Organization:
    found = Organization.objects.living().select_related("parent").filter(pk=organization.pk).first()
    if found is None:
        raise Refused(no("这个组织已不存在", cause="gone", remedy="，没有撤销任何数据。"))
    return found


def _hold(batch: ImportBatch) -> None:
    """Lock what the rows stand on: organisations by id, accounts and then 团籍 by blind index.

    Not the accounts' keys: whoever has just begun to speak of one of them is waited for when it is deleted, and seen.
    """
    people = Account.objects.filter(id_index__in=present.written(batch).values("id_index"))
    held = Organization.objects.filter(posts__account__in=people, posts__ended_at=None)
    list(
        Organization.objects.filter(pk__in=held.values("pk"))
        .order_by("pk")
        .select_for_update(no_key=True)
        .values_list("pk", flat=True)
    )
    list(people.order_by("id_index").select_for_update(no_key=True).values_list("pk", flat=True))
    members = Member.objects.filter(account__in=people).order_by("account__id_index")
    list(members.select_for_update(of=("self",)).values_list("pk", flat=True))


def judge(
    batch: ImportBatch, rows: Sequence[Written], now: present.Present, actor: Scope
) -> list[tuple[Written, str]]:
    """Each row with the reason why it stays; an empty text where it goes back."""
    judge = Judge(batch, actor)
    return [(row, judge.reason(row, now)) for row in rows]


def take_back(batch: ImportBatch, rows: Sequence[Written], outcome: Outcome, actor: Scope) -> None:
    """Judge these rows and revert those that may go back; the caller holds what they stand on."""
    now = present.gather(batch, rows)
    judged = judge(batch, rows, now, actor)
    back = [(row, now.accounts[row.index]) for row, reason in judged if not reason]
    reverting.revert(batch, back, now, actor=actor)
    outcome.undone += len(back)
    outcome.updated += sum(row.is_update for row, _ in back)
    for row, reason in judged:
        if reason:
            outcome.reasons[row.number] = reason
            outcome.known |= {row.number: row.trace} if row.trace else {}


def _finish(batch: ImportBatch, outcome: Outcome, actor: Scope) -> None:
    kept, at = len(outcome.reasons), timezone.now()
    counts = batch.counts | {"undone": outcome.undone, "undone_updates": outcome.updated, "kept": kept}
    undoing = ImportBatch.objects.filter(pk=batch.pk, state=BatchState.UNDOING)
    if not undoing.update(state=BatchState.UNDONE, counts=counts, progress=0, undone_at=at, message=""):
        raise Refused(no("这次导入已经撤销", cause="moved_on"))
    detail = {"batch": batch.pk, "undone": outcome.undone, "kept": kept}
    record("imports.undone", actor=actor, organization=batch.organization, detail=detail)
    _tell_both(batch, actor, f"撤销 {outcome.undone} 人" + (f"，保留 {kept} 人" if kept else ""))


def _tell_both(batch: ImportBatch, actor: Scope, what: str) -> None:
    """Whoever asked learns that it is done, and the importer who did it."""
    if actor.account_id:
        _tell(batch, actor.account_id, f"已撤销：{what}")
    if batch.importer_id and batch.importer_id != actor.account_id:
        _tell(batch, batch.importer_id, f"已由{actor.account_name or '管理命令'}撤销：{what}")


def _tell(batch: ImportBatch, account: int, what: str) -> None:
    text = f"导入到“{batch.organization.short_name}”的名单{what}。"
    telling.tell([account], text, url=reverse("imports:detail", args=[batch.pk]))


@transaction.atomic
def _give_up(batch: ImportBatch, message: str) -> None:
    """The import stays done."""
    undoing = ImportBatch.objects.filter(pk=batch.pk, state=BatchState.UNDOING)
    done = {"state": BatchState.DONE, "message": message, "progress": 0}
    if undoing.update(**done, undone_at=None, undone_by_name="") and batch.undo_by is not None:
        _tell(batch, batch.undo_by, "没有撤销，原因见这次导入的页面")
