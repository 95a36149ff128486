"""Collects what every app says is waiting, and counts it in one query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Expression, IntegerField, Value
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
    inbox: Expression = Value(0, output_field=IntegerField())
    if scope.root is not None:
        for source in SOURCES:
            inbox = inbox + source.waiting(scope, now=now)  # type: ignore[operator]
    mine = how_many(of_organizations.of_person(scope.account_id)) + how_many(telling.unread(scope.account_id))
    row = Account.objects.filter(pk=scope.account_id).values_list(inbox, mine).first()
    return Counts(*row) if row else Counts()


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
