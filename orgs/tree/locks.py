"""The locks that keep the tree whole.

Everything that enters the tree (creation, enrolment, import) holds `entering`, shared; rename, move and delete hold
`rearranging`, exclusive. The lock is per child of the topmost organisation (a province, in the nation); acts on the
topmost organisation itself take the whole tree.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from ..models import Organization

_LOCK_SPACE = 0x5A48  # one advisory-lock class for the tree
_WHOLE = 0


def _lock(key: int, *, exclusive: bool) -> None:
    function = "pg_advisory_xact_lock" if exclusive else "pg_advisory_xact_lock_shared"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s, %s)", [_LOCK_SPACE, key])


def _part(path: str) -> int:
    """The lock key of a path: its second id, or the whole tree for the topmost organisation."""
    ids = path.strip("/").split("/")
    return int(ids[1]) & 0x7FFFFFFF if len(ids) > 1 else _WHOLE


def _take(paths: Iterable[str], *, exclusive: bool) -> None:
    assert connection.in_atomic_block, "tree locks live as long as a transaction"
    keys = sorted({_part(path) for path in paths})
    _lock(_WHOLE, exclusive=exclusive and _WHOLE in keys)
    for key in keys:
        if key != _WHOLE:
            _lock(key, exclusive=exclusive)


def entering(*paths: str) -> None:
    """Hold the parts of the tree these paths lie in against rename, move and delete until the transaction ends."""
    _take(paths, exclusive=False)


def rearranging(*paths: str) -> None:
    """Hold these parts alone until the transaction ends."""
    _take(paths, exclusive=True)


def hold(*organizations: Organization, exclusive: bool) -> None:
    """Lock the parts these organisations lie in and read the objects again, until locks and rows agree.

    Between reading a path and getting its lock a move may have carried the organisation into another part.
    """
    held: set[int] = set()
    while missing := {_part(each.path) for each in organizations} - held:
        _take([each.path for each in organizations], exclusive=exclusive)
        held |= missing
        for each in organizations:
            each.refresh_from_db()
