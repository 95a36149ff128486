"""Anything in any order (`machine.py`): a few short courses here, 200 of 50 steps in `make prove`."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from members.models import Member

from . import invariants
from .machine import Machine

pytestmark = pytest.mark.django_db
ALL = list(HealthCheck)
RARE = {"leave_seat", "give_seat", "undo_merger", "undo_removal", "reopen"}  # some 200 courses do without


def run(examples: int, steps: int, **more) -> Counter[tuple[str, str]]:
    Machine.course.clear()
    bounds = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        suppress_health_check=ALL,
        **more,
    )
    run_state_machine_as_test(Machine, settings=bounds)
    assert not [name for name, outcome in Machine.course if outcome == "refused without a word"]
    return Machine.course


def test_a_few_courses():
    course = run(5, 15, derandomize=True)
    assert sum(course.values()) >= 5


@pytest.mark.prove
def test_many_courses():
    course = run(200, 50)
    names = {name for name, _ in course}
    never = {name for name in names if not course[name, "done"]}
    assert never <= RARE, course


def test_the_net_catches_a_membership_that_is_held_by_nothing(country, cast):
    """A naive version, to show that the invariants see something."""

    invariants.check()
    Member.objects.filter(pk=cast.member.pk).update(held="transfer")
    with pytest.raises(AssertionError):
        invariants.check()
