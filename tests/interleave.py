"""Runs two acts against each other at every point where they can meet.

A is stopped before its k-th statement, B runs (to its end, or until it waits for a lock of A), A goes on, and the
invariants are checked; for k = 1, 2, … until A has no k-th statement. Real connections, real threads.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, connections

PATIENCE = 20


@dataclass
class Outcome:
    """What an act returned, or the exception it ended with."""

    value: Any = None
    error: BaseException | None = None

    @property
    def succeeded(self) -> bool:
        return self.error is None and self.value is not None and self.value is not False


@dataclass
class _Gate:
    """Stops a thread before its k-th statement until it is let go; with 0 it only counts."""

    stop_before: int = 0
    count: int = 0
    reached: threading.Event = field(default_factory=threading.Event)
    go: threading.Event = field(default_factory=threading.Event)

    def __call__(self, execute, sql, params, many, context):
        self.count += 1
        if self.count == self.stop_before:
            self.reached.set()
            assert self.go.wait(PATIENCE), "nobody let the act go on"
        return execute(sql, params, many, context)


class _Runner(threading.Thread):
    def __init__(self, act: Callable[[], Any], gate: _Gate | None = None):
        super().__init__(daemon=True)
        self.act, self.gate, self.outcome, self.pid = act, gate, Outcome(), 0

    def run(self) -> None:
        try:
            connection.ensure_connection()
            self.pid = connection.connection.info.backend_pid
            if self.gate is None:
                self.outcome.value = self.act()
            else:
                with connection.execute_wrapper(self.gate):
                    self.outcome.value = self.act()
        except BaseException as error:  # noqa: BLE001 - the test looks at it
            self.outcome.error = error
        finally:
            connections.close_all()
            if self.gate is not None:
                self.gate.reached.set()


def _waits_for_lock(pid: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT cardinality(pg_blocking_pids(%s)) > 0", [pid])
        return cursor.fetchone()[0]


def _until_done_or_blocked(runner: _Runner) -> None:
    deadline = time.monotonic() + PATIENCE
    while runner.is_alive() and time.monotonic() < deadline:
        if runner.pid and _waits_for_lock(runner.pid):
            return
        runner.join(0.005)


def run_at(k: int, a: Callable[[], Any], b: Callable[[], Any]) -> tuple[Outcome, Outcome, int]:
    """Run A stopped before its k-th statement, B meanwhile; both outcomes and how many statements A made."""
    gate = _Gate(k)
    first, second = _Runner(a, gate), _Runner(b)
    first.start()
    assert gate.reached.wait(PATIENCE)
    second.start()
    _until_done_or_blocked(second)
    gate.go.set()
    for runner in (first, second):
        runner.join(PATIENCE)
        assert not runner.is_alive(), "the two acts wait for each other"
    return first.outcome, second.outcome, gate.count


@dataclass(frozen=True)
class Meeting:
    """One run of A stopped before its k-th statement: both outcomes, how many statements A made, and at which of its
    own B waited for a lock of A (None where it never did)."""

    one: Outcome
    two: Outcome
    statements: int
    waited_at: int | None


def meet(k: int, a: Callable[[], Any], b: Callable[[], Any]) -> Meeting:
    """`run_at`, watching where B has to wait."""
    gate, watch = _Gate(k), _Gate()
    first, second = _Runner(a, gate), _Runner(b, watch)
    first.start()
    assert gate.reached.wait(PATIENCE)
    stopped = gate.count >= k
    second.start()
    _until_done_or_blocked(second)
    waited_at = watch.count if stopped and second.is_alive() else None
    gate.go.set()
    for runner in (first, second):
        runner.join(PATIENCE)
        assert not runner.is_alive(), "the two acts wait for each other"
    return Meeting(first.outcome, second.outcome, gate.count, waited_at)


def every_different_meeting(
    world: Callable[[], Any],
    a: Callable[[Any], Any],
    b: Callable[[Any], Any],
    check: Callable[[Any, Outcome, Outcome], None],
    *,
    most: int = 300,
) -> int:
    """`every_meeting` without those that are the same; how many were tried.

    What A has locked only grows until it ends, and what it has written is seen by nobody before. So when B waits at
    the same statement for A stopped early and stopped late, it does for every point between: those are left out.
    """
    tried: dict[int, Meeting] = {}

    def at(k: int) -> Meeting:
        if k not in tried:
            here = world()
            tried[k] = meet(k, lambda: a(here), lambda: b(here))
            check(here, tried[k].one, tried[k].two)
        return tried[k]

    def between(low: int, high: int) -> None:
        if high - low < 2:
            return
        one, two = at(low).waited_at, at(high).waited_at
        if one is not None and one == two:
            return
        middle = (low + high) // 2
        at(middle)
        between(low, middle)
        between(middle, high)

    last = at(most).statements
    assert last < most, f"more than {most} statements"
    if last:
        at(1)
        at(last)
        between(1, last)
    return len(tried)


def every_meeting(
    world: Callable[[], Any],
    a: Callable[[Any], Any],
    b: Callable[[Any], Any],
    check: Callable[[Any, Outcome, Outcome], None],
    *,
    most: int = 200,
    step: int = 1,
) -> int:
    """Check the invariants after every interleaving of A and B, each in a fresh `world()`; how many there were.

    With a larger `step` only every so-manieth statement of A is a meeting point, which is enough for a quick run.
    """
    for k in range(1, most, step):
        here = world()
        one, two, statements = run_at(k, lambda: a(here), lambda: b(here))  # noqa: B023 - joined before the next turn
        check(here, one, two)
        if statements < k:
            return k
    raise AssertionError(f"more than {most} statements")


def all_at_once(*acts: Callable[[], Any]) -> list[Outcome]:
    """Run acts in real threads that start together; their outcomes in order."""
    barrier = threading.Barrier(len(acts))

    def together(act: Callable[[], Any]) -> Callable[[], Any]:
        def run() -> Any:
            barrier.wait(PATIENCE)
            return act()

        return run

    runners = [_Runner(together(act)) for act in acts]
    for runner in runners:
        runner.start()
    for runner in runners:
        runner.join(PATIENCE)
    return [runner.outcome for runner in runners]
