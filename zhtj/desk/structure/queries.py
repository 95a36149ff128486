"""The list of deleted and merged organisations (§2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from orgs.models import Organization
from orgs.scope import Scope
from zhtj.desk.models import Closing


def closings(scope: Scope) -> QuerySet[Closing]:
    """Deletions and mergers below the organisation acted for; `newest` orders them, the latest first."""
    found = Closing.objects.filter(scope.q("organization__parent__path"))
    sibling = Q(parent=OuterRef("organization__parent"), short_name=OuterRef("organization__short_name"))
    bearers = Organization.objects.living().filter(sibling | Q(full_name=OuterRef("organization__full_name")))
    return found.select_related("organization__parent", "into").annotate(
        newest=-F("pk"), name_taken=Exists(bearers)
    )


@dataclass(frozen=True)
class Line:
    """One closing with its state in a word, and whether this viewer may take it back."""

    closing: Closing
    word: str
    kind: str
    may_undo: bool


def lines(scope: Scope, found: Iterable[Closing], *, now: datetime) -> list[Line]:
    """One query for all rows."""
    found = list(found)
    superiors = {each.organization.parent_id for each in found}
    acting = Organization.objects.filter(scope.acting_q(), pk__in=superiors).values_list("pk", flat=True)
    mine = set(acting)
    return [_line(each, each.organization.parent_id in mine, now=now) for each in found]


def _line(closing: Closing, mine: bool, *, now: datetime) -> Line:
    if closing.undone_at is not None:
        return Line(closing, "已撤销", "info", False)
    left = closing.days_left(now=now)
    if not left:
        return Line(closing, "不能再撤销", "void", False)
    if closing.name_taken:  # type: ignore[attr-defined]
        return Line(closing, "名称已被占用", "void", False)
    if closing.organization.parent.deleted_at or _into_gone(closing):
        return Line(closing, "上级或合并后的组织已删除", "void", False)
    return Line(closing, f"还有 {left} 天可以撤销", "todo", mine)


def _into_gone(closing: Closing) -> bool:
    merged = closing.kind == Closing.Kind.MERGED
    return merged and closing.into is not None and closing.into.deleted_at is not None
