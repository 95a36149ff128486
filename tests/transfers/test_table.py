"""State × act × role: who may do what to which case, as the rules of §6 say; everything else is refused with a reason."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from transfers import rules
from transfers.enums import OPEN, Act, Role, State

from .cases import KINDS, make, scopes

ACTS = tuple(act for act in Act if act != Act.START)
SOURCE, TARGET = ("the class", "the college"), ("target", "target's superior")
OUT, IN, ASSIGN, DONE = State.OUT, State.IN, State.ASSIGN, State.DONE
PERSON, CENTRE = ("the person",), ("the centre",)


def returned(names):
    return {(name, Act.RETURN): State.RETURNED for name in names}


def agreed(names, act, to):
    return {(name, act): to for name in names} | returned(names)


def withdrawn(names):
    return {(name, Act.WITHDRAW): State.WITHDRAWN for name in names}


def reminded(names, state):
    return {(name, Act.REMIND): state for name in names}


# Kind of case → state → (who, act) → what it becomes. Nobody may anything that is not written here.
EXPECTED = {
    "person to a branch": {
        OUT: agreed(SOURCE, Act.AGREE_OUT, IN) | withdrawn(PERSON) | reminded((*PERSON, *TARGET), OUT),
        IN: agreed(TARGET, Act.AGREE_IN, DONE) | withdrawn(PERSON) | reminded((*PERSON, *SOURCE), IN),
    },
    "person to a body": {
        OUT: agreed(SOURCE, Act.AGREE_OUT, IN) | withdrawn(PERSON) | reminded((*PERSON, *TARGET), OUT),
        IN: agreed(TARGET, Act.AGREE_IN, ASSIGN) | withdrawn(PERSON) | reminded((*PERSON, *SOURCE), IN),
        ASSIGN: agreed(TARGET, Act.ASSIGN, DONE) | reminded((*PERSON, *SOURCE), ASSIGN),
    },
    "person outside": {
        OUT: agreed(SOURCE, Act.AGREE_OUT, DONE) | withdrawn(PERSON) | reminded(PERSON, OUT),
    },
    "person to the army": {
        OUT: agreed(SOURCE, Act.AGREE_OUT, IN) | withdrawn(PERSON) | reminded((*PERSON, "target"), OUT),
        IN: agreed(("target",), Act.AGREE_IN, DONE) | withdrawn(PERSON) | reminded((*PERSON, *SOURCE), IN),
    },
    "person to the next class": {
        OUT: agreed(SOURCE, Act.AGREE_OUT, IN)
        | {("the college", Act.AGREE_BOTH): DONE, ("target's superior", Act.AGREE_BOTH): DONE}
        | agreed(("target's superior",), Act.AGREE_OUT, IN)
        | withdrawn(PERSON)
        | reminded((*PERSON, *TARGET, "the college"), OUT),
        IN: agreed((*TARGET, "the college"), Act.AGREE_IN, DONE)
        | {("the college", Act.AGREE_BOTH): DONE, ("target's superior", Act.AGREE_BOTH): DONE}
        | withdrawn(PERSON)
        | reminded((*PERSON, *SOURCE, "target's superior"), IN),
    },
    "sent to a branch": {
        IN: agreed(TARGET, Act.AGREE_IN, DONE) | withdrawn(SOURCE) | reminded((*PERSON, *SOURCE), IN),
    },
    "sent to a body": {
        IN: agreed(TARGET, Act.AGREE_IN, ASSIGN) | withdrawn(SOURCE) | reminded((*PERSON, *SOURCE), IN),
        ASSIGN: agreed(TARGET, Act.ASSIGN, DONE) | reminded((*PERSON, *SOURCE), ASSIGN),
    },
    "sent to the army": {
        IN: agreed(("target",), Act.AGREE_IN, DONE) | withdrawn(SOURCE) | reminded((*PERSON, *SOURCE), IN),
    },
    "asked for by a branch": {
        OUT: agreed(SOURCE, Act.AGREE_OUT, DONE) | withdrawn(TARGET) | reminded((*PERSON, *TARGET), OUT),
    },
    "asked for by a body": {
        OUT: agreed(SOURCE, Act.AGREE_OUT, ASSIGN) | withdrawn(TARGET) | reminded((*PERSON, *TARGET), OUT),
        ASSIGN: agreed(TARGET, Act.ASSIGN, DONE) | reminded((*PERSON, *SOURCE), ASSIGN),
    },
}
CELLS = [(kind, state) for kind in KINDS for state in State if state not in OPEN or state in EXPECTED[kind]]


def found(country, cast, kind, state, *, now):
    """What the rule says to everybody about everything, without the case being touched."""
    transfer = make(country, cast, kind, state)
    allowed, refusals = {}, []
    for name, scope in scopes(country, cast, kind).items():
        for act in ACTS:
            line, verdict = rules.allowed(scope, transfer, act, now=now)
            if verdict:
                allowed[name, act] = line.to
            else:
                refusals.append(verdict.reason)
    return allowed, refusals


@pytest.mark.parametrize(("kind", "state"), CELLS)
def test_everybody_may_what_the_rules_say_and_nothing_else(country, cast, kind, state):
    allowed, refusals = found(country, cast, kind, state, now=timezone.now())
    assert allowed == EXPECTED[kind].get(state, {})
    assert all(refusals)


WATCHED = ["person to a branch", "person to a body", "sent to a branch", "asked for by a body"]


@pytest.mark.parametrize("kind", WATCHED)
def test_from_day_seven_the_lowest_common_superior_may_remind(country, cast, kind):
    state = next(iter(EXPECTED[kind]))
    now = timezone.now()
    transfer = make(country, cast, kind, state, now=now)
    centre = scopes(country, cast, kind)["the centre"]
    days = {
        day: bool(rules.may(centre, transfer, Act.REMIND, now=now + timedelta(days=day))) for day in (6, 7)
    }
    assert days == {6: False, 7: True}


def test_nobody_decides_both_sides(country, cast):
    """Whoever agreed for the outgoing side does not agree for the incoming one, by whatever seat."""
    transfer = make(country, cast, "person to a branch", State.IN)
    scope = scopes(country, cast, "person to a branch")["target"]
    transfer.steps.create(
        number=2,
        at=timezone.now(),
        act=Act.AGREE_OUT,
        role=Role.OUTGOING,
        before=State.OUT,
        after=State.IN,
        actor_id=scope.account_id,
        actor_name="某人",
    )
    assert rules.may(scope, transfer, Act.AGREE_IN).cause == "one_side"
