"""The second piece of work on a batch: carry the plan out, all of it in one transaction, or nothing."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from orgs import tree
from orgs.models import Organization
from orgs.scope import Scope
from zhtj.audit.record import record
from zhtj.lib.ahead import ahead
from zhtj.lib.retry import retried
from zhtj.lib.verdict import Refused

from ..models import BatchState, ImportBatch
from . import check, kinds, plan, refusing, write
from .watch import Cancelled, Watch, watching

TRIES = 3
CHANGED = "系统中的资料在此期间已被改动。请重新上传这份名单，核对后再导入。"
CANCELLED = "导入已取消，没有写入任何数据。"


@refusing.or_reject
def carry_out(batch: ImportBatch) -> None:
    """Run the plan: all its rows in one transaction, or none."""
    ImportBatch.objects.filter(pk=batch.pk, state=BatchState.CONFIRMED).update(state=BatchState.RUNNING)
    batch.refresh_from_db(fields=["state", "cancel_asked_at"])
    if batch.cancel_asked_at is not None:  # of a worker that was killed before it heard of it
        _back_to_plan(batch)
    if batch.state != BatchState.RUNNING:
        return
    for attempt in range(1, TRIES + 1):
        try:
            _run(batch)
            break
        except IntegrityError:
            # Somebody was faster with one of these people; checked again, that row is stopped and the others go in.
            if attempt == TRIES:
                raise
            time.sleep(0.05 * attempt)
        except Refused as refusal:
            refusing.reject(batch, refusal.verdict.message)
            return
        except Cancelled:
            _back_to_plan(batch)
            return
    batch.refresh_from_db()


@retried
def _run(batch: ImportBatch) -> None:
    with watching(batch) as watch, transaction.atomic():
        _run_within(batch, watch)


def _run_within(batch: ImportBatch, watch: Watch) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '60s'; SET LOCAL statement_timeout = '15min'")
    tree.entering(*parts(batch.organization))
    actor = refusing.importer_scope(batch)
    today = timezone.localdate()
    sound = batch.planned_at is not None and timezone.localdate(batch.planned_at) == today
    kind = kinds.kind_of(batch.template)
    checker = kind.checker(batch.organization, actor=actor, today=today, values_known_sound=sound)
    written, done, now = 0, 0, timezone.now()
    stored = plan.stored(plan.chosen(batch), "id_index", "number_index")
    looked = (
        (promised, checker.look([each.candidate for each in promised], lock=True))
        for promised in ahead(partial(_opened, batch), _pieces(stored))
    )
    for promised, findings in ahead(partial(_judged, checker), looked):
        if done:
            watch.tell(done)
        pairs = zip(promised, findings, strict=True)
        sound_ones = [finding for each, finding in pairs if _as_planned(batch, each, finding)]
        kind.carry_out(batch, sound_ones, actor=actor, now=now)
        _settle()
        written, done = written + len(sound_ones), done + len(promised)
    _finish_run(batch, written, done - written, actor)


def _opened(batch: ImportBatch, piece: list[tuple]) -> list[plan.Planned]:
    """The rows as they were planned, with what can be known ahead."""
    promised = plan.planned(batch, [row[:3] for row in piece])
    write.know_ahead([each.candidate for each in promised], [row[3:] for row in piece])
    return promised


Promised = list[plan.Planned]


def _judged(
    checker: check.Checker, looked: tuple[Promised, check.Sight]
) -> tuple[Promised, list[check.Finding]]:
    promised, sight = looked
    return promised, checker.judge(sight)


def _pieces(rows: Iterable[tuple]) -> Iterator[list[tuple]]:
    """The stored rows as they come from the database, some at a time."""
    rows = iter(rows)
    while piece := list(islice(rows, settings.IMPORT_PIECE_ROWS)):
        yield piece


def _settle() -> None:
    """Have the database check what it would check at the end, while the next piece is prepared."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def parts(organization: Organization) -> list[str]:
    """Paths whose locks cover every branch below: the topmost organisation has a part below each child."""
    children = Organization.objects.filter(parent=organization) if organization.parent_id is None else []
    return [organization.path, *(each.path for each in children)]


def _as_planned(batch: ImportBatch, promised: plan.Planned, finding: check.Finding) -> bool:
    """Whether the row would still do what the plan showed; otherwise it is stopped and says why."""
    if finding.verdict == promised.verdict and finding.changes == promised.changes:
        return True
    reason = finding.problems[0].message if finding.problems else finding.note or CHANGED
    plan.stop(batch, promised.candidate.number, f"核对之后情况有变，没有写入。{reason}")
    return False


def _finish_run(batch: ImportBatch, written: int, stopped: int, actor: Scope) -> None:
    """The last word: from here on cancelling waits for the end, and comes too late. Raises Cancelled."""
    held = ImportBatch.objects.select_for_update().only("state", "cancel_asked_at").get(pk=batch.pk)
    if held.cancel_asked_at is not None or held.state != BatchState.RUNNING:
        raise Cancelled
    counts = batch.counts | {"written": written, "stopped": stopped}
    finished = ImportBatch.objects.filter(pk=batch.pk)
    finished.update(
        state=BatchState.DONE, counts=counts, progress=written, message="", finished_at=timezone.now()
    )
    detail = {"batch": batch.pk, "written": written, "stopped": stopped}
    record("imports.run", actor=actor, organization=batch.organization, detail=detail)
    left = f"，{stopped} 行没有写入" if stopped else ""
    refusing.tell(batch, f"已导入 {written} 人{left}")


@transaction.atomic
def _back_to_plan(batch: ImportBatch) -> None:
    """Nothing was written; the plan waits again."""
    asked = ImportBatch.objects.filter(pk=batch.pk, state=BatchState.RUNNING, cancel_asked_at__isnull=False)
    if asked.update(
        state=BatchState.PLANNED, message=CANCELLED, progress=0, cancel_asked_at=None, confirmed_at=None
    ):
        refusing.tell(batch, "已按要求取消导入，没有写入任何数据")
    batch.refresh_from_db()
