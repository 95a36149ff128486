"""A whole installation under `manage.py serve`, in a folder and on a port of its own."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from django.conf import settings

from zhtj.postgres.cluster import Cluster
from zhtj.serving.processes import marked

PATIENCE = 180  # seconds; a busy machine takes its time to start


class Service:
    """Starts, asks and ends one installation."""

    def __init__(self, folder: Path, host: str = "127.0.0.1", **environment: str):
        self.folder = folder
        self.host, self.environment = host, environment
        self.cluster = Cluster(folder / "postgres")
        self.port = free_port()
        self.supervisor: subprocess.Popen | None = None

    def start(self) -> None:
        """Start and wait until it is ready."""
        self.launch()
        self.wait_until(self.ready)

    def launch(self) -> None:
        """Start without waiting."""
        environment = {
            **os.environ,
            "ZHTJ_DATA": str(self.folder),
            "PORT": str(self.port),
            "WEB_WORKERS": "1",
        }
        environment.pop("DATABASE_URL", None)
        environment |= {"DJANGO_SETTINGS_MODULE": "zhtj.settings", **self.environment}
        with (self.folder / "output.txt").open("a") as output:
            self.supervisor = subprocess.Popen(
                [sys.executable, "manage.py", "serve"],
                env=environment,
                cwd=settings.BASE_DIR,
                stdout=output,
                stderr=output,
            )

    def end(self, kind: signal.Signals) -> int:
        """Send the signal and wait for the end; returns the exit code."""
        self.supervisor.send_signal(kind)
        return self.supervisor.wait(timeout=PATIENCE)

    def ready(self) -> bool:
        """Whether /readyz says so."""
        try:
            asked = urllib.request.Request(
                f"http://127.0.0.1:{self.port}/readyz", headers={"Host": self.host}
            )
            with urllib.request.urlopen(asked, timeout=5) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def wait_until(self, condition) -> None:
        """Wait for the condition, or fail with what the service printed."""
        deadline = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < deadline, (self.folder / "output.txt").read_text()
            time.sleep(0.1)

    def processes(self, word: str) -> list[int]:
        """Living processes of the installation with the word in their command line."""
        return [pid for pid in marked(self.folder) if word in command_line(pid)]

    def clean_up(self) -> None:
        """End everything that still lives, whatever the test did."""
        if self.supervisor and self.supervisor.poll() is None:
            self.end(signal.SIGKILL)
        for pid in marked(self.folder):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.cluster.stop()


def command_line(pid: int) -> str:
    """How the process was started; empty when it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
