"""Months as people type them."""

from datetime import date, datetime

import pytest

from zhtj.lib import dates

MAY = date(2019, 5, 1)


@pytest.mark.parametrize(
    "cell",
    [
        "2019-05", "2019-5", "2019.05", "2019.5", "2019/05", "2019/5", "201905", "2019年5月", "2019年05月",
        "2019年5", "2019 年 5 月", " 2019-05 ", "2019 5", "２０１９－０５", "２０１９年５月", "2019—05", "2019–05",
        "2019。05", "'2019-05", "2019\u00a0-\u00a005",
        "2019-05-31", "2019.5.4", "2019/5/4", "20190504", "2019年5月4日", "2019 5 4", "2019-05-04 00:00:00",
        "2019-05-04T08:30",
        201905, 201905.0, 20190504.0, 2019.05, 2019.5,
        date(2019, 5, 4), datetime(2019, 5, 4, 12, 30),
    ],
)  # fmt: skip
def test_every_way_to_write_may_2019(cell):
    assert dates.month(cell) == MAY


@pytest.mark.parametrize(
    ("cell", "number"),
    [("2019.1", 1), ("2019.10", 10), (2019.11, 11), (2019.12, 12), (2019.2, 2), (2019.01, 1)],
)
def test_what_is_typed_as_text_or_shows_two_digits_has_one_meaning(cell, number):
    assert dates.month(cell) == date(2019, number, 1)


def test_the_number_2019_1_is_january_or_october():
    assert dates.month(2019.1) is None
    assert dates.is_ambiguous(2019.1)


@pytest.mark.parametrize("cell", ["2019.1", 2019.2, 2019.12, 201901.0, None, date(2019, 1, 1)])
def test_nothing_else_is_ambiguous(cell):
    assert not dates.is_ambiguous(cell)


@pytest.mark.parametrize(
    "cell",
    [
        "", " ", "不记得", "2019", "19-05", "19年5月", "1905", "May-19", "2019-13", "2019-00", "201913", "2019-05-32",
        "2019-02-30", "2019年", "05-2019", "2019-05-", "2019-5-4-3", "12019-05", "1019-05", "2019-1 1 1",
        2019, 2019.0, 43586, 43586.5, 0, -201905.0, 2019.123, 1e300, float("inf"), float("nan"), True, None,
    ],
)  # fmt: skip
def test_what_is_no_month_is_not_guessed(cell):
    assert dates.month(cell) is None
