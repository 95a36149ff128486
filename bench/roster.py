# ruff: noqa: E402 - Django must be set up before its models are imported
"""What importing a roster costs, against the floor of the same machine in the same run.

The floor reads the same file with calamine and COPYs exactly the rows the import wrote into the same tables.
`python -m bench.roster [ROWS …]`, on a throw-away database; 600 rows are the college of tests/rosters.
"""

from __future__ import annotations

import io
import os
import sys
import time
from pathlib import Path
from statistics import median

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

import python_calamine
from django.core.management import call_command
from django.db import connection, transaction

from members.models import BatchState, ImportBatch, ImportRow, Member, Membership
from members.roster import batch as batches
from orgs import scope
from orgs.enums import Category
from orgs.models import Organization, Post
from tests.makers import make_org
from tests.runs import remove, run_folder
from zhtj.audit.models import AuditEntry

ROSTER = Path(__file__).parents[1] / "tests" / "rosters" / "college_600.xlsx"
TABLES = (
    "accounts_account",
    *(model._meta.db_table for model in (Member, Membership, Post, ImportBatch, ImportRow, AuditEntry)),
)
ROUNDS = 9
LOOK = 0.3  # seconds somebody looks at the plan, not counted


def plant() -> Organization:
    """The college the roster names, with its classes."""
    top = make_org(None, "新疆生产建设兵团团委", Category.LEADING_BODY)
    college = make_org(
        make_org(top, "石河子大学团委", Category.COMMITTEE), "石河子大学医学院团委", Category.COMMITTEE
    )
    for number in range(1, 21):
        make_org(college, f"2023级{number}班团支部")
    return college


def clear() -> None:
    """Empty what the import fills."""
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(TABLES)}, audit_auditpending CASCADE")


def columns(table: str) -> str:
    """The table's stored columns."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(quote_ident(column_name), ',' ORDER BY ordinal_position) FROM information_schema.columns"
            " WHERE table_name = %s AND is_generated = 'NEVER'",
            [table],
        )
        return cursor.fetchone()[0]


def ours(college: Organization, raw: bytes) -> float:
    """Seconds from the uploaded bytes to everything written: upload and plan, then, once somebody has looked, the run."""
    actor = scope.of_command("bench", college)
    start = time.perf_counter()
    batch = batches.create(college, "bench.xlsx", raw, actor=actor)
    batches.work(batch.pk)
    planned = time.perf_counter()
    assert batches.move(batch, BatchState.CONFIRMED, among=(BatchState.PLANNED,))
    time.sleep(LOOK)
    confirmed = time.perf_counter()
    batches.work(batch.pk)
    taken = time.perf_counter() - confirmed + planned - start
    batch.refresh_from_db()
    assert batch.state == BatchState.DONE, batch.message
    assert batch.counts["written"] == batch.row_count, batch.counts
    return taken


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


def measure(raw: bytes) -> None:
    """Print rows, seconds of both and the ratio of their medians; the two take turns."""
    college = Organization.objects.filter(short_name="石河子大学医学院团委").first() or plant()
    listed = {table: columns(table) for table in TABLES}
    clear()
    ours(college, raw)
    texts, rows = dump(), Member.objects.count()
    taken: dict[str, list[float]] = {"floor": [], "ours": []}
    for _ in range(ROUNDS):
        clear()
        taken["floor"].append(floor(raw, texts, listed))
        clear()
        taken["ours"].append(ours(college, raw))
    low, high = median(taken["floor"]), median(taken["ours"])
    print(
        f"roster of {rows:,} rows: floor {low * 1000:.0f} ms, import {high * 1000:.0f} ms   × {high / low:.2f}"
    )


def main() -> None:
    """Measure the college."""
    try:
        call_command("migrate", verbosity=0)
        measure(ROSTER.read_bytes())
    finally:
        connection.close()
        remove(run_folder())


if __name__ == "__main__":
    sys.exit(main())
