"""A background worker in a thread of the test's process: it takes up every import that waits."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from members.models import ImportBatch
from members.roster import batch as batches

PAUSE = 0.2  # seconds


@contextmanager
def worker() -> Iterator[None]:
    """Work until the block ends; a fault of the worker fails the test."""
    done, faults = threading.Event(), []

    def run() -> None:
        try:
            while not done.wait(PAUSE):
                for pk in ImportBatch.objects.filter(state__in=batches.WORKING).values_list("pk", flat=True):
                    batches.work(pk)
        except Exception as fault:  # noqa: BLE001 - handed to the test
            faults.append(fault)
        finally:
            connection.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join(timeout=30)
    assert faults == []
