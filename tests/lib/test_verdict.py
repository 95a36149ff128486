"""A rule's answer."""

import pytest

from zhtj.lib.verdict import YES, Refused, first_no, no


def test_a_refusal_is_falsy_and_carries_its_words():
    verdict = no("已有两名管理员", remedy="，请先变更管理员。", cause="full")
    assert not verdict
    assert verdict.message == "已有两名管理员，请先变更管理员。"


def test_demanding_a_refusal_raises_it():
    with pytest.raises(Refused) as caught:
        no("不行").demand()
    assert caught.value.verdict.reason == "不行"


def test_demanding_a_yes_is_silent():
    assert YES.demand() is None


def test_the_first_refusal_counts():
    assert first_no(YES, no("一"), no("二")).reason == "一"
    assert first_no(YES, YES) is YES
