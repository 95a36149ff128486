"""Runs a verb again when the database asks for it: serialisation failure, deadlock, or a lock that was taken."""

import random
import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection

P = ParamSpec("P")
T = TypeVar("T")

SERIALIZATION, DEADLOCK, LOCK_TIMEOUT, CANCELLED = "40001", "40P01", "55P03", "57014"
AGAIN = {SERIALIZATION, DEADLOCK, LOCK_TIMEOUT}
REFERENCE = "23503"  # a row speaks of one that is not there, or no longer
BUSY = AGAIN | {CANCELLED}  # a statement over its time is not worth another try, but it is no fault either
ATTEMPTS = 3


def sqlstate(fault: BaseException | None) -> str | None:
    """PostgreSQL's five characters for a database error of Django, or None."""
    return getattr(getattr(fault, "__cause__", None), "pgcode", None)


def retried(verb: Callable[P, T]) -> Callable[P, T]:
    """Decorator for a verb that is one transaction: at most three tries, a short uneven pause between them.

    Inside somebody's transaction it tries once, for only the outermost one can be run again.
    """

    @wraps(verb)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        tries = 1 if connection.in_atomic_block else ATTEMPTS
        for attempt in range(1, tries):
            try:
                return verb(*args, **kwargs)
            except OperationalError as fault:
                if sqlstate(fault) not in AGAIN:
                    raise
                time.sleep(random.uniform(0.02, 0.1) * attempt)
        return verb(*args, **kwargs)

    return run
