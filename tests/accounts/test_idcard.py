"""ID numbers: every rule on both sides of its bound."""

from datetime import date

import pytest

from accounts import idcard

TODAY = date(2026, 11, 23)
GOOD = "659099200607273708"


def with_check(body: str) -> str:
    return body + idcard.check_character(body)


@pytest.mark.parametrize(
    "number",
    [
        GOOD,
        "23019920070709401X",
        with_check("83000020000229123"),  # a region code no list has
        with_check("65909920261123001"),  # born today
        with_check("65909919000101001"),
    ],
)
def test_a_good_number_is_accepted(number):
    assert idcard.problem(number, today=TODAY)


@pytest.mark.parametrize(
    ("number", "cause", "words"),
    [
        ("", "id_length", "不足18位"),
        ("659099200411041", "id_length", "不足18位（现为15位）"),
        (GOOD + "0", "id_length", "超过18位（现为19位）"),
        ("65909920060727370A", "id_characters", "只能是数字"),
        ("X59099200607273708", "id_characters", "只能是数字"),
        ("65909920060727３708", "id_characters", "只能是数字"),
        ("65019920050231001X", "id_birth", "出生日期不存在"),
        (with_check("65909920230229001"), "id_birth", "出生日期不存在"),
        (with_check("65909920261124001"), "id_birth", "晚于今天"),
        ("659099200411041580", "id_check", "校验码不符"),
    ],
)
def test_a_faulty_number_is_refused_with_its_cause(number, cause, words):
    verdict = idcard.problem(number, today=TODAY)
    assert not verdict
    assert verdict.cause == cause
    assert words in verdict.reason


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("23019920070709401x", "23019920070709401X"),
        ("３７０３９９２００４０７２０９２６X", "37039920040720926X"),
        (" 320199200508174182\xa0", "320199200508174182"),
        ("659099 20060727 3708", GOOD),
        ("６５９０９９２００６０７２７３７０８", GOOD),
    ],
)
def test_blanks_width_and_case_do_not_matter(text, number):
    assert idcard.normalise(text) == number


def test_birth_date_and_sex_are_read_from_the_number():
    assert (idcard.birth_date(GOOD), idcard.sex(GOOD)) == (date(2006, 7, 27), "女")
    assert idcard.sex(with_check("65909920060727371")) == "男"


def test_masks():
    assert idcard.mask(GOOD) == "659***********3708"
    assert idcard.mask(GOOD, hide_tail=True) == "659***************"


def test_the_initial_password_is_the_last_eight_with_a_capital_x():
    assert idcard.initial_password("23019920070709401X") == "0709401X"
