"""Full numbers leave only with a reason, within the day's quota, on a register, and each person sees it (§8)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time

from django.conf import settings
from django.db.models import Sum
from django.utils import timezone

from accounts.models import Account
from orgs.models import Organization
from orgs.scope import Scope
from zhtj.audit.models import AuditEntry
from zhtj.audit.record import record, values
from zhtj.lib import copying
from zhtj.lib.verdict import YES, Verdict, no

from ..models import Export

NUMBERS = "身份证号码、手机号码"


def used(account_id: int | None, *, now: datetime) -> int:
    """How many people's full numbers the account has exported today."""
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(now), time()))
    mine = Export.objects.filter(account=account_id, full=True, at__gte=midnight)
    return mine.aggregate(total=Sum("rows"))["total"] or 0


def left(account_id: int | None, *, now: datetime) -> int:
    """How many more may leave today (*setting*)."""
    return max(settings.FULL_NUMBER_QUOTA - used(account_id, now=now), 0)


def fits(people: int, remaining: int) -> Verdict:
    """Whether so many people's numbers are within what is left of the day."""
    if people <= remaining:
        return YES
    reason = f"每天最多导出 {settings.FULL_NUMBER_QUOTA} 人的完整号码，今天还可以导出 {remaining} 人，这次是 {people} 人"
    return no(reason, cause="quota", remedy="。请缩小范围，或导出隐藏号码的名单。")


def claim(people: int, *, actor: Scope, now: datetime) -> None:
    """Refuse what goes beyond the day. The account is held for the rest of the transaction, so that two exports
    at once are counted one after the other. Raises Refused."""
    Account.objects.select_for_update(no_key=True).get(pk=actor.account_id)
    fits(people, left(actor.account_id, now=now)).demand()


def register(
    what: str,
    people: Iterable[tuple[Account, Organization]],
    rows: int,
    *,
    full: bool,
    reason: str,
    actor: Scope,
    now: datetime,
    detail: dict | None = None,
) -> Export:
    """Write the export down before anything leaves; its id is the 编号. Call inside the transaction. Raises Refused.

    `people` are those whose full numbers leave, each once: each sees it under 谁看过我的信息.
    """
    if full:
        claim(rows, actor=actor, now=now)
    assert actor.root is not None, "exports are for administrators"
    export = Export.objects.create(
        account_id=actor.account_id,
        organization=actor.root,
        at=now,
        what=what,
        rows=rows,
        full=full,
        reason=reason if full else "",
    )
    told = {"export": export.pk, "rows": rows, "full": full, **(detail or {})}
    record(
        "members.exported",
        actor=actor,
        organization=actor.root,
        detail=told | ({"reason": reason} if full else {}),
    )
    if full:
        _tell(people, export, reason, actor)
    return export


def _tell(people: Iterable[tuple[Account, Organization]], export: Export, reason: str, actor: Scope) -> None:
    detail = {"export": export.pk, "reason": reason, "what": NUMBERS}
    copying.insert_values(
        AuditEntry,
        [
            values("members.export_full", actor=actor, organization=place, account=person, detail=detail)
            for person, place in people
        ],
    )


def note(export: Export, actor: Scope) -> str:
    """Whose copy it is: who, when, which; the last line of a sheet."""
    kind = f"含完整号码，用途：{export.reason}" if export.full else "号码已隐藏"
    moment = timezone.localtime(export.at)
    return (
        f"{actor.seat_organization_name} {actor.account_name} 于 {moment:%Y-%m-%d %H:%M} 导出 "
        f"{export.rows} 行（{kind}），编号 {export.pk}。"
    )
