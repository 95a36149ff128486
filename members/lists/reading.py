"""Reading a list: its rows in order, a page of them, how many there are. The queries do not grow with the rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from orgs.scope import Scope
from zhtj.lib.paging import Page, page_of

from .asked import Asked
from .tables import Column, Line, Table

COUNTED = 100_000  # beyond, the list says so many and more
SORTABLE = 10_000  # another order than the list's own is for lists that are quickly sorted
PIECE = 500


@dataclass(frozen=True)
class Listing:
    """One page: the lines and where they stand among all."""

    lines: list[Line]
    page: Page
    sortable: bool
    capped: bool


def found(asked: Asked, *, now: datetime) -> QuerySet:
    """All rows that were asked for, unordered."""
    return asked.table.rows(asked.scope).filter(asked.condition(today=timezone.localdate(now)))


def how_many(rows: QuerySet) -> int:
    """How many rows, counted up to COUNTED and one more."""
    return rows.order_by()[: COUNTED + 1].count()


def listing(asked: Asked, data: Mapping[str, str], *, now: datetime) -> Listing:
    """The page that `data` (after, before, size) wants."""
    rows = found(asked, now=now)
    total = how_many(rows)
    rows, order = ordered(asked, rows, total)
    page = page_of(loaded(asked.table, rows, asked.columns), data, by=order, total=min(total, COUNTED))
    lines = lines_of(asked.table, page.rows, scope=asked.scope, now=now)
    asked.table.judge(asked.scope, lines)
    return Listing(lines, page, sortable=total <= SORTABLE, capped=total > COUNTED)


def ordered(asked: Asked, rows: QuerySet, total: int) -> tuple[QuerySet, tuple[str, ...]]:
    """The rows with the fields of their order; a sort that would take long is left out."""
    if asked.sort and total <= SORTABLE:
        fields, annotations = asked.table.sorts[asked.sort]
        return rows.annotate(**annotations), fields
    return rows, asked.table.order


def loaded(table: Table, rows: QuerySet, columns: Iterable[Column]) -> QuerySet:
    """The rows with what these columns show, and no other field of the account that is optional."""
    needed = {name for column in columns for name in column.loads}
    return table.load(rows, sorted(table.loadable - needed))


def lines_of(table: Table, rows: Iterable[Any], *, scope: Scope, now: datetime) -> list[Line]:
    """Rows as lines."""
    today = timezone.localdate(now)
    return [table.line(each, root=scope.root, today=today, now=now) for each in rows]


def ids(asked: Asked, *, now: datetime, most: int) -> list[int]:
    """The ids of the rows in their order, at most `most` and one more."""
    rows = found(asked, now=now)
    rows, order = ordered(asked, rows, how_many(rows) if asked.sort else 0)
    return list(rows.order_by(*order).values_list("pk", flat=True)[: most + 1])


def pieces(
    table: Table, keys: Sequence[int], columns: Iterable[Column], *, scope: Scope, now: datetime
) -> Iterator[Line]:
    """The lines of these rows in the given order, loaded piece by piece: the memory does not grow with them."""
    rows = loaded(table, table.rows(scope), columns)
    for at in range(0, len(keys), PIECE):
        some = keys[at : at + PIECE]
        by_id = rows.in_bulk(some)
        yield from lines_of(table, (by_id[pk] for pk in some if pk in by_id), scope=scope, now=now)
