"""注册申请 that wait for the organisation acted for (§3)."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Expression
from django.urls import reverse

from orgs.scope import Scope
from zhtj.lib.todo import Todo, one_if_any

from . import content as contents
from . import queries

NAMES = 20


def waiting(scope: Scope, *, now: datetime) -> Expression:
    """How many things `todo` gives, as a part of another query."""
    return one_if_any(queries.waiting(scope))


def todo(scope: Scope, *, now: datetime) -> list[Todo]:
    """One thing for all of them: two queries."""
    found = queries.waiting(scope)
    rows = list(found.order_by("submitted_at", "pk")[:NAMES])
    if not rows:
        return []
    total = found.count()
    names = tuple((_named(each), reverse("applications:detail", args=[each.pk])) for each in rows)
    more = f"这里是最早的 {NAMES} 份。" if total > NAMES else ""
    return [
        Todo(
            key="applications",
            kind="注册申请",
            title=f"{total} 份注册申请等待审批",
            detail=f"申请人自行注册，同意后团籍从当天开始。可以一起同意或退回。{more}",
            turn="由本组织办理",
            since=rows[0].submitted_at,
            names=names,
            url=reverse("applications:list"),
            act="查看注册申请",
        )
    ]


def _named(application) -> str:
    content = contents.of(application)
    name = content.name if content else application.get_kind_display()
    return f"{name}（{application.branch.short_name}，{application.get_kind_display()}）"
