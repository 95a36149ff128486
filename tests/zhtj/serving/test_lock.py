"""The folder of the data before the first start: made where it can be, asked for in words where it cannot."""

import pytest
from django.core.management.base import CommandError

from zhtj.management.commands.serve import Command


def test_a_folder_that_is_not_there_is_made_for_its_owner_alone(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "new" / "data"
    Command().lock().close()
    assert settings.DATA_DIR.stat().st_mode & 0o777 == 0o700


def test_a_folder_that_cannot_be_made_is_named_with_the_remedy(settings, tmp_path):
    (tmp_path / "file").write_text("")
    settings.DATA_DIR = tmp_path / "file" / "data"
    with pytest.raises(CommandError, match="数据文件夹 .*/file/data 不能写（Not a directory）。请建立它"):
        Command().lock()


def test_only_one_serves_a_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    with Command().lock(), pytest.raises(CommandError, match="已有一个服务在运行"):
        Command().lock()
