"""Keeps a list of people to send or to ask after, changes where its lines go, and forgets it (§6.1)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from members.matching.reading import Line
from members.models import Member
from orgs.models import Organization
from orgs.scope import Scope
from zhtj.audit.record import record
from zhtj.lib.verdict import YES, Refused, Verdict, no

from ..models import PeopleList

MOST = 500  # people sent in one act
Purpose = PeopleList.Purpose
NOBODY = no(
    "没有找到姓名或身份证号码", cause="empty", remedy="，请每行写一个人：姓名、身份证号码，或两者都写。"
)
NONE_CHOSEN = no("没有选中任何人", cause="nobody", remedy="，请先在团员列表中勾选。")


@dataclass(frozen=True)
class Entry:
    """One line: what was brought (`line`), or an account chosen in a list; the 全称 beside it; the target chosen for it."""

    at: int
    name: str = ""
    number: str = ""
    fault: str = ""
    account: int | None = None
    said: str = ""
    target: int | None = None

    @property
    def line(self) -> Line:
        """The line as 名单对账 takes it."""
        return Line(self.at, self.name, self.number, self.fault)


@dataclass(frozen=True)
class Common:
    """What everybody is sent with; `target` holds for lines that name none of their own."""

    reason: str = ""
    target: int | None = None
    outside: str = ""
    outside_name: str = ""
    details: dict[str, str] = field(default_factory=dict)
    remark: str = ""


def of(scope: Scope) -> QuerySet[PeopleList]:
    """The lists this person brought for organisations still in the scope."""
    found = PeopleList.objects.filter(scope.q("organization__path"), account=scope.account_id)
    return found.select_related("organization__parent")


def entries(people: PeopleList) -> list[Entry]:
    """The lines in their order."""
    return [Entry(**each) for each in people.payload["lines"]]


def common(people: PeopleList) -> Common:
    """What everybody is sent with."""
    return Common(**people.payload.get("common", {}))


def may_keep(scope: Scope, lines: int, purpose: str) -> Verdict:
    """So many lines at once, and so many lists an hour (*settings*)."""
    if not lines:
        return NOBODY
    if lines > MOST:
        word = "办理" if purpose == Purpose.SEND else "查询"
        return no(f"名单有{lines:,}人，一次最多{word}{MOST}人", cause="too_many", remedy="，请分成几次。")
    hour_ago = timezone.now() - timedelta(hours=1)
    made = PeopleList.objects.filter(account=scope.account_id, created_at__gt=hour_ago).count()
    if made >= settings.UPLOADS_PER_HOUR:
        return no(f"一小时内最多{settings.UPLOADS_PER_HOUR}份名单", cause="too_many", remedy="，请稍后再试。")
    return YES


def keep_brought(
    brought: Sequence[tuple[Line, str]], purpose: str, *, source: str, actor: Scope
) -> PeopleList:
    """Keep what was pasted or uploaded. Raises Refused."""
    lines = [
        Entry(line.at, line.name, line.number, line.fault, said=said if purpose == Purpose.SEND else "")
        for line, said in brought
    ]
    return _keep(lines, Common(), purpose, source=source, actor=actor)


def keep_chosen(
    accounts: Collection[int], *, source: str, actor: Scope, wish: Common | None = None
) -> PeopleList:
    """Keep the members of the scope with these account ids, in the order of their branches. Raises Refused."""
    here = Member.objects.within(actor).filter(account__in=list(accounts)[: MOST + 1])
    ids = here.order_by("branch_path", "pk").values_list("account", flat=True)
    lines = [Entry(at, account=pk) for at, pk in enumerate(ids, start=1)]
    if not lines:
        raise Refused(NONE_CHOSEN)
    return _keep(lines, wish or Common(), Purpose.SEND, source=source, actor=actor)


def keep_again(
    wanted: Sequence[tuple[int, int | None]], wish: Common, *, source: str, actor: Scope
) -> PeopleList:
    """Keep accounts with a target each, for sending cases again that came to nothing. Raises Refused."""
    lines = [Entry(at, account=pk, target=target) for at, (pk, target) in enumerate(wanted, start=1)]
    return _keep(lines, wish, Purpose.SEND, source=source, actor=actor)


@transaction.atomic
def _keep(lines: list[Entry], wish: Common, purpose: str, *, source: str, actor: Scope) -> PeopleList:
    may_keep(actor, len(lines), purpose).demand()
    people = PeopleList(account_id=actor.account_id, organization=actor.root, purpose=purpose)
    people.source = source[-200:]
    people.payload = {"lines": [asdict(each) for each in lines], "common": asdict(wish)}
    people.save()
    detail = {"list": people.pk, "lines": len(lines), "purpose": purpose}
    record("transfers.list_kept", actor=actor, organization=actor.root, detail=detail)
    return people


@transaction.atomic
def settle(people: PeopleList, wish: Common, *, actor: Scope) -> None:
    """Say why everybody goes, with what details, and where lines go that name no target."""
    _change(people, lambda payload: payload | {"common": asdict(wish)}, actor=actor)


@transaction.atomic
def aim(people: PeopleList, ats: Collection[int], target: Organization, *, actor: Scope) -> None:
    """Send these lines there."""
    _each(people, lambda each: replace(each, target=target.pk) if each.at in ats else each, actor=actor)


@transaction.atomic
def leave_out(people: PeopleList, ats: Collection[int], *, actor: Scope) -> None:
    """Take lines off the list; nobody's case changes."""
    _each(people, lambda each: None if each.at in ats else each, actor=actor)


def _each(people: PeopleList, change: Callable[[Entry], Entry | None], *, actor: Scope) -> None:
    def renew(payload: dict[str, Any]) -> dict[str, Any]:
        changed = (change(Entry(**each)) for each in payload["lines"])
        return payload | {"lines": [asdict(each) for each in changed if each is not None]}

    _change(people, renew, actor=actor)


def _change(people: PeopleList, renew: Callable[[dict[str, Any]], dict[str, Any]], *, actor: Scope) -> None:
    """Two windows of one person change one list after the other."""
    fresh = of(actor).select_for_update(of=("self",)).filter(pk=people.pk).first()
    if fresh is None:
        raise Refused(no("这份名单已经删除", cause="gone", remedy="，请重新选择人。"))
    fresh.payload = renew(fresh.payload)
    fresh.save(update_fields=["payload_cipher", "line_count"])
    detail = {"list": fresh.pk, "lines": fresh.line_count}
    record("transfers.list_changed", actor=actor, organization=fresh.organization, detail=detail)


@transaction.atomic
def drop(people: PeopleList, *, actor: Scope) -> None:
    """Forget a list before its time."""
    detail = {"list": people.pk}
    record("transfers.list_dropped", actor=actor, organization=people.organization, detail=detail)
    people.delete()


def purge(now: datetime | None = None) -> int:
    """Forget lists older than the days of the setting. Runs every hour."""
    limit = (now or timezone.now()) - timedelta(days=settings.TRANSFER_LIST_DAYS)
    return PeopleList.objects.filter(created_at__lt=limit).delete()[0]
