"""What an import did to people known before it: the values it found, kept encrypted with its rows for the way back (§5).

People whose accounts the import made need no trace: everything about them follows from the stored row.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from zhtj.lib import crypto, updating

from ..models import ImportBatch, ImportRow

TOUCHED = "touched"  # the cause of a row that an undo left as it is
_FIELD = "import_trace"
Was = dict[str, Any]  # attribute → value before, as JSON has it; the phone in clear


@dataclass
class Trace:
    """What one row changed. `post` is the living post it gave or wrote on, `replaced` the one that ended for it.

    `made` where the row made the account and gives no 团籍 that would tell; `kept` says why an undo left the row as
    it is. Rows of new members have nothing else.
    """

    account_id: int | None = None
    branch_id: int | None = None
    account: Was = field(default_factory=dict)
    member: Was = field(default_factory=dict)
    office: Was = field(default_factory=dict)
    post_id: int | None = None
    replaced: int | None = None
    seat_id: int | None = None
    made: bool = False
    kept: str = ""


def plain(value: Any) -> Any:
    """A stored value as JSON has it."""
    return value.isoformat() if isinstance(value, date | datetime) else value


def keep(batch: ImportBatch, traces: Mapping[int, Trace]) -> None:
    """Store traces by row number, in the transaction of the run."""
    _write(batch, list(batch.rows.filter(number__in=list(traces)).values_list("pk", "number")), traces)


def leave(batch: ImportBatch, reasons: Mapping[int, str], known: Mapping[int, Trace]) -> None:
    """Mark rows that an undo left as they are, each with the reason in words."""
    found = list(batch.rows.filter(number__in=list(reasons)).values_list("pk", "number"))
    marked = {}
    for _, number in found:
        marked[number] = known.get(number) or Trace()
        marked[number].kept = reasons[number]
    _write(batch, found, marked)
    batch.rows.filter(pk__in=[pk for pk, _ in found]).update(cause=TOUCHED)


def _write(batch: ImportBatch, rows: Iterable[tuple[int, int]], traces: Mapping[int, Trace]) -> None:
    columns = [ImportRow._meta.pk, ImportRow._meta.get_field("trace_cipher")]
    values = [(pk, _seal(batch, number, traces[number])) for pk, number in rows]
    updating.update_values(ImportRow, columns, values)


def _seal(batch: ImportBatch, number: int, trace: Trace) -> bytes:
    facts = {name: value for name, value in asdict(trace).items() if value not in (None, "", {}, False)}
    text = json.dumps(facts, ensure_ascii=False)
    return crypto.encrypt(text, field=_FIELD, bound=f"{batch.pk}/{number}".encode())


def opened(batch: ImportBatch, number: int, cipher: bytes | memoryview | None) -> Trace | None:
    """The trace of a row; None for the row of a new person."""
    if cipher is None:
        return None
    return Trace(**json.loads(crypto.decrypt(cipher, field=_FIELD, bound=f"{batch.pk}/{number}".encode())))
