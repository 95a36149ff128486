# ruff: noqa: E402 - Django must be set up before its models are imported
"""What importing a roster costs, against the floor of the same machine in the same run.

The floor reads the same file with calamine and COPYs exactly the rows the import wrote into the same tables.
`python -m bench.roster`, on a throw-away database; 600 rows are the college of tests/rosters.
"""

from __future__ import annotations

import os
from pathlib import Path
from statistics import median

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from django.core.management import call_command
from django.db import connection

from bench._rosters import in_turns
from members.models import Member
from orgs.enums import Category
from orgs.models import Organization
from tests.makers import make_org
from tests.runs import remove, run_folder

ROSTER = Path(__file__).parents[1] / "tests" / "rosters" / "college_600.xlsx"
ROUNDS = 9


def plant() -> Organization:
    """The college the roster names, with its classes."""
    top = make_org(None, "新疆生产建设兵团团委", Category.LEADING_BODY)
    college = make_org(
        make_org(top, "石河子大学团委", Category.COMMITTEE), "石河子大学医学院团委", Category.COMMITTEE
    )
    for number in range(1, 21):
        make_org(college, f"2023级{number}班团支部")
    return college


def measure(raw: bytes) -> None:
    """Print rows, seconds of both and the ratio of their medians."""
    floors, imports = in_turns(plant(), raw, ROUNDS)
    low, high = median(floors), median(taken.whole for taken in imports)
    print(
        f"roster of {Member.objects.count():,} rows: floor {low * 1000:.0f} ms, import {high * 1000:.0f} ms"
        f"   × {high / low:.2f} (≤ 4)"
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
    main()
