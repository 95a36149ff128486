"""One server in one folder: what it refuses, and where it listens."""

import os

import pytest

from zhtj.postgres.cluster import Cluster
from zhtj.postgres.runner import PostgresError


def test_data_of_another_user_are_refused_with_the_remedy(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: tmp_path.stat().st_uid + 1)
    with pytest.raises(PostgresError, match="ZHTJ_DATA"):
        Cluster(tmp_path / "postgres").prepare()


def test_data_of_another_version_are_refused_with_the_remedy(tmp_path):
    cluster = Cluster(tmp_path / "postgres")
    cluster.data.mkdir(parents=True)
    (cluster.data / "PG_VERSION").write_text("9\n")
    with pytest.raises(PostgresError, match="pg_dump"):
        cluster.prepare()


def test_a_deep_folder_gets_a_short_socket_path(tmp_path):
    deep = Cluster(tmp_path / ("deep" * 40) / "postgres")
    assert len(os.fsencode(deep.socket_folder)) <= 85


def test_a_pid_file_naming_a_stranger_is_no_living_server(tmp_path):
    cluster = Cluster(tmp_path / "postgres")
    cluster.data.mkdir(parents=True)
    (cluster.data / "postmaster.pid").write_text(f"{os.getpid()}\n")
    assert cluster.living_pid() is None
