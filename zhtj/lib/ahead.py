"""Preparing the next piece of a long work while the present one is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

from django.db import connections

Item = TypeVar("Item")
Result = TypeVar("Result")


def ahead(prepare: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
    """`prepare` of each item, in order; the next one is prepared in a thread while the caller uses the present one.

    The items are fetched in the caller's thread. `prepare` only computes: a statement of its own would be outside the
    caller's transaction and is refused. What it raises is raised here.
    """
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="ahead", initializer=_only_compute) as thread:
        waiting: Future[Result] | None = None
        for item in items:
            begun = thread.submit(prepare, item)
            if waiting is not None:
                yield waiting.result()
            waiting = begun
        if waiting is not None:
            yield waiting.result()


def _only_compute() -> None:
    """A thread has database connections of its own: none of them is used."""
    for each in connections.all():
        each.connect = _refuse


def _refuse(*_: Any) -> None:
    raise RuntimeError("what is prepared ahead asks the database nothing")
