"""Who uses the embedded server: every process holds a shared lock, the last one out stops it."""

from __future__ import annotations

import atexit
import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from zhtj.postgres.cluster import Cluster

_held: dict[Path, tuple[Cluster, int]] = {}
_threads = threading.Lock()


def hold(cluster: Cluster) -> None:
    """Start the server if needed and keep it for the life of this process.

    Starting and stopping exclude each other by a lock of their own; using is the shared one. The kernel
    frees both when a process dies, however it dies.
    """
    with _threads:
        if cluster.folder in _held:
            return
        with _starting(cluster):
            _held[cluster.folder] = (cluster, _lock(cluster.folder / "use.lock", fcntl.LOCK_SH))
            cluster.start()


def revive(cluster: Cluster) -> None:
    """Start the server again after it died under its users."""
    with _threads, _starting(cluster):
        cluster.start()


def release(cluster: Cluster) -> None:
    """Leave the server; whoever finds nobody else stops it."""
    with _threads:
        if cluster.folder not in _held:
            return
        with _starting(cluster):
            os.close(_held.pop(cluster.folder)[1])
            try:
                last = _lock(cluster.folder / "use.lock", fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            cluster.stop()
            os.close(last)


@contextmanager
def _starting(cluster: Cluster) -> Iterator[None]:
    cluster.prepare_folder()
    lock = _lock(cluster.folder / "start.lock", fcntl.LOCK_EX)
    try:
        yield
    finally:
        os.close(lock)


def _lock(path: Path, kind: int) -> int:
    """An open, locked file; the descriptor is not passed on to programs this process starts."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, kind)
    except BlockingIOError:
        os.close(descriptor)
        raise
    return descriptor


def _release_all() -> None:
    for cluster, _ in list(_held.values()):
        release(cluster)


def _forget_in_child() -> None:
    """A forked child shares its parent's lock without meaning to: drop it, take an own one when needed."""
    global _threads
    _threads = threading.Lock()
    for _, descriptor in _held.values():
        os.close(descriptor)
    _held.clear()


atexit.register(_release_all)
os.register_at_fork(after_in_child=_forget_in_child)
