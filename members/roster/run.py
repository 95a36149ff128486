"""The two pieces of work on a batch: make the plan, carry it out."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import IntegrityError, InterfaceError, OperationalError, connection, transaction
from django.utils import timezone

from orgs import scope, tree
from orgs.models import Organization
from orgs.scope import Scope
from zhtj.audit.record import record
from zhtj.lib.retry import retried
from zhtj.lib.sheets import Unreadable
from zhtj.lib.verdict import Refused, no

from ..models import BatchState, ImportBatch, RowVerdict
from . import asking, check, interpret, kinds, plan, read

logger = logging.getLogger(__name__)
PIECE = 2000
TRIES = 3
CHANGED = "系统中的资料在此期间已被改动。请重新上传这份名单，核对后再导入。"
IN_WORK = (BatchState.QUEUED, BatchState.CHECKING, BatchState.CONFIRMED, BatchState.RUNNING)


def importer_scope(batch: ImportBatch) -> Scope:
    """The importer's rights as they are now: the seat the file was uploaded in. Raises Refused when it is gone."""
    if batch.importer is None:
        return scope.of_command("import_roster", batch.organization)
    actor = scope.scope_of(batch.importer, seat_id=batch.seat_id)
    if actor.seat is None or actor.seat.pk != batch.seat_id:
        raise Refused(no("上传者已不是该组织的管理员", cause="rights", remedy="，没有写入任何数据。"))
    kinds.may_import(actor, batch).demand()
    return actor


def or_reject(piece_of_work: Callable[..., None]) -> Callable[..., None]:
    """Decorator: a fault of ours closes the import and says so; else the routine would try it every minute for ever.

    What the database may answer otherwise a moment later is left to the routine.
    """

    @wraps(piece_of_work)
    def run(batch: ImportBatch, *args: Any) -> None:
        try:
            piece_of_work(batch, *args)
        except (OperationalError, InterfaceError, IntegrityError):
            raise
        except Exception:
            logger.exception("import %s failed", batch.pk)
            _reject(batch, "处理这份名单时出错，没有写入任何数据。请重新上传；仍不行，请告诉上级管理员。")

    return run


@or_reject
def make_plan(batch: ImportBatch, raw: bytes) -> None:
    """Read and check the file and store the plan; run again from the beginning if it was interrupted."""
    fresh = ImportBatch.objects.filter(pk=batch.pk, state__in=(BatchState.QUEUED, BatchState.CHECKING))
    if not fresh.update(state=BatchState.CHECKING, progress=0):
        return  # given up just now
    if batch.state == BatchState.CHECKING:  # somebody was interrupted in the middle of it
        batch.rows.all().delete()
    kind = kinds.kind_of(batch.template)
    try:
        actor = importer_scope(batch)
        roster = read.read(
            raw,
            batch.file_name,
            max_rows=settings.IMPORT_JOB_ROWS,
            required=kind.required,
            hoped=kind.hoped(batch.organization),
            names=asking.names_of(batch.organization),
        )
        kind.demand_right_template(batch.organization, roster)
    except read.Unmapped as question:
        asking.ask(batch, question)
        return
    except (Unreadable, Refused) as refusal:
        _reject(batch, refusal.verdict.message)
        return
    _describe(batch, roster)
    checker = kind.checker(batch.organization, actor=actor, today=timezone.localdate())
    tally: Counter[str] = Counter()
    for piece in pieces(roster.rows):
        if not _plan_piece(batch, roster, checker, piece, tally):
            return
    _finish_plan(batch, tally)


def _describe(batch: ImportBatch, roster: read.Roster) -> None:
    batch.sheet_name, batch.row_count = roster.sheet_name[:60], len(roster.rows)
    batch.layout = {
        "header": roster.header,
        "columns": roster.columns,
        "header_row": roster.header_row,
        "committee": roster.committee,
        "remembered": roster.remembered,
    }
    batch.save(update_fields=["sheet_name", "row_count", "layout"])


def pieces(rows: Sequence) -> Iterator[Sequence]:
    """The rows in pieces that are checked together."""
    for start in range(0, len(rows), PIECE):
        yield rows[start : start + PIECE]


def readings(
    piece: Sequence, roster: read.Roster, organization: Organization
) -> list[tuple[check.Candidate, list[str]]]:
    """What the rows say, and their cells as uploaded."""
    found = []
    for row in piece:
        reading = interpret.interpret(row, roster, category=organization.category)
        candidate = check.Candidate(row.number, reading.person, reading.branch, tuple(reading.problems))
        found.append((candidate, reading.texts))
    return found


@transaction.atomic
def _plan_piece(
    batch: ImportBatch, roster: read.Roster, checker: check.Checker, piece: Sequence, tally: Counter[str]
) -> bool:
    """Check some rows, store their plan and count it; false when the import was given up meanwhile."""
    open_still = ImportBatch.objects.select_for_update().filter(pk=batch.pk, state=BatchState.CHECKING)
    if not open_still.exists():
        return False
    found = readings(piece, roster, batch.organization)
    findings = checker.check([candidate for candidate, _ in found])
    plan.store(batch, [(finding, texts) for finding, (_, texts) in zip(findings, found, strict=True)])
    tally.update(finding.verdict.value for finding in findings)
    batch.progress += len(piece)
    ImportBatch.objects.filter(pk=batch.pk).update(progress=batch.progress)
    return True


def _finish_plan(batch: ImportBatch, tally: Counter[str]) -> None:
    """The plan stands; from here on nobody needs the file."""
    counts = {verdict: tally[verdict] for verdict in RowVerdict.values} | {"total": tally.total()}
    planned = ImportBatch.objects.filter(pk=batch.pk, state=BatchState.CHECKING)
    planned.update(state=BatchState.PLANNED, counts=counts, planned_at=timezone.now(), file_cipher=None)
    batch.refresh_from_db()


@transaction.atomic
def _reject(batch: ImportBatch, message: str) -> None:
    """Close the import with a message; nothing of the file is kept."""
    rejected = ImportBatch.objects.filter(pk=batch.pk, state__in=IN_WORK)
    if rejected.update(
        state=BatchState.REJECTED, message=message, finished_at=timezone.now(), file_cipher=None
    ):
        batch.rows.all().delete()
    batch.refresh_from_db()


@or_reject
def carry_out(batch: ImportBatch) -> None:
    """Run the plan: all its rows in one transaction, or none."""
    ImportBatch.objects.filter(pk=batch.pk, state=BatchState.CONFIRMED).update(state=BatchState.RUNNING)
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
            _reject(batch, refusal.verdict.message)
            return
    batch.refresh_from_db()


@retried
@transaction.atomic
def _run(batch: ImportBatch) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '60s'; SET LOCAL statement_timeout = '15min'")
    tree.entering(*_parts(batch.organization))
    actor = importer_scope(batch)
    chosen = batch.rows.filter(verdict=RowVerdict.NEW) | batch.rows.filter(
        verdict=RowVerdict.UPDATE, ticked=True
    )
    stored = plan.stored(chosen)
    today = timezone.localdate()
    sound = batch.planned_at is not None and timezone.localdate(batch.planned_at) == today
    kind = kinds.kind_of(batch.template)
    checker = kind.checker(batch.organization, actor=actor, today=today, values_known_sound=sound)
    written = []
    for piece in pieces(stored):
        promised = plan.planned(batch, piece)
        findings = checker.check([each.candidate for each in promised], lock=True)
        pairs = zip(promised, findings, strict=True)
        written += [finding for each, finding in pairs if _as_planned(batch, each, finding)]
    kind.carry_out(batch, written, actor=actor, now=timezone.now())
    _finish_run(batch, len(written), len(stored) - len(written), actor)


def _parts(organization: Organization) -> list[str]:
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
    counts = batch.counts | {"written": written, "stopped": stopped}
    finished = ImportBatch.objects.filter(pk=batch.pk)
    finished.update(state=BatchState.DONE, counts=counts, progress=written, finished_at=timezone.now())
    detail = {"batch": batch.pk, "written": written, "stopped": stopped}
    record("imports.run", actor=actor, organization=batch.organization, detail=detail)
