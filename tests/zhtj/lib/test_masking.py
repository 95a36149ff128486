"""Numbers of people never leave in a log line."""

import pytest

from zhtj.lib.masking import mask_numbers


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("身份证 110199200501011237 重复", "身份证 110*************** 重复"),
        ("id=11019920050101123X&", "id=110***************&"),
        ("11019920050101123x", "110***************"),
        ("前十七位 11019920050101123", "前十七位 110**************"),
        ("电话13800138000。", "电话138********。"),
        ("+8613800138000", "+8613800138000"),
        ("发展团员编号 201912345678", "发展团员编号 201912345678"),
        ("2026-11-23T12:00:00", "2026-11-23T12:00:00"),
    ],
)
def test_ids_and_phones_are_cut(text, masked):
    assert mask_numbers(text) == masked
