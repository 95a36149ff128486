"""A class that left on 1 June, and the days around it."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.utils import timezone

from members.models import Membership
from orgs.models import Organization
from orgs.scope import scope_of
from transfers.graduates import leaving, marking
from transfers.models import BranchKind

JUNE = date(2026, 6, 1)


def at(month: int, day: int, hour: int = 9, *, year: int = 2026) -> datetime:
    """A moment in local time."""
    return timezone.make_aware(datetime(year, month, day, hour))


MAY, NIGHT = at(5, 10), at(6, 1, 1)


@pytest.fixture
def leave(country, cast):
    """`leave(branch)`: marked in May by the college and changed in the night of 1 June; fresh from the database."""

    def leave(branch, *, expected=JUNE, marked=MAY, night=NIGHT):
        marking.mark([branch.pk], BranchKind.CLASS, expected, actor=scope_of(cast.college_admin), now=marked)
        leaving.turn_all(night)
        return Organization.objects.select_related("parent").get(pk=branch.pk)

    return leave


def long_here(member):
    """The member, as one who has been in the branch since the year before."""
    Membership.objects.filter(account=member.account).update(started_at=at(9, 1, year=2025))
    return member
