"""Exactly the list that is shown as a workbook: its columns, conditions and order; numbers masked unless justified."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from accounts.models import Account
from orgs.models import Organization
from orgs.scope import Scope
from zhtj.lib import exports
from zhtj.lib.verdict import YES, Verdict, no

from . import quota, reading
from .asked import Asked
from .columns import NUMBERS
from .tables import Column, Line

NOBODY = no("没有可以导出的人", cause="nobody", remedy="，请换一个条件。")


@dataclass(frozen=True)
class Wanted:
    """What leaves: a list as asked, or some of its rows; numbers whole with a reason, else masked."""

    asked: Asked
    chosen: tuple[int, ...] = ()
    full: bool = False
    reason: str = ""


def may_export(rows: int) -> Verdict:
    """A workbook holds a limited number of rows (*setting*)."""
    if not rows:
        return NOBODY
    most = settings.EXPORT_ROWS
    if rows > most:
        return no(f"一次最多导出 {most:,} 行", cause="too_many", remedy="，请缩小范围后分次导出。")
    return YES


def keys(wanted: Wanted, *, now: datetime) -> list[int]:
    """The ids of the rows in the order of the list."""
    if not wanted.chosen:
        return reading.ids(wanted.asked, now=now, most=settings.EXPORT_ROWS)
    rows = wanted.asked.table.rows(wanted.asked.scope).filter(pk__in=wanted.chosen)
    rows, order = reading.ordered(wanted.asked, rows, len(wanted.chosen))
    return list(rows.order_by(*order).values_list("pk", flat=True))


@transaction.atomic
def export(wanted: Wanted, *, actor: Scope, now: datetime) -> bytes:
    """The .xlsx; on record, and counted where numbers are whole. Raises Refused."""
    rows = keys(wanted, now=now)
    may_export(len(rows)).demand()
    asked = wanted.asked
    detail = {"list": asked.table.kind, "columns": asked.keys, "filters": sorted(asked.values)}
    if wanted.full:
        quota.claim(len(rows), actor=actor, now=now)
    lines = list(_lines(wanted, rows, now)) if wanted.full else []
    made = quota.register(
        asked.table.title,
        people_of(lines),
        len(rows),
        full=wanted.full,
        reason=wanted.reason,
        actor=actor,
        now=now,
        detail=detail,
    )
    source = iter(lines) if wanted.full else _lines(wanted, rows, now)
    return exports.workbook(
        asked.table.title,
        [each.heading for each in asked.columns],
        (cells(each, asked.columns, full=wanted.full) for each in source),
        note=quota.note(made, actor),
        code=[at for at, each in enumerate(asked.columns) if each.look == "code"],
        large=len(rows) > reading.PIECE and not wanted.full,
    )


def cells(line: Line, columns: Sequence[Column], *, full: bool) -> list[str]:
    """One row of the sheet."""
    return [each.full(line) if full and each.full else each.text(line) for each in columns]


def gives_numbers(columns: Sequence[Column]) -> bool:
    """Whether a column shows a number that can be whole."""
    return any(each in NUMBERS for each in columns)


def _lines(wanted: Wanted, rows: Sequence[int], now: datetime) -> Iterator[Line]:
    asked = wanted.asked
    return reading.pieces(asked.table, rows, asked.columns, scope=asked.scope, now=now)


def people_of(lines: Iterable[Line]) -> Iterator[tuple[Account, Organization]]:
    """Each person once, whatever posts he or she holds."""
    seen: set[int] = set()
    for line in lines:
        if line.account.pk not in seen:
            seen.add(line.account.pk)
            yield line.account, line.organization
