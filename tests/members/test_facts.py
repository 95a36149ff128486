"""What a record keeps of changed facts, and how values go into a request and back."""

from datetime import date

import pytest

from members import facts


@pytest.mark.parametrize(
    ("label", "old", "new", "kept"),
    [
        ("民族", "汉族", "回族", ["民族", "汉族", "回族"]),
        ("手机号码", "13800000001", "13900000002", ["手机号码"]),
        ("微信", "13800000001", "wx_1", ["微信"]),
        ("邮箱", "", "a@example.cn", ["邮箱"]),
        ("发展团员编号", "202065000001", "202065000002", ["发展团员编号"]),
        ("职业", "", "护士，电话13800000001", ["职业", "", "护士，电话…"]),
    ],
)
def test_numbers_and_addresses_leave_their_label_alone(label, old, new, kept):
    assert facts.said(label, old, new) == kept


@pytest.mark.parametrize(
    ("name", "value", "json", "words"),
    [
        ("party_joined", date(2024, 5, 1), "2024-05-01", "2024-05"),
        ("volunteer_since", date(2024, 5, 7), "2024-05-07", "2024-05-07"),
        ("is_volunteer", False, False, "否"),
        ("is_volunteer", None, "", ""),
        ("party_joined", None, "", ""),
        ("phone", "13800000001", "13800000001", "138****0001"),
        ("education", "大专", "大专", "大专"),
    ],
)
def test_values_go_into_a_request_and_come_back(name, value, json, words):
    assert (facts.to_json(value), facts.from_json(name, json), facts.words(name, json)) == (
        json,
        value,
        words,
    )
