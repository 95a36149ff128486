"""Days in local time, and the ends of months."""

from datetime import UTC, date, datetime

import pytest

from members.figures import periods


def test_a_day_ends_at_midnight_in_shanghai():
    assert periods.end_of(date(2026, 11, 23)) == datetime(2026, 11, 23, 16, tzinfo=UTC)


def test_a_period_holds_both_its_days():
    period = periods.Period(date(2026, 11, 1), date(2026, 11, 30))
    assert (period.begins, period.ends) == (
        datetime(2026, 10, 31, 16, tzinfo=UTC),
        datetime(2026, 11, 30, 16, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 11, 23), [date(2026, 9, 30), date(2026, 10, 31), date(2026, 11, 23)]),
        (date(2024, 3, 31), [date(2024, 1, 31), date(2024, 2, 29), date(2024, 3, 31)]),
        (date(2026, 1, 1), [date(2025, 11, 30), date(2025, 12, 31), date(2026, 1, 1)]),
    ],
)
def test_months_end_on_their_last_day_and_the_present_one_today(today, expected):
    assert periods.month_ends(today, 3) == expected


def test_the_same_day_is_the_last_one_of_a_shorter_month():
    days = (date(2026, 3, 31), date(2026, 11, 23), date(2026, 1, 15), date(2028, 2, 29))
    assert [periods.month_ago(day) for day in days] == [
        date(2026, 2, 28),
        date(2026, 10, 23),
        date(2025, 12, 15),
        date(2028, 1, 29),
    ]
    assert [periods.year_ago(day) for day in days] == [
        date(2025, 3, 31),
        date(2025, 11, 23),
        date(2025, 1, 15),
        date(2027, 2, 28),
    ]
