"""Values kept encrypted with their row."""

import uuid

import pytest

from members.models import Matching
from orgs.models import Petition
from zhtj.lib import crypto


def test_what_is_written_is_read_and_stands_nowhere_in_clear():
    row = Petition(key=uuid.uuid4())
    row.payload = {"number": "659099200607273708", "names": ["古丽努尔·买买提江"]}
    assert row.payload == {"number": "659099200607273708", "names": ["古丽努尔·买买提江"]}
    assert b"659099200607273708" not in row.payload_cipher


def test_a_value_moved_to_another_row_does_not_open():
    one, other = Petition(key=uuid.uuid4()), Petition(key=uuid.uuid4())
    one.payload = {"number": "659099200607273708"}
    other.payload_cipher = one.payload_cipher
    with pytest.raises(crypto.Undecipherable):
        _ = other.payload


def test_a_list_counts_its_lines():
    row = Matching()
    row.lines = [[1, "张三", ""], [2, "李四", ""]]
    assert (row.line_count, row.lines) == (2, [[1, "张三", ""], [2, "李四", ""]])
