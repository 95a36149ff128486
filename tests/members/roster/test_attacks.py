"""Hostile files against a running installation: a clear word for each, nothing written, nobody dead, and the next
good file is read."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests.zhtj.serving.service import Service

CHINESE = re.compile(r"[\u4e00-\u9fff]")
READ_AFTER_ALL = {"planned", "mapping"}  # bytes changed where it does not matter


@pytest.fixture(scope="module")
def attacked(tmp_path_factory):
    """What became of each file, and the processes before and after."""
    service = Service(tmp_path_factory.mktemp("attacked"))
    service.start()
    try:
        before = processes(service)
        environment = {**os.environ, "ZHTJ_DATA": str(service.folder)}
        environment.pop("DATABASE_URL", None)
        environment["DJANGO_SETTINGS_MODULE"] = "zhtj.settings"
        command = [sys.executable, "-m", "tests.members.roster.attack_service", str(service.port)]
        said = subprocess.check_output(command, env=environment, cwd=settings.BASE_DIR)
        return json.loads(said.splitlines()[-1]) | {"before": before, "after": processes(service)}
    finally:
        service.clean_up()


def processes(service: Service) -> list[int]:
    """Everybody who serves and works, the database's own helpers left out."""
    found = [*service.processes("gunicorn"), *service.processes("qcluster")]
    return sorted({*found, service.cluster.living_pid()})


def test_every_hostile_file_is_refused_in_clear_words(attacked):
    outcome = {word: each for word, each in attacked["outcome"].items() if not word.startswith("mutated")}
    assert {word: state for word, (state, _) in outcome.items() if state not in ("rejected", "refused")} == {}
    assert [word for word, (_, said) in outcome.items() if not CHINESE.search(said)] == []
    assert [word for word, (_, said) in outcome.items() if "处理这份名单时出错" in said] == []


def test_damaged_bytes_are_read_or_refused(attacked):
    outcome = {word: each for word, each in attacked["outcome"].items() if word.startswith("mutated")}
    known = {"rejected", *READ_AFTER_ALL}
    assert {word: each for word, each in outcome.items() if each[0] not in known} == {}


def test_what_is_too_large_or_empty_does_not_get_past_the_form(attacked):
    said = [attacked["outcome"][word] for word in ("20 MB and a byte", "empty")]
    assert said == [
        ["refused", "文件超过 20 MB，请拆分后分次导入。"],
        ["refused", "文件是空的，请选择填好的名单。"],
    ]


def test_nothing_is_written(attacked):
    assert attacked["unchanged"]
    assert not Path("/tmp/climbed.xml").exists()


def test_nobody_dies(attacked):
    assert set(attacked["before"]) - set(attacked["after"]) == set()
    assert len(attacked["before"]) >= 4  # gunicorn and a worker of it, the cluster's processes, the database


def test_the_next_good_file_is_read(attacked):
    assert attacked["good"] == ["planned", "", 2]
