"""Processes of one installation: children in groups of their own, and what a killed supervisor left behind."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

MARK = "ZHTJ_SUPERVISED"  # in the environment of every child and grandchild: how leftovers are known
STEADY_SECONDS = 60
LONGEST_PAUSE = 10


@dataclass
class Child:
    """A program that is started again whenever it ends."""

    name: str
    argv: list[str]
    environment: dict[str, str]
    process: subprocess.Popen | None = None
    started: float = 0.0
    pause: float = 0.0
    not_before: float = field(default=0.0)

    def start(self) -> None:
        """Start it in a process group of its own, where Ctrl-C does not reach."""
        self.process = subprocess.Popen(
            self.argv, env=self.environment, stdin=subprocess.DEVNULL, start_new_session=True
        )
        self.started = time.monotonic()

    def tend(self) -> str | None:
        """Start it again if it ended, slower each time; returns a line to print when it did."""
        now = time.monotonic()
        if self.process is not None and self.process.poll() is None:
            return None
        if self.process is not None:
            self._note_end(now)
            return f"{self.name}已停止，{self.pause:.0f} 秒后重新启动。"
        if now >= self.not_before:
            self.start()
        return None

    def _note_end(self, now: float) -> None:
        self.kill()
        steady = now - self.started > STEADY_SECONDS
        self.pause = 1.0 if steady else min(max(self.pause * 2, 1.0), LONGEST_PAUSE)
        self.not_before = now + self.pause
        self.process = None

    def ask_to_end(self) -> None:
        """Tell it to finish what it is doing."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def kill(self) -> None:
        """End whatever is left of its group."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def end_all(children: list[Child], seconds: float) -> None:
    """Ask every child to end, wait, then end what remains."""
    for child in children:
        child.ask_to_end()
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and any(c.process and c.process.poll() is None for c in children):
        time.sleep(0.05)
    for child in children:
        child.kill()


def marked(installation: Path) -> list[int]:
    """Living processes that a supervisor of this installation started."""
    wanted = f"{MARK}={installation}".encode()
    return [pid for pid in _pids() if pid != os.getpid() and wanted in _environment_of(pid)]


def sweep(installation: Path, seconds: float = 5) -> int:
    """End what a killed supervisor left behind; returns how many processes there were."""
    leftovers = marked(installation)
    for kind in (signal.SIGTERM, signal.SIGKILL):
        for pid in marked(installation):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, kind)
        deadline = time.monotonic() + seconds
        while marked(installation) and time.monotonic() < deadline:
            time.sleep(0.1)
    return len(leftovers)


def _pids() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def _environment_of(pid: int) -> list[bytes]:
    try:
        return Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:
        return []
