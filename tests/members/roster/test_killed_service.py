"""kill -9 of database, worker or the whole installation in the middle of an import: it goes on by itself."""

import os
import signal
import subprocess
import sys
import time

import psycopg2
import pytest
from django.conf import settings

from tests.zhtj.serving.service import Service

pytestmark = pytest.mark.prove

ROWS = 10_000
MIDDLE = 0.2  # seconds after the run began
PATIENCE = 180  # the routine that finds orphaned imports runs every minute


@pytest.fixture
def service(tmp_path):
    """A running installation with the demo country."""
    service = Service(tmp_path)
    service.start()
    yield service
    service.clean_up()


def confirmed(service: Service) -> int:
    """The number of a large import that has just been confirmed."""
    environment = {**os.environ, "ZHTJ_DATA": str(service.folder)}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "tests.members.roster.confirm_roster", str(ROWS)]
    return int(subprocess.check_output(command, env=environment, cwd=settings.BASE_DIR))


def asked(service: Service, query: str, *values) -> tuple | None:
    """The first row, or None while the database is away."""
    try:
        connection = service.cluster.connect("zhtj")
    except psycopg2.OperationalError:
        return None
    try:
        with connection.cursor() as cursor:
            cursor.execute(query, values)
            return cursor.fetchone()
    except psycopg2.OperationalError:
        return None
    finally:
        connection.close()


def state(service: Service, batch: int) -> str:
    """Where the import stands."""
    row = asked(service, "SELECT state FROM members_importbatch WHERE id = %s", batch)
    return row[0] if row else ""


def imported(service: Service, batch: int) -> int:
    """How many people of the import are members."""
    row = asked(service, "SELECT count(*) FROM members_membership WHERE batch_id = %s", batch)
    return row[0] if row else -1


def wait_for(condition) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def kill_database(service: Service) -> None:
    os.kill(service.cluster.living_pid(), signal.SIGKILL)


def kill_worker(service: Service) -> None:
    for pid in service.processes("qcluster"):
        os.kill(pid, signal.SIGKILL)


def kill_everything(service: Service) -> None:
    service.end(signal.SIGKILL)
    for pid in [*service.processes(""), service.cluster.living_pid()]:
        os.kill(pid, signal.SIGKILL)


@pytest.mark.parametrize("kill", [kill_database, kill_worker, kill_everything])
def test_an_import_killed_in_the_middle_is_finished_without_help(service, kill):
    batch = confirmed(service)
    wait_for(lambda: state(service, batch) == "running")
    time.sleep(MIDDLE)
    assert imported(service, batch) == 0, "the import was over before anything was killed"
    kill(service)
    assert imported(service, batch) in (-1, 0)  # before anybody can have gone on with it
    if kill is kill_everything:
        service.start()
    wait_for(lambda: state(service, batch) == "done")
    assert imported(service, batch) == ROWS
