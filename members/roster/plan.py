"""The stored plan: one encrypted row per row of the sheet, written while checking and read by pages and the run."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from operator import attrgetter
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Q, QuerySet

from zhtj.lib import copying, crypto

from ..models import BatchState, ImportBatch, ImportRow, RowVerdict
from ..rules import Person, Problem
from .changes import Change
from .check import Candidate, Finding, Near

STOPPED = "stopped"  # the cause of a row that was not written because something had changed


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
    copying.write(told(batch, findings))


def told(batch: ImportBatch, findings: Sequence[tuple[Finding, list[str]]]) -> copying.Told | None:
    """The plan of one piece, ready to be written; pure."""
    payloads = (
        (_payload(_head(finding), texts), _bound(batch, finding.candidate.number))
        for finding, texts in findings
    )
    ciphers = crypto.encrypt_all(payloads, field=_FIELD)
    rows = [_row(finding, cipher) for (finding, _), cipher in zip(findings, ciphers, strict=True)]
    return copying.tell(ImportRow, rows, common={"batch_id": batch.pk})


def _row(finding: Finding, cipher: bytes) -> dict[str, Any]:
    candidate, account, branch = finding.candidate, finding.account, finding.branch
    person, number, secretary = finding.claims
    return {
        "number": candidate.number,
        "verdict": finding.verdict.value,
        "cause": finding.problems[0].cause if finding.problems else "",
        "account_id": account.pk if account else None,
        "branch_id": branch.pk if branch else None,
        "id_index": person,
        "number_index": number,
        "is_secretary": secretary is not None,
        "misnamed_index": misnamed_index(candidate.branch_name) if finding.near else None,
        "payload_cipher": cipher,
    }


def misnamed_index(name: str) -> bytes:
    """What rows with the same wrong name of an organisation have in common."""
    return crypto.blind_index(name, field="import_misnamed")


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


@dataclass(slots=True)
class Planned:
    """A stored row as it was read and what the plan promised, to be checked again and carried out."""

    verdict: str
    candidate: Candidate
    changes: list[Change]
    texts: list[str]


def chosen(batch: ImportBatch) -> QuerySet[ImportRow]:
    """The rows that the button runs: what is new, and ticked updates."""
    return batch.rows.filter(Q(verdict=RowVerdict.NEW) | Q(verdict=RowVerdict.UPDATE, ticked=True))


def stored(rows: QuerySet[ImportRow], *beside: str) -> Iterator[Any]:
    """These rows as `Stored`, and the columns `beside`, in the order of their blind index: people are locked in it."""
    found = rows.order_by("id_index", "number").values_list("number", "verdict", "payload_cipher", *beside)
    return found.iterator(chunk_size=settings.IMPORT_PIECE_ROWS)


def planned(batch: ImportBatch, piece: Iterable[Stored]) -> list[Planned]:
    """These stored rows as they were read and planned."""
    found = []
    for number, verdict, cipher in piece:
        head, texts = _open(batch, number, cipher)
        unreadable = tuple(Problem(*triple) for triple in head.unreadable)
        candidate = Candidate(number, _person(head.person), head.branch_name, unreadable)
        found.append(Planned(verdict, candidate, [Change(*each) for each in head.changes], texts))
    return found


def stop(batch: ImportBatch, number: int, note: str) -> None:
    """Mark a row that was not written because something changed since the plan."""
    row = batch.rows.get(number=number)
    head, texts = _open(batch, number, row.payload_cipher)
    payload = _payload(head._replace(note=note), texts)
    row.payload_cipher = crypto.encrypt(payload, field=_FIELD, bound=_bound(batch, number))
    row.cause = STOPPED
    row.save(update_fields=["payload_cipher", "cause"])


def _is_done(batch: ImportBatch, row: ImportRow) -> bool:
    """Whether the run wrote the row: it was to be written, and nothing stopped it."""
    chosen = row.verdict == RowVerdict.NEW or (row.verdict == RowVerdict.UPDATE and row.ticked)
    return batch.state == BatchState.DONE and chosen and row.cause != STOPPED


def shown(batch: ImportBatch, row: ImportRow) -> PlanRow:
    """A stored row opened for a page."""
    head, texts = _open(batch, row.number, row.payload_cipher)
    problems = [Problem(*triple) for triple in head.problems]
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
        texts=texts,
        problems=problems,
        changes=[Change(*each) for each in head.changes],
        note=head.note,
        faulty=faulty,
        branch_name=head.branch_name,
        near=[(pk, name) for pk, name in head.near],
    )


# -- the payload: a JSON list of what was found, then the cells as uploaded, with NUL between ----------
# A cell never holds NUL, and JSON writes it as an escape; so the run reads what was found without the cells.


class _Head(NamedTuple):
    """What was found about a row; what is empty at its end is not stored."""

    person: Sequence[Any] = ()
    branch_name: str = ""
    problems: Sequence[Sequence[str]] = ()
    unreadable: Sequence[Sequence[str]] = ()
    changes: Sequence[Sequence[str]] = ()
    note: str = ""
    near: Sequence[Near] = ()


def _head(finding: Finding) -> _Head:
    candidate = finding.candidate
    return _Head(
        _plain(candidate.person),
        candidate.branch_name,
        [_triple(each) for each in finding.problems],
        [_triple(each) for each in candidate.unreadable],
        [(each.column, each.old, each.new) for each in finding.changes],
        finding.note,
        finding.near,
    )


def _triple(problem: Problem) -> tuple[str, str, str]:
    return (problem.column, problem.cause, problem.message)


def _payload(head: _Head, texts: Sequence[str]) -> str:
    size = len(head)
    while size and not head[size - 1]:
        size -= 1
    return "\0".join((_to_json(head[:size]), *texts))


def _bound(batch: ImportBatch, number: int) -> bytes:
    return f"{batch.pk}/{number}".encode()


def _open(batch: ImportBatch, number: int, cipher: bytes | memoryview) -> tuple[_Head, list[str]]:
    head, *texts = crypto.decrypt(cipher, field=_FIELD, bound=_bound(batch, number)).split("\0")
    return _Head(*json.loads(head)), texts


_FIELD = "import_row"
_to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_values = attrgetter(*(each.name for each in fields(Person)))
_EMPTY = _values(Person())
_DATES = tuple(at for at, each in enumerate(fields(Person)) if each.name in ("joined", "since"))


def _plain(person: Person) -> list[Any]:
    """The values in the order of the class, without those at the end that were not given."""
    values = list(_values(person))
    for at in _DATES:
        if values[at]:
            values[at] = values[at].isoformat()
    while values and values[-1] == _EMPTY[len(values) - 1]:
        values.pop()
    return values


def _person(values: Any) -> Person:
    for at in _DATES:
        if at < len(values) and values[at]:
            values[at] = date.fromisoformat(values[at])
    return Person(*values)
