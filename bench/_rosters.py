"""What the benches of roster imports share: the floor of the machine, the import itself, and its tables."""

from __future__ import annotations

import io
import time
from dataclasses import dataclass

import python_calamine
from django.db import connection, transaction

from members.models import BatchState, ImportBatch, ImportRow, Member, Membership
from members.roster import batch as batches
from orgs import scope
from orgs.models import Organization, Post
from zhtj.audit.models import AuditEntry

# Everything an import fills. The list of entries to be sealed is filled by a trigger, here as there.
TABLES = (
    "accounts_account",
    *(model._meta.db_table for model in (Member, Membership, Post, ImportBatch, ImportRow, AuditEntry)),
)
LOOK = 0.3  # seconds somebody looks at the plan, not counted


@dataclass(frozen=True)
class Taken:
    """Seconds of the two halves of an import: from the uploaded bytes to the plan, from the button to the end."""

    plan: float
    run: float

    @property
    def whole(self) -> float:
        return self.plan + self.run


def clear() -> None:
    """Empty what the import fills."""
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(TABLES)}, audit_auditpending CASCADE")


def settle() -> None:
    """The same ground for every run: what was written before is on disk."""
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")


def columns(table: str) -> str:
    """The table's stored columns."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(quote_ident(column_name), ',' ORDER BY ordinal_position) FROM information_schema.columns"
            " WHERE table_name = %s AND is_generated = 'NEVER'",
            [table],
        )
        return cursor.fetchone()[0]


def ours(target: Organization, raw: bytes) -> Taken:
    """From the uploaded bytes to everything written: upload and plan, then, once somebody has looked, the run."""
    actor = scope.of_command("bench", target)
    start = time.perf_counter()
    batch = batches.create(target, "bench.xlsx", raw, actor=actor)
    batches.work(batch.pk)
    planned = time.perf_counter()
    confirm(batch)
    time.sleep(LOOK)
    confirmed = time.perf_counter()
    batches.work(batch.pk)
    done = time.perf_counter()
    check(batch)
    return Taken(planned - start, done - confirmed)


def confirm(batch: ImportBatch) -> None:
    """Press the button."""
    assert batches.move(batch, BatchState.CONFIRMED, among=(BatchState.PLANNED,)), batch.message


def check(batch: ImportBatch) -> None:
    """Every row was written."""
    batch.refresh_from_db()
    assert batch.state == BatchState.DONE, batch.message
    assert batch.counts["written"] == batch.row_count, batch.counts


def dump() -> dict[str, str]:
    """What the import wrote, as COPY text."""
    found = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            text = io.StringIO()
            cursor.copy_expert(f"COPY (SELECT {columns(table)} FROM {table} ORDER BY id) TO STDOUT", text)
            found[table] = text.getvalue()
    return found


def floor(raw: bytes, texts: dict[str, str], listed: dict[str, str]) -> float:
    """Seconds to read the same file and COPY the same rows."""
    start = time.perf_counter()
    python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(raw)).get_sheet_by_index(0).to_python()
    with transaction.atomic(), connection.cursor() as cursor:
        for table in TABLES:
            cursor.copy_expert(f"COPY {table} ({listed[table]}) FROM STDIN", io.StringIO(texts[table]))
    return time.perf_counter() - start


def in_turns(target: Organization, raw: bytes, rounds: int) -> tuple[list[float], list[Taken]]:
    """The floor and the import, one after the other so that the machine's moods meet both alike."""
    listed = {table: columns(table) for table in TABLES}
    clear()
    ours(target, raw)
    texts = dump()
    floors, imports = [], []
    for _ in range(rounds):
        clear()
        settle()
        floors.append(floor(raw, texts, listed))
        clear()
        settle()
        imports.append(ours(target, raw))
    return floors, imports
