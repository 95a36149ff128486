"""What waits for an organisation about its people: 待接转团支部 and imports to be confirmed (§2, §5)."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Exists, Expression, OuterRef, Q, QuerySet
from django.urls import reverse

from orgs import vacancies
from orgs.enums import Category
from orgs.models import Organization
from orgs.scope import Scope
from zhtj.lib.todo import Todo, how_many

from .models import BatchState, ImportBatch, Member


def to_clear(scope: Scope) -> QuerySet[Organization]:
    """The 待接转团支部 with members below the own organisation and those it acts for; below a leading body the
    empty ones too (§2, §4)."""
    if scope.root is None or scope.root.is_branch:
        return Organization.objects.none()
    pending = Organization.objects.living().filter(scope.acting_q(), category=Category.PENDING_BRANCH)
    people = Exists(Member.objects.filter(branch=OuterRef("pk")))
    return pending.filter(people | Q(parent__category=Category.LEADING_BODY))


def to_confirm(scope: Scope) -> QuerySet[ImportBatch]:
    """Imports into the organisation that wait for its word, on the plan or on the columns; a plan that can write
    nothing waits for nobody."""
    if scope.root is None:
        return ImportBatch.objects.none()
    planned = Q(state=BatchState.PLANNED) & (Q(counts__new__gt=0) | Q(counts__update__gt=0))
    return ImportBatch.objects.filter(planned | Q(state=BatchState.MAPPING), organization=scope.root)


def waiting(scope: Scope, *, now: datetime) -> Expression:
    """How many things `todo` gives, as a part of another query."""
    return how_many(to_clear(scope)) + how_many(to_confirm(scope))


def todo(scope: Scope, *, now: datetime) -> list[Todo]:
    """Two queries."""
    return [*_imports(scope), *_pending(scope)]


def _imports(scope: Scope) -> list[Todo]:
    batches = to_confirm(scope).select_related("importer").defer("file_cipher").order_by("created_at", "pk")
    return [_import(each) for each in batches]


def _import(batch: ImportBatch) -> Todo:
    who = batch.importer.name if batch.importer else "本组织"
    mapping = batch.state == BatchState.MAPPING
    checked = f"{batch.row_count} 行已经核对完，确认之前不会写入任何资料。"
    return Todo(
        key=f"import-{batch.pk}",
        kind="导入待对应列" if mapping else "导入待确认",
        title=batch.file_name,
        detail="有的列没有认出，请说明每一列是什么，再继续核对。" if mapping else checked,
        turn=f"由{who}{'对应' if mapping else '确认'}",
        since=batch.planned_at or batch.created_at,
        url=reverse("imports:detail", args=[batch.pk]),
        act="对应列" if mapping else "查看导入计划",
        nudge=("imports", batch.pk),
    )


def _pending(scope: Scope) -> list[Todo]:
    branches = to_clear(scope).select_related("parent").annotate(people=Count("members")).order_by("path")
    return [
        Todo(
            key=f"pending-{each.pk}",
            kind="待接转团支部",
            title=f"{each.full_name}还有 {each.people} 名团员"
            if each.people
            else f"{each.full_name}已经没有团员",
            short=each.short_name,
            detail=_of_pending(each.people),
            turn=vacancies.turn_of(each.parent, scope.root, scope.root),
            since=each.created_at,
            url=f"{reverse('members:list')}?branch={each.pk}"
            if each.people
            else reverse("structure:close", args=[each.pk]),
            act="分配团员" if each.people else "删除待接转团支部",
        )
        for each in branches
    ]


def _of_pending(people: int) -> str:
    if people:
        return f"有 {people} 名团员等着转到团支部，请为他们分配团支部，或办理转出。"
    return "已经没有团员，可以删除。"
