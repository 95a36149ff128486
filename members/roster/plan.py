"""The stored plan: one encrypted row per row of the sheet, written while checking and read by pages and the run."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from django.db.models import QuerySet

from zhtj.lib import copying, crypto

from ..models import BatchState, ImportBatch, ImportRow, RowVerdict
from ..rules import Person, Problem
from .changes import Change
from .check import Candidate, Finding, Near

STOPPED = "stopped"  # the cause of a row that was not written because something had changed
_DATES = ("joined", "since")
_FIELDS = tuple(each.name for each in fields(Person))


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One row of the plan as pages show it. `faulty` maps a cell's index to what is wrong with it."""

    pk: int
    number: int
    verdict: str
    cause: str
    ticked: bool
    done: bool
    texts: list[str]
    problems: list[Problem]
    changes: list[Change]
    note: str
    faulty: dict[int, list[str]] = field(default_factory=dict)
    branch_name: str = ""
    near: list[Near] = field(default_factory=list)


def store(batch: ImportBatch, findings: Sequence[tuple[Finding, list[str]]]) -> None:
    """Write the plan of one piece; with each finding the cells as uploaded."""
    copying.insert_values(ImportRow, [_row(batch, finding, texts) for finding, texts in findings])


def _row(batch: ImportBatch, finding: Finding, texts: list[str]) -> dict[str, Any]:
    number = finding.candidate.number
    payload = {
        "texts": texts,
        "person": _plain(finding.candidate.person),
        "branch_name": finding.candidate.branch_name,
        "unreadable": [_triple(problem) for problem in finding.candidate.unreadable],
        "problems": [_triple(problem) for problem in finding.problems],
        "changes": [(change.column, change.old, change.new) for change in finding.changes],
        "note": finding.note,
        "near": finding.near,
    }
    return {
        "batch_id": batch.pk,
        "number": number,
        "verdict": finding.verdict.value,
        "cause": finding.cause,
        "account_id": finding.account.pk if finding.account else None,
        "payload_cipher": _seal(batch, number, payload),
    }


def rows(batch: ImportBatch, verdict: str | None = None, *, after: int = 0, size: int = 100) -> list[PlanRow]:
    """Rows of the plan in the order of the sheet, from the one after row `after`."""
    found = batch.rows.filter(number__gt=after)
    if verdict:
        found = found.filter(verdict=verdict)
    return [shown(batch, row) for row in found.order_by("number")[:size]]


def all_rows(batch: ImportBatch, *verdicts: str) -> Iterator[PlanRow]:
    """Every row with one of these verdicts, in the order of the sheet."""
    for row in batch.rows.filter(verdict__in=verdicts).order_by("number").iterator(chunk_size=1000):
        yield shown(batch, row)


def restore(batch: ImportBatch, findings: Sequence[tuple[Finding, list[str]]]) -> None:
    """Write these rows of the plan anew; none of them is chosen."""
    batch.rows.filter(number__in=[finding.candidate.number for finding, _ in findings]).delete()
    store(batch, findings)


Stored = tuple[int, str, bytes | memoryview]  # number, verdict, payload


@dataclass(frozen=True, slots=True)
class Planned:
    """A stored row as it was read and what the plan promised, to be checked again and carried out."""

    verdict: str
    candidate: Candidate
    changes: list[Change]
    texts: list[str]


def stored(rows: QuerySet[ImportRow]) -> list[Stored]:
    """Number, verdict and payload of these rows, in the order of the sheet."""
    return list(rows.order_by("number").values_list("number", "verdict", "payload_cipher"))


def planned(batch: ImportBatch, piece: Sequence[Stored]) -> list[Planned]:
    """These stored rows as they were read and planned."""
    found = []
    for number, verdict, cipher in piece:
        payload = _open(batch, number, cipher)
        unreadable = tuple(Problem(*triple) for triple in payload["unreadable"])
        person, name = _person(payload["person"]), payload["branch_name"]
        changes = [Change(*change) for change in payload["changes"]]
        candidate = Candidate(number, person, name, unreadable)
        found.append(Planned(verdict, candidate, changes, payload["texts"]))
    return found


def stop(batch: ImportBatch, number: int, note: str) -> None:
    """Mark a row that was not written because something changed since the plan."""
    row = batch.rows.get(number=number)
    payload = _open(batch, number, row.payload_cipher) | {"note": note}
    row.payload_cipher = _seal(batch, number, payload)
    row.cause = STOPPED
    row.save(update_fields=["payload_cipher", "cause"])


def _is_done(batch: ImportBatch, row: ImportRow) -> bool:
    """Whether the run wrote the row: it was to be written, and nothing stopped it."""
    chosen = row.verdict == RowVerdict.NEW or (row.verdict == RowVerdict.UPDATE and row.ticked)
    return batch.state == BatchState.DONE and chosen and row.cause != STOPPED


def shown(batch: ImportBatch, row: ImportRow) -> PlanRow:
    """A stored row opened for a page."""
    payload = _open(batch, row.number, row.payload_cipher)
    problems = [Problem(*triple) for triple in payload["problems"]]
    columns = batch.layout.get("columns", {})
    faulty: dict[int, list[str]] = {}
    for problem in problems:
        if problem.column in columns:
            faulty.setdefault(columns[problem.column], []).append(problem.message)
    return PlanRow(
        pk=row.pk,
        number=row.number,
        verdict=row.verdict,
        cause=row.cause,
        ticked=row.ticked,
        done=_is_done(batch, row),
        texts=payload["texts"],
        problems=problems,
        changes=[Change(*change) for change in payload["changes"]],
        note=payload["note"],
        faulty=faulty,
        branch_name=payload["branch_name"],
        near=[(pk, name) for pk, name in payload.get("near", [])],
    )


def _seal(batch: ImportBatch, number: int, payload: dict[str, Any]) -> bytes:
    text = json.dumps(payload, ensure_ascii=False)
    return crypto.encrypt(text, field="import_row", bound=f"{batch.pk}/{number}".encode())


def _open(batch: ImportBatch, number: int, cipher: bytes | memoryview) -> dict[str, Any]:
    bound = f"{batch.pk}/{number}".encode()
    return json.loads(crypto.decrypt(cipher, field="import_row", bound=bound))


def _triple(problem: Problem) -> tuple[str, str, str]:
    return (problem.column, problem.cause, problem.message)


def _plain(person: Person) -> dict[str, Any]:
    """What is given, without what is empty."""
    values = {name: value for name in _FIELDS if (value := getattr(person, name)) not in ("", None, False)}
    if person.in_party is not None:
        values["in_party"] = person.in_party
    return values | {name: values[name].isoformat() for name in _DATES if name in values}


def _person(values: dict[str, Any]) -> Person:
    return Person(**values | {name: date.fromisoformat(values[name]) for name in _DATES if name in values})
