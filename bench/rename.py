# ruff: noqa: E402 - Django must be set up before its models are imported
"""Renaming a province: against the bare UPDATE and INSERT, and what a page costs meanwhile against the idle page.

`python -m bench.rename [ORGANISATIONS] [ROUNDS]`, on a throw-away database. Both kinds of run rename the same rows
in turns; the bare one is rolled back, and the table is vacuumed before each.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from statistics import median

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from django.core.management import call_command
from django.db import connection, connections, transaction
from django.test import Client

from orgs import jobs, lifecycle, scope, tree
from orgs.enums import Category
from orgs.models import Organization, TreeJob
from tests.makers import make_admin, make_org
from tests.runs import remove, run_folder

ORGANISATIONS, ROUNDS, PAGES = 100_000, 3, 30
NAMES = ("团齐鲁省委", "团山东省委")
BARE_UPDATE = """
UPDATE orgs_organization
   SET full_name = CASE WHEN category = 'leading_body' THEN '共青团' || %(new)s || substr(full_name, %(leading)s)
                        ELSE %(new)s || substr(full_name, %(other)s) END
 WHERE path LIKE %(below)s
"""
BARE_INSERT = """
INSERT INTO orgs_formername (organization_id, short_name, full_name, lineage, replaced_at)
SELECT id, short_name, full_name, %s, now() FROM orgs_organization WHERE id = %s
"""


def plant(count: int) -> tuple[Organization, Organization]:
    """团中央, and a province with about `count` organisations: 团委 of a thousand branches each."""
    centre = make_org(None, "团中央", Category.LEADING_BODY)
    province = make_org(centre, "团山东省委", Category.LEADING_BODY)
    size = min(1000, count)
    colleges = [tree.Seedling(Category.COMMITTEE, f"第{at}大学团委") for at in range(max(1, count // size))]
    for college in tree.plant(province, colleges):
        tree.plant(college, [tree.Seedling(Category.BRANCH, f"{at}班团支部") for at in range(size - 1)])
    return centre, province


def vacuum() -> None:
    """The same ground for every run."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE orgs_organization")


def bare(province: Organization, new: str) -> float:
    """One UPDATE and one INSERT, rolled back."""
    old = "".join(tree.stems_down_to(province))
    facts = {
        "new": new,
        "leading": len("共青团" + old) + 1,
        "other": len(old) + 1,
        "below": f"{province.path}%",
    }
    vacuum()
    start = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute(BARE_UPDATE, facts)
        cursor.execute(BARE_INSERT, [old, province.pk])
        taken = time.perf_counter() - start
        transaction.set_rollback(True)
    return taken


def ours(centre: Organization, province: Organization, short_name: str) -> float:
    """The verb and its job, as the worker does it."""
    vacuum()
    province = Organization.objects.get(pk=province.pk)
    actor = scope.scope_of(centre.seats.get().post.account)
    start = time.perf_counter()
    lifecycle.edit(province, short_name=short_name, actor=actor)
    job = TreeJob.objects.latest("pk")
    jobs.run(job.pk)
    taken = time.perf_counter() - start
    job.refresh_from_db()
    assert job.state == "done", job.message
    return taken


class Reader(threading.Thread):
    """Opens 下级组织管理 of the province again and again until told to stop; the seconds each took."""

    def __init__(self, province: Organization):
        super().__init__(daemon=True)
        self.client = Client(HTTP_HOST="127.0.0.1")
        self.client.force_login(province.seats.get().post.account)
        self.stop, self.taken = threading.Event(), []

    def run(self) -> None:
        while not self.stop.is_set():
            self.taken.append(self.look())
        connections.close_all()

    def look(self) -> float:
        """One page."""
        start = time.perf_counter()
        answer = self.client.get("/desk/subordinates/")
        assert answer.status_code == 200
        return time.perf_counter() - start


def idle(province: Organization) -> float:
    """The median page while nothing else goes on."""
    reader = Reader(province)
    reader.look()
    return median(reader.look() for _ in range(PAGES))


def meanwhile(centre: Organization, province: Organization, short_name: str) -> tuple[float, float]:
    """Seconds of the rename with a reader beside it, and the reader's median page."""
    reader = Reader(province)
    reader.look()
    reader.start()
    taken = ours(centre, province, short_name)
    reader.stop.set()
    reader.join()
    return taken, median(reader.taken)


def measure(count: int, rounds: int) -> None:
    """Print the figures and their ratios."""
    centre, province = plant(count)
    make_admin(centre, "钟央")
    make_admin(province, "齐鲁")
    total = Organization.objects.filter(path__startswith=province.path).count()
    bares, renames, pages = [], [], []
    quiet = idle(province)
    for at in range(rounds):
        new = NAMES[at % 2]
        bares.append(
            bare(Organization.objects.get(pk=province.pk), new.removeprefix("团").removesuffix("委"))
        )
        renames.append(ours(centre, province, new))
    for at in range(rounds, rounds + 2):
        pages.append(meanwhile(centre, province, NAMES[at % 2])[1])
    print(f"rename of {total:,} organisations, bare UPDATE and INSERT {median(bares):6.2f} s")
    ratio = median(renames) / median(bares)
    print(
        f"rename of {total:,} organisations, the job                {median(renames):6.2f} s   × {ratio:.2f} (≤ 2)"
    )
    print(f"下级组织管理, idle                {quiet * 1000:7.1f} ms")
    print(
        f"下级组织管理, during the rename   {median(pages) * 1000:7.1f} ms   × {median(pages) / quiet:.2f} (≤ 3)"
    )


def main() -> None:
    """Measure on a fresh database and remove it."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ORGANISATIONS
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else ROUNDS
    try:
        call_command("migrate", verbosity=0)
        measure(count, rounds)
    finally:
        connection.close()
        remove(run_folder())


if __name__ == "__main__":
    main()
