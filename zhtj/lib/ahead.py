"""Preparing the next piece of a long work while the present one is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def ahead(prepare: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
    """`prepare` of each item, in order; the next one is prepared in a thread while the caller uses the present one.

    The items are fetched in the caller's thread. `prepare` only computes: a thread would have its own database
    connection. What it raises is raised here.
    """
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="ahead") as thread:
        waiting: Future[Result] | None = None
        for item in items:
            begun = thread.submit(prepare, item)
            if waiting is not None:
                yield waiting.result()
            waiting = begun
        if waiting is not None:
            yield waiting.result()
