"""Lists in pages by key: the next page begins after the last row of this one, whatever was added meanwhile."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

SIZE = 20
SIZES = (20, 50, 100)


@dataclass(frozen=True)
class Page:
    """Rows of one page; `previous` and `next` are cursors for the links, or None at the ends."""

    rows: list[Any]
    size: int
    total: int | None = None
    previous: str | None = None
    next: str | None = None


def page_of(
    queryset: QuerySet,
    asked: Mapping[str, str],
    *,
    by: Sequence[str] = ("pk",),
    size: int = SIZE,
    total: int | None = None,
) -> Page:
    """The page that `asked` (request.GET: after, before, size) wants, in ascending order of the fields `by`.

    `by` ends with a unique field; its values appear in the address, so they are never personal data.
    A cursor that cannot be read gives the first page.
    """
    size = _size(asked.get("size", ""), size)
    backwards = bool(asked.get("before"))
    start = _read(asked.get("before" if backwards else "after", ""), len(by))
    if start:
        try:
            queryset = queryset.filter(_beyond(by, start, "lt" if backwards else "gt"))
        except (TypeError, ValueError):
            start = None
    order = [f"-{field}" for field in by] if backwards else by
    found = list(queryset.order_by(*order)[: size + 1])
    more, rows = len(found) > size, found[:size]
    if backwards:
        rows.reverse()
    has_previous = more if backwards else bool(start)
    has_next = bool(start) if backwards else more
    return Page(
        rows=rows,
        size=size,
        total=total,
        previous=_cursor(rows[0], by) if rows and has_previous else None,
        next=_cursor(rows[-1], by) if rows and has_next else None,
    )


def page_of_list(
    rows: Sequence[Any], asked: Mapping[str, str], *, key: Callable[[Any], int], size: int = SIZE
) -> Page:
    """The page of rows that are all at hand, in their order, for orders that the database does not know.

    `key` gives the id that stands in the address; where its row is gone, it is the first page.
    """
    size = _size(asked.get("size", ""), size)
    keys = [str(key(row)) for row in rows]
    start = 0
    if asked.get("after") in keys:
        start = keys.index(asked["after"]) + 1
    elif asked.get("before") in keys:
        start = max(keys.index(asked["before"]) - size, 0)
    end = min(start + size, len(keys))
    return Page(
        rows=list(rows[start:end]),
        size=size,
        total=len(keys),
        previous=keys[start] if start else None,
        next=keys[end - 1] if end < len(keys) else None,
    )


def _size(text: str, default: int) -> int:
    return int(text) if text.isdecimal() and int(text) in SIZES else default


def _beyond(by: Sequence[str], start: Sequence[Any], way: str) -> Q:
    """`(a, b) > (x, y)` written out, so that an index on the fields serves it."""
    condition = Q()
    for at, field in enumerate(by):
        equal = dict(zip(by[:at], start[:at], strict=True))
        condition |= Q(**equal, **{f"{field}__{way}": start[at]})
    # Said again of the first field alone: an index is entered at the place where the page begins.
    return Q(**{f"{by[0]}__{way}e": start[0]}) & condition


def _cursor(row: Any, by: Sequence[str]) -> str:
    values = [getattr(row, field) for field in by]
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def _read(cursor: str, width: int) -> list[Any] | None:
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except ValueError:
        return None
    plain = (
        isinstance(values, list) and len(values) == width and all(type(each) in (int, str) for each in values)
    )
    return values if plain else None
