"""Administrators at work: most answers begin at the 管理员首页."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from tests.answers.importing import at_desk
from tests.answers.visitor import Visitor


@pytest.fixture
def branch(cast) -> Visitor:
    """The first class's administrator at the 管理员首页."""
    return at_desk(cast.class1_admin)


@pytest.fixture
def college(cast) -> Visitor:
    """The college's administrator at the 管理员首页."""
    return at_desk(cast.college_admin)


@pytest.fixture
def clock(time_machine):
    """`clock(minutes=…)`: so much later than the first moment."""
    start = timezone.make_aware(datetime(2026, 11, 23, 9, 0))

    def move(**later: int) -> None:
        time_machine.move_to(start + timedelta(**later), tick=False)

    move()
    return move
