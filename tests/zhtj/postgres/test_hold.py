"""Processes share the embedded server; the last one out stops it; a killed one comes back."""

import os
import signal
import subprocess
import sys

import pytest
from django.conf import settings

from zhtj.postgres.cluster import Cluster

USER = """
import sys
from zhtj.postgres.cluster import Cluster
from zhtj.postgres.hold import hold, release
cluster = Cluster(sys.argv[1], careless=True)
hold(cluster)
cluster.connect("zhtj").close()
print(cluster.living_pid(), flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def cluster(tmp_path):
    """A server nobody started yet."""
    cluster = Cluster(tmp_path / "postgres", careless=True)
    yield cluster
    cluster.stop()


@pytest.fixture
def users(cluster):
    """`users(n)` starts n processes side by side that use the server until they read a line."""
    started = []

    def start(count):
        fresh = [_user(cluster) for _ in range(count)]
        started.extend(fresh)
        return fresh

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()


def _user(cluster):
    argv = [sys.executable, "-c", USER, str(cluster.folder)]
    return subprocess.Popen(
        argv, cwd=settings.BASE_DIR, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def leave(process):
    process.communicate("\n")


def test_starts_side_by_side_share_one_server_and_the_last_out_stops_it(cluster, users):
    first, second = users(2)
    pids = {int(user.stdout.readline()) for user in (first, second)}
    assert pids == {cluster.living_pid()}
    leave(first)
    assert cluster.living_pid() in pids
    leave(second)
    assert cluster.living_pid() is None


def test_a_killed_user_does_not_keep_the_server_up_for_ever(cluster, users):
    killed, last = users(2)
    for user in (killed, last):
        user.stdout.readline()
    killed.kill()
    killed.wait()
    leave(last)
    assert cluster.living_pid() is None


def test_a_killed_server_starts_again_for_the_next_user(cluster, users):
    (first,) = users(1)
    pid = int(first.stdout.readline())
    os.kill(pid, signal.SIGKILL)
    (second,) = users(1)
    assert int(second.stdout.readline()) != pid


def test_a_half_made_data_folder_is_made_again(cluster, users):
    draft = cluster.home / "data.new"
    draft.mkdir(parents=True)
    (draft / "PG_VERSION").write_text("18\n")
    (user,) = users(1)
    assert int(user.stdout.readline()) == cluster.living_pid()


@pytest.mark.prove
def test_many_starts_and_ends_never_meet_a_stopped_server(cluster, users):
    for _ in range(5):
        crowd = users(6)
        for user in crowd:
            assert int(user.stdout.readline()) == cluster.living_pid()
            user.stdin.close()
        for user in crowd:
            assert user.wait() == 0
