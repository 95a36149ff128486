"""The brake: an import that would change or move an unusual share of a branch asks to be confirmed specially (§5)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from orgs.models import Organization

from ..models import ImportBatch, ImportRow, Member, RowVerdict, Template

NEW = Q(verdict=RowVerdict.NEW)
UPDATE = Q(verdict=RowVerdict.UPDATE)
MOVE = Q(verdict=RowVerdict.MOVE)
TICKED = Q(verdict=RowVerdict.UPDATE, ticked=True)


def of_plan(batch: ImportBatch) -> dict[str, Any]:
    """What a plan would do at most, with every update ticked: `{"lines": […]}`, or nothing."""
    return _told(batch, changed=UPDATE, moved=MOVE)


def of_choice(batch: ImportBatch) -> list[str]:
    """What is unusual about the rows chosen now, as sentences; empty where nothing has to be acknowledged."""
    return _told(batch, changed=TICKED, moved=Q(pk__in=[])).get("lines", [])


def _told(batch: ImportBatch, *, changed: Q, moved: Q) -> dict[str, Any]:
    rows = batch.rows.exclude(branch_id=None).order_by()
    if batch.template == Template.CADRES:  # a handful of people by nature
        return {}
    lines = list(_lines(rows, changed, moved))
    return {"lines": lines} if lines else {}


def _lines(rows: QuerySet[ImportRow], changed: Q, moved: Q) -> Iterator[str]:
    counted = rows.values_list("branch_id").annotate(
        changed=Count("pk", filter=changed), moved=Count("pk", filter=moved), new=Count("pk", filter=NEW)
    )
    found = {branch: counts for branch, *counts in counted}
    living = (
        Member.objects.filter(branch__in=found).order_by().values_list("branch").annotate(size=Count("pk"))
    )
    sizes = dict(living)
    for branch in Organization.objects.filter(pk__in=found).order_by("path"):
        yield from _of_branch(branch.full_name, sizes.get(branch.pk, 0), *found[branch.pk])


def _of_branch(name: str, size: int, changed: int, moved: int, new: int) -> Iterator[str]:
    limit = max(settings.IMPORT_BRAKE_PEOPLE, settings.IMPORT_BRAKE_SHARE * size)
    if changed > limit:
        yield f"“{name}”现有团员 {size} 人，将更改其中 {changed} 人的资料。"
    if moved > limit:
        yield f"“{name}”现有团员 {size} 人，名单上另有 {moved} 人的团籍在其他团支部，需要转接。"
    if size >= settings.IMPORT_BRAKE_DOUBLED and new > size:
        yield f"“{name}”现有团员 {size} 人，将新增 {new} 人，超过原有人数。"
