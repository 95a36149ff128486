"""How far the people of a list are: where the 团籍 is as far as may be known, the case, whose turn it is; writes nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, TextChoices
from django.utils import timezone

from accounts import idcard, names
from accounts.models import Account, number_index
from members import queries as people_of
from orgs import vacancies
from orgs.scope import Scope
from zhtj.audit.record import record
from zhtj.lib import exports
from zhtj.lib.arrays import IsAnyOf

from .. import pages, queries
from ..enums import OPEN, State
from ..models import PeopleList, Transfer
from . import lists
from .finding import Found, find

RECENT = timedelta(days=365)  # a case that ended longer ago says nothing about this year
COLUMNS = ("名单行号", "姓名", "身份证号码", "结果", "团籍所在", "转接", "状态", "现在轮到谁")


class Standing(TextChoices):
    """How far somebody is; the order is that of the page."""

    NONE = "none", "未发起"
    WAITING = "waiting", "办理中"
    ENDED = "ended", "没有办成"
    UNSURE = "unsure", "查不到"
    DONE = "done", "已完成"


KINDS = {
    Standing.NONE: "todo",
    Standing.WAITING: "todo",
    Standing.ENDED: "returned",
    Standing.UNSURE: "returned",
}
SAID = {
    Standing.NONE: "还没有发起转接的人。可以请本人在个人中心发起，或由您办理转出。",
    Standing.WAITING: "已经发起、还没有办完的转接。",
    Standing.ENDED: "最近一次转接被退回、撤回或失效的人，可以修改后重新发起。",
    Standing.UNSURE: "在您管理的团支部和转接中找不到，或分不清是谁的行。",
    Standing.DONE: "一年以内办完转接的人。",
}


@dataclass(frozen=True)
class Status:
    """One line with what is known of it."""

    found: Found
    standing: Standing
    place: str = ""
    case: Transfer | None = None
    badge: tuple[str, str] = ("", "")
    turn: str = ""  # the whole sentence
    who: str = ""
    until: str = ""

    @property
    def name(self) -> str:
        """Whom the line is about."""
        return self.found.name or (self.case.account.name if self.case else "")

    @property
    def number(self) -> str:
        """The number as it was brought, else the masked one."""
        if self.found.entry.number or not self.found.member:
            return self.found.entry.number
        return self.found.member.account.masked_id

    @property
    def account_id(self) -> int | None:
        """The person, where that is certain."""
        if self.found.member is not None:
            return self.found.member.account_id
        return self.case.account_id if self.case else None


def look(people: PeopleList, *, actor: Scope, now: datetime) -> list[Status]:
    """Every line in its order; the queries do not grow with the list."""
    found = find(lists.entries(people), scope=actor, today=timezone.localdate(now))
    cases = _Cases(found, actor, now)
    paired = [(each, cases.of(each)) for each in found]
    waiting = [case.turn_of for _, case in paired if case is not None and case.turn_of]
    acting = vacancies.acting_for(waiting)
    return [_status(each, case, actor, acting) for each, case in paired]


def _status(found: Found, case: Transfer | None, actor: Scope, acting: dict) -> Status:
    if case is None:
        standing = Standing.NONE if found.member else Standing.UNSURE
        return Status(found, standing, _place(found, actor))
    standing = Standing.WAITING if case.state in OPEN else Standing.ENDED
    standing = Standing.DONE if case.state == State.DONE else standing
    place = _place(found, actor) if found.member or case.state != State.DONE else _landed(case)
    said = pages.turn(case, actor, acting), pages.who(case, actor, acting), pages.until(case)
    return Status(found, standing, place, case, pages.badge(case), *said)


def _place(found: Found, actor: Scope) -> str:
    if found.member is not None:
        return people_of.place(found.member.branch, actor.root)
    return found.verdict.message


def _landed(case: Transfer) -> str:
    return f"已转往“{case.landed.full_name if case.landed else case.outside_name}”"


class _Cases:
    """The newest case this seat sees of everybody on the list, fetched at once."""

    def __init__(self, found: Sequence[Found], actor: Scope, now: datetime):
        rest = [each.entry for each in found if each.member is None and each.verdict.cause != "twice"]
        today = timezone.localdate(now)
        sound = {each.number for each in rest if each.number and idcard.problem(each.number, today=today)}
        indexes = [number_index(number) for number in sorted(sound)]
        accounts = list(Account.objects.filter(IsAnyOf("id_index", indexes))) if indexes else []
        self.by_number = {each.id_number: each for each in accounts}
        spoken = {each.name for each in rest if each.name and not each.number}
        self._gather(found, accounts, spoken, actor, now)

    def _gather(
        self,
        found: Sequence[Found],
        accounts: Sequence[Account],
        spoken: set[str],
        actor: Scope,
        now: datetime,
    ) -> None:
        ids = [each.member.account_id for each in found if each.member] + [each.pk for each in accounts]
        wanted = Q(IsAnyOf("account_id", ids)) | Q(IsAnyOf("account__name", sorted(spoken)))
        recent = Q(state__in=OPEN) | Q(closed_at__gt=now - RECENT)
        rows = queries.visible(actor).filter(wanted, recent).order_by("-pk")
        self.newest: dict[int, Transfer] = {}
        self.named: dict[str, set[int]] = defaultdict(set)
        for each in rows:
            self.newest.setdefault(each.account_id, each)
            self.named[each.account.name].add(each.account_id)

    def of(self, found: Found) -> Transfer | None:
        """The case of a line: by the member, by a number whose name agrees, or by a name only one case bears."""
        if found.member is not None:
            return self.newest.get(found.member.account_id)
        if found.verdict.cause == "twice":
            return None
        entry = found.entry
        if entry.number:
            account = self.by_number.get(entry.number)
            agrees = account is not None and (not entry.name or names.same(account.name, entry.name))
            return self.newest.get(account.pk) if account is not None and agrees else None
        bearers = self.named.get(entry.name, set())
        return (
            self.newest[next(iter(bearers))] if len(bearers) == 1 and found.verdict.cause == "list" else None
        )


def counts(rows: Sequence[Status]) -> dict[Standing, int]:
    """How many stand where."""
    found = Counter(each.standing for each in rows)
    return {each: found[each] for each in Standing}


def tiles(rows: Sequence[Status], standing: Standing) -> list[dict[str, Any]]:
    """One tile a standing."""
    numbers = counts(rows)
    return [
        {
            "label": each.label,
            "value": numbers[each],
            "kind": KINDS.get(each, "") if numbers[each] else "",
            "url": f"?standing={each}",
            "current": each == standing,
        }
        for each in Standing
    ]


def standing_of(asked: str, rows: Sequence[Status]) -> Standing:
    """The standing asked for; else the first anybody has."""
    if asked in Standing.values:
        return Standing(asked)
    numbers = counts(rows)
    return next((each for each in Standing if numbers[each]), Standing.NONE)


def workbook(people: PeopleList, rows: Sequence[Status], *, actor: Scope) -> bytes:
    """The whole list as .xlsx: numbers as they were brought, those of the system masked; on record."""
    table = [
        [
            str(each.found.entry.at),
            each.name,
            each.number,
            each.standing.label,
            each.place,
            each.case.destination if each.case else "",
            each.badge[0],
            each.turn,
        ]
        for each in rows
    ]
    detail = {"list": people.pk, "rows": len(table)}
    record("transfers.list_exported", actor=actor, organization=people.organization, detail=detail)
    note = f"{actor.account_name} {timezone.localtime():%Y-%m-%d %H:%M} 导出。"
    return exports.workbook("办理情况", COLUMNS, table, note=note, code=(2,))
