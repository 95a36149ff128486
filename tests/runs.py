"""The temporary folder of one test run; what killed runs left behind is removed first."""

import contextlib
import fcntl
import os
import shutil
import tempfile
from pathlib import Path

from zhtj.postgres.cluster import Cluster

VARIABLE = "ZHTJ_TEST_RUN"
PREFIX = f"zhtj-test-{os.geteuid()}-"

_locks: list[int] = []  # held open for the life of the run: that is how others see that it lives


def run_folder() -> Path:
    """The folder of this run; the first process makes it, parallel workers inherit its name."""
    if VARIABLE not in os.environ:
        os.environ[VARIABLE] = str(_make_folder())
    return Path(os.environ[VARIABLE])


def owns_run() -> bool:
    """Whether this process made the folder and shall remove it."""
    return bool(_locks)


def remove(folder: Path) -> None:
    """Stop the run's server, if it has one, and remove everything."""
    Cluster(folder / "postgres").stop()
    shutil.rmtree(folder, ignore_errors=True)


def _make_folder() -> Path:
    root = Path(tempfile.gettempdir())
    with _locked(root / f"{PREFIX}sweep.lock", fcntl.LOCK_EX):
        for folder in root.glob(f"{PREFIX}*/"):
            with contextlib.suppress(BlockingIOError), _locked(folder / "run.lock", fcntl.LOCK_EX):
                remove(folder)
        folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        _locks.append(_lock(folder / "run.lock", fcntl.LOCK_EX))
    return folder


@contextlib.contextmanager
def _locked(path: Path, kind: int):
    blocking = 0 if path.name.endswith("sweep.lock") else fcntl.LOCK_NB
    descriptor = _lock(path, kind | blocking)
    try:
        yield
    finally:
        os.close(descriptor)


def _lock(path: Path, kind: int) -> int:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, kind)
    except BlockingIOError:
        os.close(descriptor)
        raise
    return descriptor
