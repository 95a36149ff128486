"""Imports from the shell: the same reading, checking and running as in the pages, without a queue."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils import timezone

from orgs import scope
from orgs.models import Organization
from zhtj.lib.sheets import Unreadable
from zhtj.lib.verdict import Verdict, no

from ..models import BatchState, ImportBatch, RowVerdict, Template
from ..rules import Problem
from . import asking, check, headers, interpret, kinds, plan, planning, read, run
from . import batch as batches

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


def check_file(
    organization: Organization, file_name: str, raw: bytes, *, template: str = Template.MEMBERS
) -> Report:
    """What an import would do; writes nothing at all. Raises Unreadable or Refused for the file as a whole."""
    kind = kinds.kind_of(template)
    roster = _roster(organization, file_name, raw, kind)
    kind.demand_right_template(organization, roster)
    actor = scope.of_command("import_roster", organization)
    checker = kind.checker(organization, actor=actor, today=timezone.localdate())
    readings = planning.readings(interpret.Reader(roster, category=organization.category))
    rows: list[RowReport] = []
    for piece in planning.pieces(roster.rows):
        candidates = [candidate for candidate, _ in readings(piece)]
        rows += [_of_finding(finding) for finding in checker.check(candidates)]
    return Report(rows)


def _roster(organization: Organization, file_name: str, raw: bytes, kind: kinds.Kind) -> read.Roster:
    """The roster as the organisation reads it. Raises Unreadable, with the columns nobody knows where one is asked for."""
    try:
        return read.read(
            raw,
            file_name,
            max_rows=settings.IMPORT_JOB_ROWS,
            required=kind.required,
            hoped=kind.hoped(organization),
            names=asking.names_of(organization),
        )
    except read.Unmapped as question:
        heading = question.heading
        raise Unreadable(_to_map(question.verdict.reason, heading.header, heading.columns)) from question


def _to_map(reason: str, header: list[str], columns: dict[str, int]) -> Verdict:
    """What has to be mapped, column by column."""
    known = {*columns.values()}
    unknown = [
        read.place_of(header, at)
        for at, text in enumerate(header)
        if at not in known and not headers.is_useless(text)
    ]
    remedy = f"。没有认出的列：{'、'.join(unknown)}。请在“导入名单”的页面上传一次并对应，或按模板修改表头。"
    return no(reason, cause="unmapped", remedy=remedy)


def _of_finding(finding: check.Finding) -> RowReport:
    verdict = OUTCOMES[finding.verdict]
    return RowReport(
        finding.candidate.number, verdict, _said(finding.verdict, finding.note), finding.problems
    )


def import_file(
    organization: Organization, file_name: str, raw: bytes, *, template: str = Template.MEMBERS
) -> tuple[ImportBatch, Report]:
    """Import for good: new rows are written, updates are not ticked. The batch's message says why it was rejected."""
    actor = scope.of_command("import_roster", organization)
    batch = batches.create(organization, file_name, raw, actor=actor, template=template)
    with batches.held(batch):
        planning.make_plan(batch, raw)
        batch.refresh_from_db()
        if batch.state == BatchState.MAPPING:
            _give_up(batch)
        elif batch.state == BatchState.PLANNED and batch.counts[RowVerdict.NEW]:
            batches.move(
                batch, BatchState.CONFIRMED, among=(BatchState.PLANNED,), confirmed_at=timezone.now()
            )
            run.carry_out(batch)
            batch.refresh_from_db()
        elif batch.state == BatchState.PLANNED:
            batches.move(batch, BatchState.DONE, among=(BatchState.PLANNED,), finished_at=timezone.now())
    rows = [_of_row(row) for row in plan.all_rows(batch, *RowVerdict.values)]
    return batch, Report(rows, batch.counts.get("written", 0))


def _give_up(batch: ImportBatch) -> None:
    """Nobody answers questions here."""
    message = _to_map(batch.message, batch.layout["header"], batch.layout["columns"]).message
    closed = {"message": message, "finished_at": timezone.now(), "file_cipher": None}
    batches.move(batch, BatchState.REJECTED, among=(BatchState.MAPPING,), **closed)
    batch.rows.all().delete()


def _of_row(row: plan.PlanRow) -> RowReport:
    stopped = row.verdict == RowVerdict.NEW and not row.done
    verdict = ERROR if stopped else OUTCOMES[RowVerdict(row.verdict)]
    return RowReport(row.number, verdict, _said(row.verdict, row.note), row.problems)


def _said(verdict: str, note: str) -> str:
    label = RowVerdict(verdict).label
    return f"{label}：{note}" if note else label
