"""What waits for an organisation about transfers: its turn, late cases below it, and members sent to assign (§6.4)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import CharField, Expression, F, Func, QuerySet, Value
from django.urls import reverse

from orgs import vacancies
from orgs.scope import Scope
from zhtj.lib.todo import Todo, how_many

from . import lists, pages, queries
from .enums import OPEN, About, State
from .models import Transfer

MOST = 200
ACTS = {State.OUT: "办理转出", State.IN: "办理转入", State.ASSIGN: "分配团支部"}


def late(scope: Scope, *, now: datetime) -> QuerySet[Transfer]:
    """Cases of a week and more whose two sides meet in the own organisation: it may remind (§6.4)."""
    if scope.root is None:
        return Transfer.objects.none()
    since = now - timedelta(days=settings.TRANSFER_WATCH_DAY)
    both = scope.q("source__path") & scope.q("target__path")
    found = Transfer.objects.filter(both, state__in=OPEN, since__lte=since)
    below = scope.root.path.count("/") + 1  # the first id that can tell two paths apart
    apart = found.annotate(left=_part("source", below), right=_part("target", below)).exclude(left=F("right"))
    return apart.exclude(pk__in=lists.waiting(scope).values("pk")).select_related(*queries.SIDES)


def _part(field: str, number: int) -> Func:
    return Func(
        F(f"{field}__path"), Value("/"), Value(number), function="split_part", output_field=CharField()
    )


def waiting(scope: Scope, *, now: datetime) -> Expression:
    """How many things `todo` gives, as a part of another query."""
    return how_many(lists.waiting(scope)) + how_many(late(scope, now=now))


def todo(scope: Scope, *, now: datetime) -> list[Todo]:
    """The cases whose turn it is here, then late ones to remind of; the longest waiting first: four queries."""
    mine = list(lists.waiting(scope).order_by("since", "pk")[:MOST])
    watched = list(late(scope, now=now).order_by("since", "pk")[:MOST])
    acting = vacancies.acting_for([each.turn_of for each in (*mine, *watched) if each.turn_of])
    return [
        *(_todo(each, ACTS[State(each.state)], pages.turn(each, scope, acting), scope) for each in mine),
        *(_todo(each, "提醒办理方", pages.turn(each, scope, acting), scope) for each in watched),
    ]


def _todo(transfer: Transfer, act: str, turn: str, scope: Scope) -> Todo:
    theirs = transfer.turn_of is not None and not scope.is_own(transfer.turn_of)
    return Todo(
        key=f"transfer-{transfer.pk}",
        kind="组织关系转接",
        title=f"{transfer.account.name} → {transfer.destination}",
        short=transfer.account.name,
        detail=f"{transfer.get_reason_display()}，{transfer.get_state_display()}。",
        turn=turn,
        since=transfer.since,
        until=transfer.due_at,
        url=reverse("transfers:detail", args=[transfer.pk]),
        act=act,
        nudge=(About.CASES.value, transfer.pk) if theirs else None,
    )
