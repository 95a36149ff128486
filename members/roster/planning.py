"""The first piece of work on a batch: read the file, check it in pieces and store the plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from zhtj.lib import copying
from zhtj.lib.ahead import ahead
from zhtj.lib.sheets import Unreadable
from zhtj.lib.verdict import Refused

from ..models import BatchState, ImportBatch, RowVerdict
from . import asking, brake, check, interpret, kinds, plan, read, refusing

Readings = list[tuple[check.Candidate, list[str]]]


@refusing.or_reject
def make_plan(batch: ImportBatch, raw: bytes) -> None:
    """Read and check the file and store the plan; run again from the beginning if it was interrupted."""
    fresh = ImportBatch.objects.filter(pk=batch.pk, state__in=(BatchState.QUEUED, BatchState.CHECKING))
    if not fresh.update(state=BatchState.CHECKING, progress=0):
        return  # given up just now
    if batch.state == BatchState.CHECKING:  # somebody was interrupted in the middle of it
        batch.rows.all().delete()
    kind = kinds.kind_of(batch.template)
    try:
        actor = refusing.importer_scope(batch)
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
        refusing.reject(batch, refusal.verdict.message)
        return
    _describe(batch, roster)
    checker = kind.checker(batch.organization, actor=actor, today=timezone.localdate())
    tally: Counter[str] = Counter()
    reader = interpret.Reader(roster, category=batch.organization.category)
    looked = (
        (found, checker.look([candidate for candidate, _ in found]))
        for found in ahead(readings(reader), pieces(roster.rows))
    )
    for judged in ahead(partial(_judged, batch, checker), looked):
        if not _store(batch, judged):
            return
        tally.update(judged.tally)
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


def pieces(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """The rows in pieces that are checked together."""
    size = settings.IMPORT_PIECE_ROWS
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def readings(reader: interpret.Reader) -> Callable[[Sequence[read.RawRow]], Readings]:
    """A function that tells what rows say, and their cells as uploaded."""

    def read_piece(piece: Sequence[read.RawRow]) -> Readings:
        found = []
        for row in piece:
            reading = reader.read(row)
            candidate = check.Candidate(row.number, reading.person, reading.branch, tuple(reading.problems))
            found.append((candidate, reading.texts))
        return found

    return read_piece


class Judged(NamedTuple):
    """The plan of some rows, ready to be stored, and how many there are of each verdict."""

    told: copying.Told | None
    tally: Counter[str]


def _judged(batch: ImportBatch, checker: check.Checker, looked: tuple[Readings, check.Sight]) -> Judged:
    found, sight = looked
    findings = checker.judge(sight)
    told = plan.told(batch, [(finding, texts) for finding, (_, texts) in zip(findings, found, strict=True)])
    return Judged(told, Counter(finding.verdict.value for finding in findings))


@transaction.atomic
def _store(batch: ImportBatch, judged: Judged) -> bool:
    """Store the plan of some rows; false when the import was given up meanwhile."""
    open_still = ImportBatch.objects.select_for_update().filter(pk=batch.pk, state=BatchState.CHECKING)
    if not open_still.exists():
        return False
    copying.write(judged.told)
    batch.progress += judged.tally.total()
    ImportBatch.objects.filter(pk=batch.pk).update(progress=batch.progress)
    return True


@transaction.atomic
def _finish_plan(batch: ImportBatch, tally: Counter[str]) -> None:
    """The plan stands; from here on nobody needs the file."""
    counts = {verdict: tally[verdict] for verdict in RowVerdict.values} | {"total": tally.total()}
    planned = ImportBatch.objects.filter(pk=batch.pk, state=BatchState.CHECKING)
    stands = planned.update(
        state=BatchState.PLANNED,
        counts=counts,
        brake=brake.of_plan(batch),
        planned_at=timezone.now(),
        file_cipher=None,
    )
    if stands and tally.total() > settings.IMPORT_PAGE_ROWS:
        refusing.tell(batch, "已核对完，等待您确认")
    batch.refresh_from_db()
