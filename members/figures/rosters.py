"""历史名册: the lines of a past day's roster and of those who came and went, and the roster as a workbook.

Who has left the scope since is shown with what was on record here, the number masked; where they are now is not
told (decision 0076).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from orgs.models import Organization
from orgs.scope import Scope
from zhtj.lib import exports
from zhtj.lib.verdict import YES, Verdict, no

from .. import queries
from ..lists import quota
from ..models import Member, Membership
from . import ledger

COLUMNS = (
    "姓名",
    "身份证号码",
    "性别",
    "当时所在团支部",
    "加入时间",
    "加入方式",
    "离开时间",
    "离开方式",
    "现在",
)
ELSEWHERE = "已不在本组织"


@dataclass(frozen=True)
class Line:
    """One stretch of the ledger with its person; `member` is the 团籍 now, where the scope reaches it."""

    stretch: Membership
    place: str
    begun: str
    ended: str
    member: Member | None
    now: str


def lines(scope: Scope, page: Iterable[Membership]) -> list[Line]:
    """The lines of a page: one query for where the people are now."""
    stretches = list(page)
    here = Member.objects.within(scope).filter(account__in=[each.account_id for each in stretches])
    now = {each.account_id: each for each in here.select_related("branch__parent")}
    return [
        Line(
            stretch=each,
            place=queries.place(each.branch, scope.root),
            begun=ledger.label(each.begun_by),
            ended=ledger.label(each.ended_by) if each.ended_at else "",
            member=now.get(each.account_id),
            now=_now(each, now.get(each.account_id), scope),
        )
        for each in stretches
    ]


def _now(stretch: Membership, member: Member | None, scope: Scope) -> str:
    if member is None:
        return ELSEWHERE
    return (
        "仍在" if member.branch_id == stretch.branch_id else f"现在{queries.place(member.branch, scope.root)}"
    )


def may_export(rows: int) -> Verdict:
    """A workbook holds so many people (*setting*)."""
    most = settings.ROSTER_EXPORT_ROWS
    if rows <= most:
        return YES
    reason = f"名册有 {rows:,} 人，一次最多导出 {most:,} 人"
    return no(reason, cause="too_many", remedy="，请进入下级组织分别导出。")


@transaction.atomic
def export(organization: Organization, day: date, *, actor: Scope, now: datetime) -> bytes:
    """The roster of a day as .xlsx, numbers masked; registered as an export. Raises Refused."""
    found = ledger.on_roster(organization, day).order_by("place", "pk")
    may_export(found.count()).demand()
    rows = [_cells(line) for line in lines(actor, found)]
    detail = {"day": day.isoformat(), "of": organization.pk}
    made = quota.register(
        f"{day:%Y-%m-%d} 的名册", (), len(rows), full=False, reason="", actor=actor, now=now, detail=detail
    )
    note = f"{organization.full_name} {day:%Y-%m-%d} 的名册，{len(rows)} 人。{quota.note(made, actor)}"
    return exports.workbook("名册", COLUMNS, rows, note=note, code=(1,))


def _cells(line: Line) -> list[str]:
    stretch, account = line.stretch, line.stretch.account
    return [
        account.name,
        account.masked_id,
        account.sex,
        stretch.branch.full_name,
        f"{timezone.localtime(stretch.started_at):%Y-%m-%d}",
        line.begun,
        f"{timezone.localtime(stretch.ended_at):%Y-%m-%d}" if stretch.ended_at else "",
        line.ended,
        line.now,
    ]
