"""The database of the tests: one throw-away server, one migrated template, a clone for each worker."""

import fcntl
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from tests.runs import owns_run, remove, run_folder
from zhtj.postgres.cluster import Cluster
from zhtj.postgres.hold import hold, release

TEMPLATE = "zhtj_test_template"


@pytest.fixture(scope="session")
def django_db_setup(request, django_test_environment, django_db_blocker) -> Iterator[None]:
    """Give this worker a database of its own, cloned from the template the first one migrates."""
    assert settings.DATA_DIR == run_folder(), "tests must not touch the data of an installation"
    worker = getattr(request.config, "workerinput", {"workerid": "main"})["workerid"]
    name = f"zhtj_test_{worker}"
    with django_db_blocker.unblock():
        cluster = _throw_away_cluster()
        with _one_at_a_time(), closing(_administration()) as server:
            _ensure_template(server)
            _clone(server, name)
        _use(name)
    yield
    with django_db_blocker.unblock():
        connection.close()
        if cluster:
            release(cluster)


def pytest_unconfigure() -> None:
    """The process that made the run's folder removes it, server and all."""
    if owns_run():
        remove(run_folder())


def _throw_away_cluster() -> Cluster | None:
    folder = settings.DATABASES["default"]["EMBEDDED"]
    if not folder:
        return None
    cluster = Cluster(folder, careless=True)
    hold(cluster)
    return cluster


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    with Path(run_folder(), "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _administration():
    at = connection.settings_dict
    server = psycopg2.connect(
        host=at["HOST"], port=at["PORT"] or None, user=at["USER"], password=at["PASSWORD"], dbname="postgres"
    )
    server.autocommit = True
    return server


def _ensure_template(server) -> None:
    with server.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [TEMPLATE])
        known = cursor.fetchone() is not None
        if known and settings.DATABASES["default"]["EMBEDDED"]:
            return
        cursor.execute(f"DROP DATABASE IF EXISTS {TEMPLATE}")
        cursor.execute(f"CREATE DATABASE {TEMPLATE} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'")
    _use(TEMPLATE)
    call_command("migrate", verbosity=0)
    connection.close()


def _clone(server, name: str) -> None:
    with server.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY file_copy")


def _use(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name
