"""Time: reminders on days 3 and 7, lapse on day 10; never for 待分配支部, never twice."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import Notice
from members.models import Member
from transfers import clock
from transfers.enums import State
from transfers.models import Step, Transfer

from .cases import make

NOW = datetime(2026, 11, 23, 8, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def case(country, cast):
    case = make(country, cast, "person to a branch", State.IN, now=NOW)
    Transfer.objects.filter(pk=case.pk).update(due_at=NOW + timedelta(days=10))
    Member.objects.filter(account=case.account).update(held="transfer")
    return case


@pytest.mark.parametrize(("days", "reminders"), [(2.9, 0), (3, 1), (6.9, 0), (7, 1)])
def test_whoever_has_the_turn_is_reminded(case, cast, days, reminders):
    if days > 3:
        clock.tick(NOW + timedelta(days=3))
    clock.tick(NOW + timedelta(days=days))
    clock.tick(NOW + timedelta(days=days, minutes=5))
    told = Notice.objects.filter(account=cast.workshop_admin).count()
    assert told - (1 if days > 3 else 0) == reminders


def test_of_two_missed_days_the_later_one_is_told(case, cast):
    clock.tick(NOW + timedelta(days=8))
    assert Notice.objects.filter(account=cast.workshop_admin).count() == 1


@pytest.mark.parametrize(("days", "state"), [(9.9, State.IN), (10, State.LAPSED)])
def test_a_side_that_says_nothing_lets_it_lapse(case, days, state):
    clock.tick(NOW + timedelta(days=days))
    assert Transfer.objects.get(pk=case.pk).state == state


def test_a_lapsed_case_frees_the_membership_and_is_a_step(case):
    clock.tick(NOW + timedelta(days=10))
    assert Member.objects.get(account=case.account).held == ""
    assert Step.objects.filter(transfer=case).last().act == "lapse"


def test_the_assignment_of_a_branch_never_lapses(country, cast):
    case = make(country, cast, "person to a body", State.ASSIGN, now=NOW)
    clock.tick(NOW + timedelta(days=400))
    assert Transfer.objects.get(pk=case.pk).state == State.ASSIGN
