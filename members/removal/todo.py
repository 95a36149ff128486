"""超龄离团 as a thing to do: for the branch, and for the superior of a branch that nobody administers (§5)."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Expression, QuerySet
from django.urls import reverse
from django.utils import timezone

from orgs.scope import Scope
from zhtj.lib.todo import Todo, one_if_any

from ..models import Member
from . import queries

NAMES = 20


def due(scope: Scope, *, today: date) -> QuerySet[Member]:
    """Those of the own people for whom nobody has asked yet."""
    return due_among(queries.ours(scope), today=today)


def due_among(members: QuerySet[Member], *, today: date) -> QuerySet[Member]:
    """Those of 28 without a post for whom no removal waits to be decided."""
    return queries.overage(members, today=today).exclude(queries.being_removed())


def waiting(scope: Scope, *, now: datetime) -> Expression:
    """How many things `todo` gives, as a part of another query."""
    return one_if_any(due(scope, today=timezone.localdate(now)))


def todo(scope: Scope, *, now: datetime) -> list[Todo]:
    """One query."""
    people = list(due(scope, today=timezone.localdate(now)))
    if not people:
        return []
    names = tuple(
        (f"{each.account.name}（{each.branch.short_name}）", reverse("members:detail", args=[each.pk]))
        for each in people[:NAMES]
    )
    more = f"这里是前 {NAMES} 名。" if len(people) > NAMES else ""
    return [
        Todo(
            key="overage",
            kind="超龄",
            title=f"{len(people)} 名团员年满 28 周岁且没有团内职务",
            detail=f"请办理超龄离团，或登记其团内职务。{more}",
            turn="由本组织办理",
            names=names,
            url=reverse("removal:overage"),
            act="办理超龄离团",
        )
    ]
