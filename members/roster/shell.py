"""Imports from the shell: the same reading, checking and running as in the pages, without a queue."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils import timezone

from orgs import scope
from orgs.models import Organization

from ..models import BatchState, ImportBatch, RowVerdict
from ..rules import Problem
from . import batch as batches
from . import check, interpret, kinds, plan, planning, read, run

OK, SKIP, ERROR = "ok", "skip", "error"
# 需转接 is an error for whoever pipes rosters in: nothing is written for that row, and somebody has to act.
OUTCOMES = {
    RowVerdict.NEW: OK,
    RowVerdict.UPDATE: SKIP,
    RowVerdict.SAME: SKIP,
    RowVerdict.CONFLICT: SKIP,
    RowVerdict.MOVE: ERROR,
    RowVerdict.ERROR: ERROR,
}


@dataclass(frozen=True, slots=True)
class RowReport:
    """One row: `verdict` is ok, skip or error; `column` and `message` are the first fault in the order of §5."""

    row: int
    verdict: str
    message: str
    errors: list[Problem] = field(default_factory=list)

    def plain(self) -> dict[str, Any]:
        """As the JSON of the command has it."""
        errors = [
            {"column": each.column, "cause": each.cause, "message": each.message} for each in self.errors
        ]
        column = self.errors[0].column if self.errors else None
        return {
            "row": self.row,
            "verdict": self.verdict,
            "column": column,
            "message": self.errors[0].message if self.errors else self.message,
            "errors": errors,
        }


@dataclass(frozen=True, slots=True)
class Report:
    """All rows and how many there are of each verdict; `written` is None where nothing was to be written."""

    rows: list[RowReport]
    written: int | None = None

    def plain(self) -> dict[str, Any]:
        """As the JSON of the command has it."""
        counts: dict[str, Any] = dict.fromkeys((OK, SKIP, ERROR), 0)
        for row in self.rows:
            counts[row.verdict] += 1
        counts["total"] = len(self.rows)
        if self.written is not None:
            counts["written"] = self.written
        return {"counts": counts, "rows": [row.plain() for row in self.rows]}


def check_file(organization: Organization, file_name: str, raw: bytes) -> Report:
    """What an import would do; writes nothing at all. Raises Unreadable or Refused for the file as a whole."""
    roster = read.read(raw, file_name, max_rows=settings.IMPORT_JOB_ROWS)
    kinds.demand_right_template(organization, roster)
    actor = scope.of_command("import_roster", organization)
    checker = check.Checker(organization, actor=actor, today=timezone.localdate())
    readings = planning.readings(interpret.Reader(roster, category=organization.category))
    rows: list[RowReport] = []
    for piece in planning.pieces(roster.rows):
        candidates = [candidate for candidate, _ in readings(piece)]
        rows += [_of_finding(finding) for finding in checker.check(candidates)]
    return Report(rows)


def _of_finding(finding: check.Finding) -> RowReport:
    verdict = OUTCOMES[finding.verdict]
    return RowReport(
        finding.candidate.number, verdict, _said(finding.verdict, finding.note), finding.problems
    )


def import_file(organization: Organization, file_name: str, raw: bytes) -> tuple[ImportBatch, Report]:
    """Import for good: new rows are written, updates are not ticked. The batch's message says why it was rejected."""
    actor = scope.of_command("import_roster", organization)
    batch = batches.create(organization, file_name, raw, actor=actor)
    with batches.held(batch):
        planning.make_plan(batch, raw)
        batch.refresh_from_db()
        if batch.state == BatchState.PLANNED and batch.counts[RowVerdict.NEW]:
            batches.move(
                batch, BatchState.CONFIRMED, among=(BatchState.PLANNED,), confirmed_at=timezone.now()
            )
            run.carry_out(batch)
            batch.refresh_from_db()
        elif batch.state == BatchState.PLANNED:
            batches.move(batch, BatchState.DONE, among=(BatchState.PLANNED,), finished_at=timezone.now())
    rows = [_of_row(row) for row in plan.all_rows(batch, *RowVerdict.values)]
    return batch, Report(rows, batch.counts.get("written", 0))


def _of_row(row: plan.PlanRow) -> RowReport:
    stopped = row.verdict == RowVerdict.NEW and not row.done
    verdict = ERROR if stopped else OUTCOMES[RowVerdict(row.verdict)]
    return RowReport(row.number, verdict, _said(row.verdict, row.note), row.problems)


def _said(verdict: str, note: str) -> str:
    label = RowVerdict(verdict).label
    return f"{label}：{note}" if note else label
