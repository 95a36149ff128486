"""What waits for the direct superior about registration codes: those that end soon (§4)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Expression, QuerySet
from django.urls import reverse

from orgs.scope import Scope
from zhtj.lib.todo import Todo, one_if_any

from .models import RegistrationCode

NAMES = 20  # as many are named in the inbox; the list has them all


def expiring(scope: Scope, *, now: datetime) -> QuerySet[RegistrationCode]:
    """The codes of direct subordinates that nobody has used and that end within days (*setting*)."""
    if scope.root is None:
        return RegistrationCode.objects.none()
    soon = now + timedelta(days=settings.CODE_EXPIRING_DAYS)
    standing = RegistrationCode.objects.filter(used_at=None, voided_at=None, organization__deleted_at=None)
    return standing.filter(organization__parent=scope.root, expires_at__gt=now, expires_at__lte=soon)


def waiting(scope: Scope, *, now: datetime) -> Expression:
    """How many things `todo` gives, as a part of another query."""
    return one_if_any(expiring(scope, now=now))


def todo(scope: Scope, *, now: datetime) -> list[Todo]:
    """One thing for all codes that end soon: one query."""
    codes = expiring(scope, now=now).select_related("organization").order_by("expires_at", "pk")
    codes = list(codes.defer("code_cipher"))
    if not codes:
        return []
    names = tuple(
        (
            f"{each.organization.short_name}（至 {each.last_day:%Y-%m-%d} 24:00）",
            reverse("regcodes:show", args=[each.organization_id]),
        )
        for each in codes[:NAMES]
    )
    return [
        Todo(
            key="codes",
            kind="注册码将到期",
            title=f"{len(codes)} 个管理员注册码快要到期",
            detail="还没有人用它们注册。请提醒指定的人，或者到期后重新分配。",
            turn="由本组织办理",
            since=min(each.issued_at for each in codes),
            until=codes[0].expires_at - timedelta(minutes=1),  # 24:00 is said as 23:59
            names=names,
            url=f"{reverse('codes:list')}?state=expiring",
            act="查看即将到期的注册码",
        )
    ]
