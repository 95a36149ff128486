# ruff: noqa: E402 - Django must be set up before its models are imported
"""An import of 100,000 rows: against the floor of the machine, against django-import-export, and its memory.

`python -m bench.large [ROWS] [ROUNDS] [SAMPLE]`, on a throw-away database. Memory is that of the processes that do it: one that
takes the upload as a page, one that works on it, and the child that reads the file; each is the most it ever held.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path
from statistics import median

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client

from accounts.models import Account
from bench import _import_export, _people, _rosters
from members.models import BatchState, ImportBatch
from members.roster import batch as batches
from orgs.models import Organization
from tests.makers import make_admin
from tests.runs import remove, run_folder

ROWS, ROUNDS, IN_BRANCH, SAMPLE = 100_000, 3, 1_000, 3_000
MOST_WEB, MOST_CHILD, MOST_WORKER = 300, 1024, 1024  # MB
FILE = "roster.xlsx"


def measure(rows: int, rounds: int, sample: int) -> None:
    """Print the ratios and the peaks."""
    committee = _people.plant(max(1, rows // IN_BRANCH))
    names = list(
        Organization.objects.filter(parent=committee).order_by("pk").values_list("full_name", flat=True)
    )
    raw = _people.roster(rows, names)
    print(f"roster of {rows:,} rows, {len(raw) / 2**20:.1f} MB; load of the machine {os.getloadavg()[0]:.1f}")
    (run_folder() / FILE).write_bytes(raw)
    high = against_floor(committee, raw, rounds)
    against_import_export(raw, min(sample, rows), rows / high)
    memory(committee)


def against_floor(committee: Organization, raw: bytes, rounds: int) -> float:
    """Seconds of both, on the same file; those of the import."""
    floors, imports = _rosters.in_turns(committee, raw, rounds)
    low, high = median(floors), median(taken.whole for taken in imports)
    plan, run = median(taken.plan for taken in imports), median(taken.run for taken in imports)
    print(f"  floor: the same file read and the same rows copied   {low:7.2f} s")
    print(
        f"  import: plan {plan:.2f} s, run {run:.2f} s              {high:7.2f} s   × {high / low:.2f} (≤ 2.5)"
    )
    return high


def against_import_export(raw: bytes, sample: int, ours: float) -> None:
    """Rows a second of the other library in its default mode, which looks at every row twice, as ours does."""
    _rosters.clear()
    _rosters.settle()
    theirs = _import_export.taken(raw, sample)
    both, alone = sample / (theirs.preview + theirs.run), sample / theirs.run
    print(f"  rows a second, from the upload to everything written {ours:7,.0f}")
    print(f"    django-import-export, the first {sample:,} rows:")
    print(f"    its preview and import, as ours is measured        {both:7,.0f}   × {ours / both:.1f} (≥ 25)")
    print(f"    its import alone                                   {alone:7,.0f}   × {ours / alone:.1f}")


# -- memory -----------------------------------------------------------------------------------------


def memory(committee: Organization) -> None:
    """Each piece of work once more, in a process of its own."""
    _rosters.clear()
    chief = make_admin(committee)
    (web,) = alone("upload", chief.pk, committee.pk)
    batch = ImportBatch.objects.latest("pk")
    planner, child = alone("work", batch.pk)
    batch.refresh_from_db()
    _rosters.confirm(batch)
    runner, _ = alone("work", batch.pk)
    _rosters.check(batch)
    print(f"  most memory: the page that takes the upload   {web:5.0f} MB (< {MOST_WEB})")
    print(f"               the child that reads the file    {child:5.0f} MB (< {MOST_CHILD})")
    print(f"               the worker, planning             {planner:5.0f} MB (< {MOST_WORKER})")
    print(f"               the worker, running              {runner:5.0f} MB (< {MOST_WORKER})")


def alone(act: str, *arguments: int) -> list[float]:
    """Do a piece of work in a process of its own; the megabytes it says it held."""
    command = [sys.executable, "-m", "bench.large", act, *map(str, arguments)]
    return [float(word) for word in subprocess.check_output(command, text=True).split()]


def upload(chief: int, committee: int) -> list[float]:
    """Send the form, through every middleware, as the web process takes it."""
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(Account.objects.get(pk=chief))
    raw = (run_folder() / FILE).read_bytes()
    sent = {"file": SimpleUploadedFile(FILE, raw), "org": committee}
    assert client.post("/imports/new/", sent).status_code == 302
    return [peak()]


def work(batch: int) -> list[float]:
    """What the worker does next; the children that read files are counted once they have ended."""
    batches.work(batch)
    assert ImportBatch.objects.get(pk=batch).state in (BatchState.PLANNED, BatchState.DONE)
    return [peak(), peak_of_children()]


def peak() -> float:
    """The most memory this process ever held, in MB; rusage would count what its parent held before it began."""
    held = next(line for line in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in line)
    return int(held.split()[1]) / 1024


def peak_of_children() -> float:
    """The most memory of any child that has ended, in MB."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def main() -> None:
    """Measure on a fresh database and remove it; or do one piece of work for the process that measures."""
    if len(sys.argv) > 1 and sys.argv[1] in ("upload", "work"):
        print(*{"upload": upload, "work": work}[sys.argv[1]](*map(int, sys.argv[2:])))
        return
    given = [int(word) for word in sys.argv[1:4]]
    rows, rounds, sample = [*given, *(ROWS, ROUNDS, SAMPLE)[len(given) :]]
    try:
        call_command("migrate", verbosity=0)
        measure(rows, rounds, sample)
    finally:
        connection.close()
        remove(run_folder())


if __name__ == "__main__":
    main()
