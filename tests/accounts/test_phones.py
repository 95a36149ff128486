"""手机号码: stored form and shape."""

import pytest

from accounts import phones


@pytest.mark.parametrize(
    "text",
    [
        "13812345678",
        " 138 1234 5678 ",
        "138-1234-5678",
        "138—1234—5678",
        "+8613812345678",
        "+86 138 1234 5678",
        "（+86）13812345678",
        "8613812345678",
        "008613812345678",
        "１３８１２３４５６７８",
        "\u202d13812345678\u202c",
    ],
)
def test_the_ways_people_write_a_number_are_one_number(text):
    assert phones.normalise(text) == "13812345678"


def test_an_unknown_text_is_left_for_the_rule_to_refuse():
    assert phones.normalise("没有手机") == "没有手机"


@pytest.mark.parametrize(
    ("phone", "fits"),
    [
        ("13000000000", True),
        ("19999999999", True),
        ("12999999999", False),
        ("1380000000", False),
        ("138000000000", False),
        ("23800000000", False),
        ("1380000000x", False),
        ("12345", False),
        ("", False),
    ],
)
def test_a_mobile_number_is_1_then_3_to_9_then_nine_digits(phone, fits):
    assert bool(phones.problem(phone)) is fits


def test_the_refusal_says_what_is_wrong_and_what_to_do():
    assert phones.problem("12345").message == (
        "手机号码不符：应为11位数字，以13至19开头，请填写本人或家长能接到的手机号码"
    )


@pytest.mark.parametrize(("phone", "shown"), [("13812345678", "138****5678"), ("", "")])
def test_four_digits_are_hidden(phone, shown):
    assert phones.mask(phone) == shown
