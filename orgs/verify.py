"""Checks the stored tree against its own rules: paths, names, categories, and what is copied from them.

Paths in C order are a depth-first walk, so one pass with a stack of superiors is enough for any size.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection, transaction

from . import naming, rules, tree
from .enums import Category
from .models import Organization


@dataclass(frozen=True, slots=True)
class Fault:
    """One stored value that is not what it should be; `field` is empty where it cannot be repaired by itself."""

    organization: Organization
    what: str
    field: str = ""
    value: str = ""


def faults(top: str = "/") -> Iterator[Fault]:
    """Every fault, superiors before what is below them; with the path of a topmost organisation only those below it."""
    stack: list[Organization] = []
    found = Organization.objects.filter(path__startswith=top).order_by("path")
    for each in found.iterator(chunk_size=5000):
        while stack and not each.path.startswith(stack[-1].path):
            stack.pop()
        yield from _of(each, stack)
        stack.append(each)


def _of(each: Organization, above: list[Organization]) -> Iterator[Fault]:
    parent = above[-1] if above else None
    if (
        parent.pk if parent else None
    ) != each.parent_id or each.path != f"{parent.path if parent else '/'}{each.pk}/":
        yield Fault(each, "路径与上级不符", "path")
        return
    name = naming.full_name(each.category, each.short_name, [naming.stem(one.short_name) for one in above])
    if each.full_name != name:
        yield Fault(each, f"全称应为“{name}”", "full_name", name)
    if parent and each.category in (Category.PENDING_BRANCH, Category.GRADUATE_BRANCH):
        if parent.is_branch:
            yield Fault(each, "不能在团支部之下")
    elif parent and not (verdict := rules.may_contain(parent, each.category, each.level)):
        yield Fault(each, verdict.reason)
    if parent and each.deleted_at is None and parent.deleted_at is not None:
        yield Fault(each, "上级已删除")


@transaction.atomic
def repair() -> int:
    """Write the paths again from the superiors, then the names; the number of rows changed."""
    tree.rearranging("/")
    with connection.cursor() as cursor:
        cursor.execute(
            """WITH RECURSIVE walk AS (
                 SELECT id, '/' || id || '/' AS path FROM orgs_organization WHERE parent_id IS NULL
                 UNION ALL
                 SELECT child.id, walk.path || child.id || '/' FROM orgs_organization child
                   JOIN walk ON child.parent_id = walk.id)
               UPDATE orgs_organization SET path = walk.path FROM walk
                WHERE orgs_organization.id = walk.id AND orgs_organization.path <> walk.path COLLATE "C" """
        )
        changed = cursor.rowcount
    wrong = [fault for fault in faults() if fault.field == "full_name"]
    for fault in wrong:
        Organization.objects.filter(pk=fault.organization.pk).update(full_name=fault.value)
    return changed + len(wrong)
