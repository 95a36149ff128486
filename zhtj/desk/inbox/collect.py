"""Collects what every app says is waiting, and counts it in one query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Expression, IntegerField, QuerySet, Value
from django.utils import timezone

from accounts import telling
from accounts.models import Account
from members import todo as of_members
from members.applications import todo as of_applications
from members.removal import todo as of_removals
from orgs import todo as of_organizations
from orgs.scope import Scope
from regcodes import todo as of_codes
from transfers import todo as of_transfers
from transfers.graduates import todo as of_graduates
from zhtj.lib.todo import Todo, how_many

SOURCES = (of_organizations, of_members, of_applications, of_removals, of_transfers, of_graduates, of_codes)
MOST_WRITTEN = 300
_written: dict[tuple, Written] = {}
FIRST = datetime.min.replace(tzinfo=timezone.get_default_timezone())


@dataclass(frozen=True)
class Counts:
    """How much waits for the organisation acted for, and for the person alone."""

    inbox: int = 0
    mine: int = 0


def counts(scope: Scope, *, now: datetime) -> Counts:
    """One query."""
    if scope.account_id is None:
        return Counts()
    with connection.cursor() as cursor:
        cursor.execute(*_sql(scope, now=now))
        row = cursor.fetchone()
    return Counts(*row) if row else Counts()


@dataclass(frozen=True)
class Written:
    """A query as it is at `noon`, and the places of those values that go with the clock; the others keep to the day."""

    noon: datetime
    sql: str
    values: tuple[Any, ...]
    moving: frozenset[int]

    def at(self, now: datetime) -> list[Any]:
        """The values at another time of the day."""
        later = now - self.noon
        return [each + later if at in self.moving else each for at, each in enumerate(self.values)]


def _sql(scope: Scope, *, now: datetime) -> tuple[str, list[Any]]:
    """The query and its values, written once a day for a person in a place: every page shows the number, and Django
    takes longer to write the query than PostgreSQL to answer it."""
    root = scope.root
    place = (root.pk, root.path, root.parent_id, root.category, root.level) if root else ()
    key = (scope.account_id, *place, timezone.localdate(now))
    found = _written.get(key)
    if found is None:
        if len(_written) >= MOST_WRITTEN:
            _written.clear()
        found = _written[key] = _write(scope, timezone.localtime(now).replace(hour=12))
    return found.sql, found.at(now)


def _write(scope: Scope, noon: datetime) -> Written:
    """What differs a second later goes with the clock."""
    sql, values = _query(scope, now=noon).query.sql_with_params()
    _, later = _query(scope, now=noon + timedelta(seconds=1)).query.sql_with_params()
    pairs = enumerate(zip(values, later, strict=True))
    moving = {at for at, (one, other) in pairs if isinstance(one, datetime) and one != other}
    return Written(noon, sql, values, frozenset(moving))


def _query(scope: Scope, *, now: datetime) -> QuerySet:
    """The person's row with both numbers."""
    inbox: Expression = Value(0, output_field=IntegerField())
    if scope.root is not None:
        for source in SOURCES:
            inbox = inbox + source.waiting(scope, now=now)  # type: ignore[operator]
    mine = how_many(of_organizations.of_person(scope.account_id)) + how_many(telling.unread(scope.account_id))
    return Account.objects.filter(pk=scope.account_id).values_list(inbox, mine)


def items(scope: Scope, *, now: datetime) -> list[Todo]:
    """Everything that waits, what can be decided first, then the longest waiting; the queries do not grow with it."""
    found = [each for source in SOURCES for each in source.todo(scope, now=now)]
    return sorted(found, key=lambda each: (each.decides is None, each.since or FIRST))


@dataclass(frozen=True)
class Kind:
    """One word of the filter above the list."""

    word: str
    count: int
    current: bool


def kinds(found: Sequence[Todo], chosen: str) -> list[Kind]:
    """The kinds that occur, in the order of the list."""
    words = list(dict.fromkeys(each.kind for each in found))
    return [Kind(word, sum(each.kind == word for each in found), word == chosen) for word in words]
