# ruff: noqa: E402 - Django must be set up before its models are imported
"""What figures, balance and rosters cost in a country of 200,000 members in 20,000 branches.

`python -m bench.figures`, on a throw-away database; every fifth member has changed the branch once.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import cycle, islice

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from django.core.management import call_command
from django.db import connection

from accounts.enums import EDUCATIONS, ETHNICITIES
from accounts.idcard import check_character
from accounts.models import Account
from members.figures import ledger, periods, rollups
from members.models import Act, Member, Membership
from orgs import tree
from orgs.enums import Category
from orgs.models import Organization
from tests.runs import remove, run_folder
from zhtj.lib import copying
from zhtj.lib.paging import page_of

UNIVERSITIES, COLLEGES, CLASSES, PEOPLE = 20, 10, 100, 10
BEGAN = datetime(2022, 9, 1, 4, tzinfo=UTC)


def plant() -> list[Organization]:
    """The province and everything below it; its branches."""
    top = tree.Seedling(Category.LEADING_BODY, "新疆生产建设兵团团委")
    seedlings = [top]
    for at in range(UNIVERSITIES):
        seedlings.append(tree.Seedling(Category.COMMITTEE, f"第{at}大学团委", below=0))
        university = len(seedlings) - 1
        for college in range(COLLEGES):
            seedlings.append(tree.Seedling(Category.COMMITTEE, f"第{college}学院团委", below=university))
            above = len(seedlings) - 1
            seedlings += [
                tree.Seedling(Category.BRANCH, f"{number}班团支部", below=above) for number in range(CLASSES)
            ]
    return [each for each in tree.plant(None, seedlings) if each.is_branch]


def number_of(at: int) -> str:
    """A number of nobody: its county code was never assigned."""
    born = date(1999, 1, 1) + timedelta(days=at // 999)
    body = f"659099{born:%Y%m%d}{at % 999 + 1:03d}"
    return body + check_character(body)


def people(branches: list[Organization]) -> None:
    """Accounts, 团籍 and ledger; every fifth has come from the next branch in 2025."""
    total = len(branches) * PEOPLE
    ids = copying.next_ids(Account, total)
    facts = zip(ids, cycle(ETHNICITIES[:9]), cycle(EDUCATIONS), strict=False)
    copying.insert_values(
        Account,
        [
            {
                "id": pk,
                **Account.columns(number=number_of(at), name=f"同学{chr(0x4E00 + at % 5000)}", phone=""),
                "ethnicity": ethnicity,
                "education": education,
                "political_status": "共青团员",
            }
            for at, (pk, ethnicity, education) in enumerate(islice(facts, total))
        ],
    )
    at_home = [branches[at // PEOPLE] for at in range(total)]
    copying.insert_values(
        Member,
        [
            {
                "account_id": pk,
                "branch_id": branch.pk,
                "branch_path": branch.path,
                "joined": date(2015 + pk % 9, 5, 1),
            }
            for pk, branch in zip(ids, at_home, strict=True)
        ],
    )
    copying.insert_values(Membership, list(stretches(ids, at_home)))


def stretches(ids: list[int], at_home: list[Organization]):
    """The ledger behind it."""
    for at, (pk, branch) in enumerate(zip(ids, at_home, strict=True)):
        begun = {"account_id": pk, "branch_id": branch.pk, "begun_by": Act.IMPORT}
        began = BEGAN + timedelta(days=at % 700)
        open_end = {"ended_at": None, "ended_by": ""}
        if at % 5:
            yield {**begun, "started_at": began, **open_end}
            continue
        moved = datetime(2025, 9, 1, 4, tzinfo=UTC) + timedelta(minutes=at)
        before = at_home[(at + PEOPLE) % len(at_home)].pk
        yield {
            **begun,
            "branch_id": before,
            "started_at": began,
            "ended_at": moved,
            "ended_by": Act.PLACING,
        }
        yield {**begun, "begun_by": Act.PLACING, "started_at": moved, **open_end}


def timed(words: str, work: Callable[[], object]) -> None:
    """Print how long a piece takes, the better of two runs."""
    taken = []
    for _ in range(2):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    print(f"{words}: {min(taken):.2f} s")


def measure(top: Organization, university: Organization, branch: Organization) -> None:
    """Print what each page of figures costs."""
    now = datetime(2026, 11, 23, 4, tzinfo=UTC)
    period = periods.Period(date(2025, 1, 1), date(2025, 12, 31))
    timed("rollup of the country", lambda: rollups.refresh(now=now))
    timed("figures of the country, from the rollup", lambda: rollups.figures(top, now=now))
    timed("figures of 10,000 members, live", lambda: rollups.figures(university, now=now))
    timed("figures of a branch, live", lambda: rollups.figures(branch, now=now))
    for words, where in (("country", top), ("university", university), ("branch", branch)):
        timed(f"a year's balance of a {words}", lambda where=where: ledger.balance(where, period))
        came = ledger.crossing(where, period, ledger.IN)
        timed(f"names of a {words}'s comers", lambda came=came: page_of(came, {}))
        roster = ledger.on_roster(where, date(2025, 6, 30))
        timed(f"first page of a {words}'s roster", lambda r=roster: page_of(r, {}, by=("place", "pk")))
        timed(f"… with its total ({roster.count():,})", lambda roster=roster: roster.count())


def main() -> None:
    """Plant and measure."""
    try:
        call_command("migrate", verbosity=0)
        branches = plant()
        people(branches)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        print(f"{Member.objects.count():,} members, {len(branches):,} branches")
        top = Organization.objects.get(parent=None)
        measure(top, Organization.objects.filter(parent=top).first(), branches[0])
        if "--keep" in sys.argv:
            input("kept until Enter: ")
    finally:
        connection.close()
        remove(run_folder())


if __name__ == "__main__":
    main()
