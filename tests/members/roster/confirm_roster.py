"""Uploads a large made-up roster to a running installation and has it run: `ROWS`; prints the batch.

Started as a process by test_killed_service.py, with the installation's ZHTJ_DATA.
"""

from __future__ import annotations

import io
import os
import sys
import time
from datetime import date, timedelta

os.environ["DJANGO_SETTINGS_MODULE"] = "zhtj.settings"

import django

django.setup()

from xlsxwriter import Workbook  # noqa: E402 - Django must be set up before

from accounts.idcard import check_character  # noqa: E402
from members.models import BatchState, ImportBatch  # noqa: E402
from members.roster import batch as batches  # noqa: E402
from members.roster.check import BRANCH_COLUMN  # noqa: E402
from members.rules import REQUIRED  # noqa: E402
from orgs import scope  # noqa: E402
from orgs.models import Organization  # noqa: E402

COLLEGE = "石河子大学医学院团委"
FIRST_BIRTHDAY = date(2001, 1, 1)
PATIENCE = 120


def number(serial: int) -> str:
    """A valid ID number that matches nobody."""
    body = f"659099{FIRST_BIRTHDAY + timedelta(days=serial // 900):%Y%m%d}{serial % 900 + 100}"
    return body + check_character(body)


def roster(rows: int, branches: list[str]) -> bytes:
    """A committee's roster."""
    raw = io.BytesIO()
    with Workbook(raw, {"in_memory": True}) as book:
        sheet = book.add_worksheet("团员团干部")
        sheet.write_row(0, 0, [BRANCH_COLUMN, *REQUIRED])
        for at in range(rows):
            person = ["张三", number(at), "汉族", "共青团员", "本科", "2015-05", "13800000001"]
            for column, text in enumerate([branches[at % len(branches)], *person]):
                sheet.write_string(at + 1, column, text)
    return raw.getvalue()


def wait_for(batch: ImportBatch, state: str) -> None:
    """Until the worker has brought it there."""
    deadline = time.monotonic() + PATIENCE
    while batch.state != state:
        assert time.monotonic() < deadline, (batch.state, batch.message)
        time.sleep(0.05)
        batch.refresh_from_db(fields=["state", "message"])


def main() -> None:
    """Upload, wait for the plan, confirm."""
    college = Organization.objects.get(short_name=COLLEGE)
    names = list(Organization.objects.filter(parent=college).values_list("full_name", flat=True)[:20])
    actor = scope.of_command("tests", college)
    batch = batches.create(college, "名单.xlsx", roster(int(sys.argv[1]), names), actor=actor)
    batches.enqueue(batch)
    wait_for(batch, BatchState.PLANNED)
    batches.confirm(batch, actor=actor)
    print(batch.pk)


if __name__ == "__main__":
    main()
