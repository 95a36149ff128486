"""One command brings everything up, keeps it up and takes it down."""

import base64
import os
import signal

import pytest

from tests.zhtj.serving.service import Service
from zhtj.postgres.cluster import Cluster
from zhtj.postgres.hold import hold, release


@pytest.fixture
def service(tmp_path):
    """An installation that is not started yet."""
    service = Service(tmp_path)
    yield service
    service.clean_up()


def test_a_killed_database_comes_back_and_an_end_leaves_nothing_behind(service):
    service.start()
    killed = service.cluster.living_pid()
    os.kill(killed, signal.SIGKILL)
    service.wait_until(lambda: service.cluster.living_pid() not in (None, killed) and service.ready())
    assert service.end(signal.SIGINT) == 0
    assert (service.processes(""), service.cluster.living_pid()) == ([], None)


@pytest.mark.prove
@pytest.mark.parametrize("word", ["gunicorn", "qcluster"])
@pytest.mark.parametrize("which", [0, -1], ids=["first", "last"])
def test_a_killed_child_or_grandchild_is_replaced(service, word, which):
    service.start()
    service.wait_until(lambda: len(service.processes(word)) >= 2)
    before = sorted(service.processes(word))
    os.kill(before[which], signal.SIGKILL)
    service.wait_until(lambda: before[which] not in service.processes(word))
    service.wait_until(lambda: len(service.processes(word)) >= len(before) and service.ready())
    assert service.end(signal.SIGTERM) == 0
    assert service.processes("") == []


@pytest.mark.prove
def test_the_next_start_cleans_up_after_a_killed_supervisor(service):
    service.start()
    orphans = service.processes("")
    service.end(signal.SIGKILL)
    assert set(service.processes("")) & set(orphans) != set()
    service.launch()
    service.wait_until(lambda: not set(service.processes("")) & set(orphans))
    service.wait_until(service.ready)
    assert service.end(signal.SIGTERM) == 0
    assert (service.processes(""), service.cluster.living_pid()) == ([], None)


@pytest.mark.prove
def test_a_second_service_on_the_same_data_is_refused(service):
    service.start()
    first = service.supervisor
    second = Service(service.folder)
    second.launch()
    assert second.supervisor.wait(timeout=30) == 1
    assert "已有一个服务在运行" in (service.folder / "output.txt").read_text()
    assert first.poll() is None


@pytest.fixture
def elsewhere(tmp_path):
    """The address of a database that the installation does not look after itself."""
    cluster = Cluster(tmp_path / "elsewhere", careless=True)
    hold(cluster)
    yield f"postgres://zhtj@/zhtj?host={cluster.socket_folder}"
    release(cluster)


@pytest.mark.prove
def test_a_production_answers_under_its_own_name_alone(tmp_path, elsewhere):
    key = base64.b64encode(bytes(32)).decode()
    service = Service(
        tmp_path / "data",
        "tuan.example",
        ZHTJ_ENV="production",
        ALLOWED_HOSTS="tuan.example",
        DATABASE_URL=elsewhere,
        SECRET_KEY="s" * 50,
        FIELD_KEYS=f"k1:{key}",
        INDEX_KEY=key,
    )
    service.folder.mkdir()
    try:
        service.start()
        service.wait_until(lambda: "智慧团建已启动" in (service.folder / "output.txt").read_text())
        assert service.end(signal.SIGTERM) == 0
    finally:
        service.clean_up()
