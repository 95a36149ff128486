"""The days of a year's graduates."""

from datetime import date

import pytest

from transfers.graduates import terms


@pytest.mark.parametrize(
    ("today", "year"),
    [
        (date(2026, 5, 31), 2025),
        (date(2026, 6, 1), 2026),
        (date(2026, 12, 31), 2026),
        (date(2027, 1, 1), 2026),
    ],
)
def test_a_year_is_due_from_its_day(today, year):
    assert terms.last_year_due(today) == year


def test_the_days_are_settings(settings):
    settings.GRADUATION_DAY, settings.GRADUATION_DEADLINE = (7, 1), (9, 15)
    assert (terms.day_of(2026), terms.default_deadline(2026)) == (date(2026, 7, 1), date(2026, 9, 15))
