"""Several visits of one day are one; the one before is the latest of an earlier day."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from accounts import visits
from tests.helpers import sign_in_by_form
from tests.makers import make_account

pytestmark = pytest.mark.django_db
HERE = ZoneInfo("Asia/Shanghai")


def at(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=HERE)


def after(*moments):
    account = make_account()
    for moment in moments:
        visits.arrive(account, now=moment)
    account.refresh_from_db()
    return account.visited_at, account.visited_before


@pytest.mark.parametrize(
    ("moments", "expected"),
    [
        ([at(20, 9)], (at(20, 9), None)),
        ([at(20, 9), at(20, 17)], (at(20, 17), None)),
        ([at(20, 9), at(20, 17), at(23, 8)], (at(23, 8), at(20, 17))),
        ([at(20, 9), at(23, 8), at(23, 18)], (at(23, 18), at(20, 9))),
        ([at(20, 23, 59), at(21, 0)], (at(21, 0), at(20, 23, 59))),
    ],
)
def test_visits_are_told_apart_by_local_days(moments, expected):
    assert after(*moments) == expected


def test_signing_in_is_a_visit(client):
    account = make_account()
    sign_in_by_form(client, account.id_number)
    account.refresh_from_db()
    assert account.visited_at is not None
