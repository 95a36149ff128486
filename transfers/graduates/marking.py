"""Marks branches with 预计毕业时间, many in one act, and clears marks; nothing leaves by it before its day (§6.6)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from orgs import tree
from orgs.models import Organization
from orgs.scope import Scope
from zhtj.audit.models import AuditEntry
from zhtj.audit.record import entry
from zhtj.lib.retry import retried
from zhtj.lib.verdict import Refused, no

from ..models import BranchKind, BranchMark, PersonKind, PersonMark
from . import rules, terms

NOBODY = no("没有选中团支部", cause="nobody", remedy="，请先勾选。")


@retried
@transaction.atomic
def mark(
    branches: Collection[int],
    kind: str,
    expected: date | None = None,
    *,
    actor: Scope,
    now: datetime | None = None,
) -> int:
    """Give these branches one mark; how many changed. One that cannot have it refuses all. Raises Refused."""
    now = now or timezone.now()
    rules.month_fits(kind, expected, today=timezone.localdate(now)).demand()
    month = terms.first_of(expected) if expected and kind == BranchKind.CLASS else None
    found = _held(branches, actor=actor)
    before = _marks(found)
    changed = [each for each in found if _facts(before.get(each.pk)) != (kind, month)]
    _drop_unfitting([each for each in changed if each.pk in before], kind, now=now)
    rows = [
        BranchMark(
            organization=each,
            kind=kind,
            expected=month,
            at=now,
            by_id=actor.account_id,
            by_name=actor.account_name,
        )
        for each in changed
    ]
    BranchMark.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["organization"],
        update_fields=["kind", "expected", "at", "by_id", "by_name"],
    )
    _record(changed, before, words(kind, month), actor=actor)
    return len(changed)


@retried
@transaction.atomic
def clear(branches: Collection[int], *, actor: Scope, now: datetime | None = None) -> int:
    """Take the marks off, and those of the members with them; how many there were. Raises Refused."""
    found = _held(branches, actor=actor)
    before = _marks(found)
    gone = [each for each in found if each.pk in before]
    PersonMark.objects.filter(branch__in=gone, ended_at=None).update(ended_at=now or timezone.now())
    BranchMark.objects.filter(organization__in=gone).delete()
    _record(gone, before, "", actor=actor)
    return len(gone)


def words(kind: str, expected: date | None) -> str:
    """A mark in words: 2027-06毕业, 混合支部; empty for none."""
    if not kind:
        return ""
    return f"{expected:%Y-%m}毕业" if expected else str(BranchKind(kind).label)


def _held(branches: Collection[int], *, actor: Scope) -> list[Organization]:
    """The branches, held against the nightly change and everything else; Refused where one may not be marked."""
    wanted = set(branches)
    if not wanted:
        raise Refused(NOBODY)
    if len(wanted) > settings.GRADUATION_AT_ONCE:
        reason = f"一次最多标记{settings.GRADUATION_AT_ONCE}个团支部"
        raise Refused(no(reason, cause="too_many", remedy="，请分几次办理。"))
    seen = Organization.objects.within(actor).filter(pk__in=wanted)
    tree.entering(*seen.values_list("path", flat=True))
    rows = seen.select_related("parent").order_by("pk").select_for_update(of=("self",), no_key=True)
    found = list(rows)
    if len(found) < len(wanted):
        raise Refused(no("有的团支部已不在您的管理范围内", cause="gone", remedy="，请刷新后重新勾选。"))
    allowed = set(seen.filter(rules.markable_q(actor)).values_list("pk", flat=True))
    for each in found:
        if each.pk not in allowed:
            rules.may_mark(actor, each).demand()
    return found


def _marks(branches: Collection[Organization]) -> dict[int, BranchMark]:
    rows = BranchMark.objects.filter(organization__in=branches).select_for_update()
    return {each.organization_id: each for each in rows}


def _facts(found: BranchMark | None) -> tuple[str, date | None]:
    return (found.kind, found.expected) if found else ("", None)


def _drop_unfitting(branches: Collection[Organization], kind: str, *, now: datetime) -> None:
    """Marks of members that a branch of the new kind does not know end with the change."""
    marks = PersonMark.objects.filter(branch__in=branches, ended_at=None)
    one_by_one = kind != BranchKind.CLASS
    wrong = marks.exclude(kind=PersonKind.GRADUATE) if one_by_one else marks.filter(kind=PersonKind.GRADUATE)
    wrong.update(ended_at=now)


def _record(
    branches: Collection[Organization], before: dict[int, BranchMark], after: str, *, actor: Scope
) -> None:
    AuditEntry.objects.bulk_create(
        [
            entry(
                "graduates.branch_marked",
                actor=actor,
                organization=each,
                detail={"changes": [["毕业标记", words(*_facts(before.get(each.pk))), after]]},
            )
            for each in branches
        ]
    )
