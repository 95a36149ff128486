"""Graduates for whom nothing has begun while the deadline is near: a thing to do for the branch and its superior (§6.6)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Expression, F, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils import timezone

from orgs.enums import Category
from orgs.models import Organization
from orgs.scope import Scope
from orgs.vacancies import VACANT_BELOW
from zhtj.lib.todo import Todo, how_many, one_if_any

from . import counting, deadlines, terms

NAMES = 20
OURS = f"""
SELECT %s UNION SELECT id FROM orgs_organization WHERE parent_id = %s
 UNION SELECT below.id FROM orgs_organization AS below JOIN ({VACANT_BELOW}) AS vacant ON below.parent_id = vacant.id
"""


def behind(scope: Scope, *, today: date) -> QuerySet[Organization]:
    """The branches this seat answers for whose 发起率 is below the target (*settings*), near the deadline or past it.

    Only of this year's graduates, and nobody is one before the day of the year. Annotated: `unstarted`, `graduates`, `deadline`.
    """
    year = today.year
    if scope.root is None:
        return Organization.objects.none()
    there = counting.present(year, today=today).filter(branch=OuterRef("pk"))
    gone = counting.left(year, today=today).filter(source=OuterRef("pk"))
    return (
        answered_for(scope)
        .filter(graduation__isnull=False)
        .annotate(deadline=deadlines.annotated(year))
        .filter(deadline__lte=today + timedelta(days=settings.GRADUATION_WARN_DAYS))
        .annotate(unstarted=how_many(there.filter(held="")), graduates=how_many(there) + how_many(gone))
        .annotate(hundredfold=F("unstarted") * 100)
        .filter(_below_target())
    )


def answered_for(scope: Scope) -> QuerySet[Organization]:
    """The own organisation, its direct subordinates, and those of whatever it acts for: `sides.is_side` of branches.

    It walks down only as far as nobody administers, for it is asked for the number on every page.
    """
    if scope.root is None:
        return Organization.objects.none()
    root, pending = scope.root.pk, Category.PENDING_BRANCH
    return Organization.objects.living().filter(pk__in=RawSQL(OURS, [root, root, root, pending, pending]))


def _below_target() -> Q:
    """started × 100 < target × base, said of those for whom nothing has begun."""
    allowed = F("graduates") * (100 - settings.GRADUATION_TARGET)
    return Q(hundredfold__gt=allowed)


def waiting(scope: Scope, *, now: datetime) -> Expression:
    """How many things `todo` gives, as a part of another query."""
    return one_if_any(behind(scope, today=timezone.localdate(now)))


def todo(scope: Scope, *, now: datetime) -> list[Todo]:
    """One query."""
    today = timezone.localdate(now)
    found = list(behind(scope, today=today).select_related("parent").order_by("deadline", "path"))
    if not found:
        return []
    unstarted = sum(each.unstarted for each in found)
    own = scope.root is not None and found[0].pk == scope.root.pk
    names = tuple(
        (f"{each.short_name}（{each.unstarted} 人）", reverse("graduates:branch", args=[each.pk]))
        for each in found[:NAMES]
    )
    more = f"这里是前 {NAMES} 个团支部。" if len(found) > NAMES else ""
    late = "期限已过，" if found[0].deadline < today else ""
    return [
        Todo(
            key="graduates",
            kind="毕业生",
            title=f"{unstarted} 名毕业团员还没有发起转接",
            detail=f"{late}请逐人办理转出；延迟毕业、教师、流动的团员请作标记。{more}",
            turn="由本组织办理" if own else "由团支部或本组织办理",
            names=() if own else names,
            until=terms.end_of(found[0].deadline),
            url=reverse("graduates:own"),
            act="打开毕业生工作台",
        )
    ]
