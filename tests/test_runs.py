"""What a killed test run leaves behind is removed by the next one; a living run is left alone."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests.runs import VARIABLE
from zhtj.postgres.cluster import Cluster

RUN = """
import sys
from tests.runs import run_folder
from zhtj.postgres.cluster import Cluster
from zhtj.postgres.hold import hold
folder = run_folder()
hold(Cluster(folder / "postgres", careless=True))
print(folder, flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def start_run(tmp_path):
    """Starts a process that makes a run of its own, with its server, in a private temporary folder."""
    started = []

    def start():
        environment = {name: value for name, value in os.environ.items() if name != VARIABLE}
        process = subprocess.Popen(
            [sys.executable, "-c", RUN],
            env={**environment, "TMPDIR": str(tmp_path)},
            cwd=settings.BASE_DIR,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process, Path(process.stdout.readline().strip())

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()
    for folder in tmp_path.glob("*/postgres"):
        Cluster(folder).stop()


def test_a_killed_run_is_removed_with_its_server(start_run):
    process, folder = start_run()
    server = Cluster(folder / "postgres").living_pid()
    process.kill()
    process.wait()
    start_run()
    assert (folder.exists(), Path(f"/proc/{server}/cwd").exists()) == (False, False)


def test_a_living_run_is_left_alone(start_run):
    _, folder = start_run()
    start_run()
    assert Cluster(folder / "postgres").answers() is True
