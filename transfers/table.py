"""The table of §6.3 and §6.4: every move of a case from one state to another. The table is the code."""

from __future__ import annotations

from dataclasses import dataclass

from .enums import Act, Landing, Role, Starter, State
from .models import Transfer

ANY = frozenset(Landing.values)
PLACE, BODY = frozenset({Landing.BRANCH}), frozenset({Landing.BODY})
ENDS = frozenset({Landing.BRANCH, Landing.STORE})  # agreed to by the incoming side, nothing is left to do
AWAY = frozenset({Landing.OUTSIDE})
FROM_US = frozenset({Starter.PERSON, Starter.OUTGOING, Starter.SUPERIOR})
FROM_THEM = frozenset({Starter.INCOMING})
EVERYBODY = FROM_US | FROM_THEM


@dataclass(frozen=True, slots=True)
class Move:
    """One line: what act, in which state (None: there is no case yet), as what, leads where.

    It holds for cases with one of these landings and starters; no two lines hold for one case.
    """

    act: Act
    state: State | None
    role: Role
    to: State
    landings: frozenset[str] = ANY
    starters: frozenset[str] = EVERYBODY


MOVES = (
    # -- beginning (§6.1); whoever begins has agreed for the own side
    Move(Act.START, None, Role.PERSON, State.OUT, starters=frozenset({Starter.PERSON})),
    Move(Act.START, None, Role.INCOMING, State.OUT, PLACE | BODY, FROM_THEM),
    Move(Act.START, None, Role.OUTGOING, State.IN, ANY - AWAY, frozenset({Starter.OUTGOING})),
    Move(Act.START, None, Role.OUTGOING, State.DONE, AWAY, frozenset({Starter.OUTGOING})),
    Move(Act.START, None, Role.SUPERIOR, State.DONE, PLACE, frozenset({Starter.SUPERIOR})),
    # -- the outgoing side
    Move(Act.AGREE_OUT, State.OUT, Role.OUTGOING, State.IN, ANY - AWAY, FROM_US),
    Move(Act.AGREE_OUT, State.OUT, Role.OUTGOING, State.DONE, AWAY, FROM_US),
    Move(Act.AGREE_OUT, State.OUT, Role.OUTGOING, State.DONE, PLACE, FROM_THEM),
    Move(Act.AGREE_OUT, State.OUT, Role.OUTGOING, State.ASSIGN, BODY, FROM_THEM),
    # -- the incoming side
    Move(Act.AGREE_IN, State.IN, Role.INCOMING, State.DONE, ENDS),
    Move(Act.AGREE_IN, State.IN, Role.INCOMING, State.ASSIGN, BODY),
    Move(Act.ASSIGN, State.ASSIGN, Role.INCOMING, State.DONE, BODY),
    # -- both sides have one direct superior (§6.3)
    Move(Act.AGREE_BOTH, State.OUT, Role.SUPERIOR, State.DONE, PLACE),
    Move(Act.AGREE_BOTH, State.IN, Role.SUPERIOR, State.DONE, PLACE),
    # -- ending without a move
    Move(Act.RETURN, State.OUT, Role.OUTGOING, State.RETURNED),
    Move(Act.RETURN, State.IN, Role.INCOMING, State.RETURNED),
    Move(Act.RETURN, State.ASSIGN, Role.INCOMING, State.RETURNED),
    Move(Act.WITHDRAW, State.OUT, Role.PERSON, State.WITHDRAWN, starters=frozenset({Starter.PERSON})),
    Move(Act.WITHDRAW, State.OUT, Role.INCOMING, State.WITHDRAWN, starters=FROM_THEM),
    Move(Act.WITHDRAW, State.IN, Role.PERSON, State.WITHDRAWN, starters=frozenset({Starter.PERSON})),
    Move(Act.WITHDRAW, State.IN, Role.OUTGOING, State.WITHDRAWN, starters=frozenset({Starter.OUTGOING})),
    Move(Act.LAPSE, State.OUT, Role.SYSTEM, State.LAPSED),
    Move(Act.LAPSE, State.IN, Role.SYSTEM, State.LAPSED),
    Move(Act.CLOSE, State.OUT, Role.SYSTEM, State.RETURNED),
    Move(Act.CLOSE, State.IN, Role.SYSTEM, State.RETURNED),
    Move(Act.CLOSE, State.ASSIGN, Role.SYSTEM, State.RETURNED),
    # -- nothing moves, but it is a step (§6.4)
    Move(Act.REMIND, State.OUT, Role.PERSON, State.OUT),
    Move(Act.REMIND, State.OUT, Role.INCOMING, State.OUT),
    Move(Act.REMIND, State.OUT, Role.WATCHER, State.OUT),
    Move(Act.REMIND, State.IN, Role.PERSON, State.IN),
    Move(Act.REMIND, State.IN, Role.OUTGOING, State.IN),
    Move(Act.REMIND, State.IN, Role.WATCHER, State.IN),
    Move(Act.REMIND, State.ASSIGN, Role.PERSON, State.ASSIGN),
    Move(Act.REMIND, State.ASSIGN, Role.OUTGOING, State.ASSIGN),
    Move(Act.REMIND, State.ASSIGN, Role.WATCHER, State.ASSIGN),
)


def moves(transfer: Transfer, act: Act, *, state: State | None) -> tuple[Move, ...]:
    """The lines of the table for this case and act in this state, one a role."""
    return tuple(
        move
        for move in MOVES
        if move.act == act
        and move.state == state
        and transfer.landing in move.landings
        and transfer.starter in move.starters
    )
