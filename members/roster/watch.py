"""A run as others see it while its one transaction is open: its progress told, and their cancelling heard (§5)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from ..models import ImportBatch

TELL = "UPDATE members_importbatch SET progress = %s WHERE id = %s RETURNING cancel_asked_at IS NOT NULL"


class Cancelled(Exception):
    """Somebody asked to cancel the run before it was over."""


class Watch:
    """Speaks over a connection of its own, opened when there is something to say."""

    def __init__(self, batch: ImportBatch):
        self.batch = batch
        self.other: BaseDatabaseWrapper | None = None

    def tell(self, done: int) -> None:
        """So many rows are done. Raises Cancelled."""
        if self.other is None:
            self.other = connections.create_connection(DEFAULT_DB_ALIAS)
        with self.other.cursor() as cursor:
            cursor.execute(TELL, [done, self.batch.pk])
            row = cursor.fetchone()
        if row and row[0]:
            raise Cancelled

    def close(self) -> None:
        """Give the connection back."""
        if self.other is not None:
            self.other.close()


@contextmanager
def watching(batch: ImportBatch) -> Iterator[Watch]:
    """A watch for one attempt of the run."""
    watch = Watch(batch)
    try:
        yield watch
    finally:
        watch.close()
