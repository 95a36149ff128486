"""A worker of its own that is killed, as by kill -9, before one of its statements: `DATABASE BATCH STATEMENT ROWS`.

With statement 0 it lives; ROWS are those of a piece. Started as a process by test_killed.py.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django
from django.conf import settings

settings.DATABASES["default"]["NAME"] = sys.argv[1]
settings.IMPORT_PIECE_ROWS = int(sys.argv[4])
django.setup()

from django.db import connection  # noqa: E402 - Django must be set up before

from members.roster import batch  # noqa: E402


def work(pk: int, fatal: int) -> int:
    """Do the batch's next piece of work; the number of statements it took."""
    count = 0

    def die(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal count
        count += 1
        if count == fatal:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(die):
        batch.work(pk)
    return count


if __name__ == "__main__":
    print(work(int(sys.argv[2]), int(sys.argv[3])))
