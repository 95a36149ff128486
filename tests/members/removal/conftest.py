"""What the tests of removals have in common."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.utils import timezone

from members.models import RemovalReason
from members.removal import verbs
from members.removal.rules import Given
from orgs.scope import scope_of
from tests import makers

NOW = timezone.make_aware(datetime(2026, 11, 23, 9, 30))
TODAY = date(2026, 11, 23)
MISTAKE = Given(RemovalReason.BY_MISTAKE)


@pytest.fixture
def college(cast):
    """The scope of the classes' direct superior."""
    return scope_of(cast.college_admin)


@pytest.fixture
def branch(cast):
    """The scope of the first class."""
    return scope_of(cast.class1_admin)


@pytest.fixture
def removed(cast, college):
    """The classmate of the first class, removed at once by the college."""
    return verbs.remove(cast.classmate, MISTAKE, actor=college)


def born(branch, day, name="大龄人", **facts):
    """A member born on a day."""
    facts.setdefault("joined", date(day.year + 16, 5, 1))
    return makers.make_member(branch, name, number=makers.number_of(day), **facts)
