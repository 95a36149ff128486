"""The verb that creates many organisations at once, and the one that returns the rows that did not go in (§2)."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import IntegrityError, transaction

from zhtj.audit.models import AuditEntry
from zhtj.audit.record import record, values
from zhtj.lib import copying
from zhtj.lib.retry import retried
from zhtj.lib.verdict import Refused, no

from .. import lifecycle, rules, tree
from ..models import Organization
from ..scope import Scope
from . import sheets
from .plan import Fate, Line, plan
from .read import Upload

TRIES = 3
BUSY = no("同时有人在创建同名的组织", cause="busy", remedy="，请稍后再试。")


@retried
@transaction.atomic
def found_all(parent: Organization, upload: Upload, *, levels: Mapping[int, int], actor: Scope) -> list[Line]:
    """Create everything that is new and sound, all of it or nothing; the rows as they were settled. Raises Refused.

    A neighbour who creates one of them meanwhile makes that row 已存在: the rows are settled again.
    """
    parent = lifecycle.held(parent, exclusive=False)
    rules.may_found(actor, parent).demand()
    for _ in range(TRIES):
        lines = plan(parent, upload, actor=actor, levels=levels)
        try:
            with transaction.atomic():
                _plant([line for line in lines if line.fate == Fate.NEW], actor=actor)
        except IntegrityError:
            continue
        return lines
    raise Refused(BUSY)


def _plant(lines: list[Line], *, actor: Scope) -> None:
    """One insert for each living superior, and one for the audit rows."""
    made: list[Organization] = []
    for organization, group in _groups(lines):
        at = {id(line): place for place, line in enumerate(group)}
        seedlings = [
            tree.Seedling(line.category, line.short_name, line.level, below=at.get(id(line.superior.maker)))
            for line in group
        ]
        planted = tree.plant(organization, seedlings)
        for line, each in zip(group, planted, strict=True):
            line.found = each
        made += planted
    copying.insert_values(
        AuditEntry,
        [
            values(
                "orgs.found",
                actor=actor,
                organization=each,
                detail={"category": each.category, "by": "batch"},
            )
            for each in made
        ],
    )


def _groups(lines: list[Line]) -> list[tuple[Organization, list[Line]]]:
    """The rows by the living organisation they end up below, superiors before their subordinates."""
    groups: dict[int, tuple[Organization, list[Line]]] = {}
    for _, line in sorted(((_depth(line), line) for line in lines), key=lambda each: each[0]):
        top = line
        while top.superior.maker is not None:
            top = top.superior.maker
        organization = top.superior.organization
        groups.setdefault(organization.pk, (organization, []))[1].append(line)
    return list(groups.values())


def _depth(line: Line) -> int:
    """How many rows of the file stand above it."""
    depth = 0
    while line.superior.maker is not None:
        line, depth = line.superior.maker, depth + 1
    return depth


@transaction.atomic
def returned(parent: Organization, upload: Upload, *, actor: Scope) -> bytes:
    """The bad rows as the user wrote them, with 原因; the handing out is on record. Raises Refused."""
    rules.may_found(actor, parent).demand()
    bad = [line for line in plan(parent, upload, actor=actor, levels={}) if line.fate == Fate.ERROR]
    if not bad:
        raise Refused(no("没有需要改正的行", cause="nothing", remedy="。"))
    record("orgs.rows_returned", actor=actor, organization=parent, detail={"rows": len(bad)})
    return sheets.returned(upload, bad)
