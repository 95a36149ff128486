"""Marks members 延迟毕业, 教师, 流动 or 毕业, and notes where they are going; many in one act (§6.6)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from members.models import Member
from orgs import tree
from orgs.models import Organization
from orgs.scope import Scope
from zhtj.audit.models import AuditEntry
from zhtj.audit.record import entry
from zhtj.lib.retry import retried
from zhtj.lib.verdict import Refused, no

from ..models import BranchMark, PersonKind, PersonMark, Plan
from ..models.graduates import WITH_MONTH, Destination
from . import following as following  # marks follow their member into another account, wherever they are made
from . import rules, terms


@dataclass(frozen=True)
class Going:
    """A destination as noted: what kind, and the proposed target as an organisation or in words."""

    kind: str
    target: Organization | None = None
    text: str = ""


@retried
@transaction.atomic
def mark(
    branch: Organization,
    accounts: Collection[int],
    kind: str,
    until: date | None = None,
    *,
    remark: str = "",
    actor: Scope,
    now: datetime | None = None,
) -> int:
    """Give these members of the branch one mark, in place of another they have. Raises Refused."""
    now = now or timezone.now()
    members = _held(branch, accounts, actor=actor)
    month = terms.first_of(until) if until and kind in WITH_MONTH else None
    rules.fits(BranchMark.objects.filter(organization=branch).first(), kind, month).demand()
    _living(branch, members).update(ended_at=now)
    rows = [
        PersonMark(
            account=each.account,
            branch=branch,
            kind=kind,
            until=month,
            remark=remark.strip()[:100],
            at=now,
            by_id=actor.account_id,
            by_name=actor.account_name,
        )
        for each in members
    ]
    PersonMark.objects.bulk_create(rows)
    _record_marks(members, words(kind, month), actor=actor)
    return len(rows)


@retried
@transaction.atomic
def unmark(
    branch: Organization, accounts: Collection[int], *, actor: Scope, now: datetime | None = None
) -> int:
    """Take the marks of these members off; how many there were. Raises Refused."""
    members = _held(branch, accounts, actor=actor)
    marked = set(_living(branch, members).values_list("account_id", flat=True))
    _living(branch, members).update(ended_at=now or timezone.now())
    gone = [each for each in members if each.account_id in marked]
    _record_marks(gone, "取消标记", actor=actor)
    return len(gone)


@retried
@transaction.atomic
def plan(
    branch: Organization,
    accounts: Collection[int],
    going: Going,
    *,
    actor: Scope,
    now: datetime | None = None,
) -> int:
    """Note one destination for these members. Raises Refused."""
    if going.kind not in Destination.values:
        raise Refused(no("请选择去向", cause="kind", remedy="。"))
    members = _held(branch, accounts, actor=actor)
    rows = [
        Plan(
            account=each.account,
            branch=branch,
            kind=going.kind,
            target=going.target,
            target_text="" if going.target else going.text.strip()[:100],
            at=now or timezone.now(),
            by_id=actor.account_id,
            by_name=actor.account_name,
        )
        for each in members
    ]
    Plan.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["account", "branch"],
        update_fields=["kind", "target", "target_text", "at", "by_id", "by_name"],
    )
    said = str(Destination(going.kind).label)
    AuditEntry.objects.bulk_create(
        [entry("graduates.planned", actor=actor, **_about(each, said)) for each in members]
    )
    return len(rows)


def aims(branch: Organization, accounts: Collection[int]) -> list[tuple[int, int | None]]:
    """(account, id of the planned target) of these members in the order of the list. Raises Refused for nobody."""
    members = Member.objects.filter(branch=branch, account__in=accounts).order_by("pk")
    ids = list(members.values_list("account", flat=True))
    if not ids:
        raise Refused(no("没有选中任何人", cause="nobody", remedy="，请先勾选还在团支部里的人。"))
    plans = Plan.objects.filter(branch=branch, account__in=ids, target__deleted_at=None)
    targets = dict(plans.values_list("account", "target"))
    return [(pk, targets.get(pk)) for pk in ids]


def words(kind: str, until: date | None) -> str:
    """A mark in words: 延迟毕业至2027-06, 2026-06毕业, 教师."""
    if kind == PersonKind.GRADUATE:
        return f"{until:%Y-%m}毕业"
    return f"{PersonKind(kind).label}至{until:%Y-%m}" if until else str(PersonKind(kind).label)


def _held(branch: Organization, accounts: Collection[int], *, actor: Scope) -> list[Member]:
    """The chosen members, held with their branch. Raises Refused where somebody is not there any more."""
    tree.hold(branch, exclusive=False)
    list(Organization.objects.filter(pk=branch.pk).select_for_update(no_key=True).values_list("pk"))
    rules.may_mark_people(actor, branch).demand()
    wanted = set(accounts)
    if not wanted:
        raise Refused(no("没有选中任何人", cause="nobody", remedy="，请先勾选。"))
    rows = Member.objects.filter(branch=branch, account__in=wanted).select_related("account", "branch")
    found = list(rows.order_by("account__id_index").select_for_update(of=("self",)))
    if len(found) < len(wanted):
        raise Refused(no("有的人已不在这个团支部", cause="gone", remedy="，请刷新后重新勾选。"))
    return found


def _living(branch: Organization, members: Iterable[Member]):
    people = [each.account_id for each in members]
    return PersonMark.objects.filter(branch=branch, account__in=people, ended_at=None)


def _record_marks(members: Iterable[Member], said: str, *, actor: Scope) -> None:
    AuditEntry.objects.bulk_create(
        [entry("graduates.person_marked", actor=actor, **_about(each, said)) for each in members]
    )


def _about(member: Member, said: str) -> dict[str, Any]:
    return {"organization": member.branch, "account": member.account, "detail": {"remark": said}}
