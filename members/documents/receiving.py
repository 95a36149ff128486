"""The incoming side checks off papers as they come: arrived, missing or certified; no case ever waits for it (§5, §6.8)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts import telling
from accounts.models import Account
from orgs.models import Organization
from orgs.scope import Scope
from zhtj.audit.models import AuditEntry
from zhtj.audit.record import entry
from zhtj.lib.arrays import IsAnyOf
from zhtj.lib.retry import retried
from zhtj.lib.verdict import Refused, Verdict, no

from ..models import Certificate, Holder, Paper, PaperKind, PaperState
from . import reissuing

WORDS = {
    "arrived": ("已到", PaperState.PRESENT),
    "missing": ("缺", PaperState.MISSING),
    "certified": ("已出具证明", PaperState.CERTIFIED),
}
HERE = (Holder.COLLEGE, Holder.RECORD)  # where a paper lies that has arrived
NOTHING = no("没有要登记的材料", cause="nothing", remedy="，请先选择各项材料的情况。")
FUTURE = no("转入接收日期晚于今天", cause="future", remedy="，请更正。")
MOVED_ON = no("刚刚已由别人登记", cause="moved_on", remedy="，请刷新查看。")
NOT_HERE = no("已不由本组织核对", cause="not_here", remedy="，请刷新查看。")
NO_CERTIFICATE = no("还没有登记入团证明", cause="certificate", remedy="，请先在团员档案中登记证明。")
OWN = no("自己的档案由其他管理员核对", cause="own", remedy="。")
FIELDS = ["state", "holder", "since", "received_on", "changed_at", "changed_by_name"]


@dataclass(frozen=True, slots=True)
class Tick:
    """One paper of one person: what the page showed, what it is now said to be (a key of WORDS), and a day of its own."""

    account: int
    kind: str
    was: str
    word: str
    day: date | None = None


@dataclass
class Received:
    """How many papers of how many people were written, and what was not, by account, with the reason."""

    papers: int = 0
    people: int = 0
    refused: list[tuple[int, Verdict]] = field(default_factory=list)


def standing(paper: Paper | None) -> str:
    """What is known of a paper, as pages carry it."""
    return f"{paper.state}-{paper.holder}" if paper else "none"


def word_of(paper: Paper | None) -> str:
    """The key of WORDS a paper is at; empty where the incoming side has not looked, or it lies elsewhere still."""
    if paper is None or (paper.state == PaperState.PRESENT and paper.holder not in HERE):
        return ""
    return next(key for key, (_, state) in WORDS.items() if state == paper.state)


def read(tokens: Iterable[str]) -> list[Tick]:
    """The ticks among what a form sent as `account:kind:was:word`; whatever cannot be read says nothing."""
    found = []
    for token in tokens:
        account, kind, was, word = (token.split(":") + [""] * 4)[:4]
        if account.isdecimal() and len(account) < 19 and kind in PaperKind.values and word in WORDS:
            found.append(Tick(int(account), kind, was, word))
    return found


@retried
@transaction.atomic
def receive(
    ticks: Iterable[Tick],
    places: Mapping[int, Organization],
    *,
    received_on: date | None,
    actor: Scope,
    now: datetime | None = None,
) -> Received:
    """Write what came; `places` are the people the caller's rule lets be checked, with where. Raises Refused."""
    now, wanted = now or timezone.now(), list(ticks)
    today = timezone.localdate(now)
    if not wanted:
        raise Refused(NOTHING)
    if any(day > today for day in (received_on, *(tick.day for tick in wanted)) if day is not None):
        raise Refused(FUTURE)
    people = _locked({each.account for each in wanted} & set(places))
    known = {(p.account_id, p.kind): p for p in Paper.objects.filter(account__in=people)}
    certified = set(Certificate.objects.filter(account__in=people).values_list("account", flat=True))
    done, rows = Received(), []
    for tick in wanted:
        paper = known.get((tick.account, tick.kind))
        refusal = _refusal(tick, paper, tick.account in certified, places, actor)
        if refusal is not None:
            done.refused.append((tick.account, refusal))
        else:
            rows.append(_row(tick, tick.day or received_on or today, now, actor))
    _write(rows, people, places, actor=actor, now=now)
    done.papers, done.people = len(rows), len({row.account_id for row in rows})
    return done


def _locked(ids: Iterable[int]) -> dict[int, Account]:
    found = Account.objects.filter(IsAnyOf("id", sorted(ids))).order_by("id_index")
    return {each.pk: each for each in found.select_for_update(no_key=True)}


def _refusal(
    tick: Tick, paper: Paper | None, certified: bool, places: Mapping[int, Organization], actor: Scope
) -> Verdict | None:
    if tick.account not in places:
        return NOT_HERE
    if tick.account == actor.account_id:
        return OWN
    if standing(paper) != tick.was:
        return MOVED_ON
    return NO_CERTIFICATE if tick.word == "certified" and not certified else None


def _row(tick: Tick, day: date, now: datetime, actor: Scope) -> Paper:
    arrived = tick.word == "arrived"
    return Paper(
        account_id=tick.account,
        kind=tick.kind,
        state=WORDS[tick.word][1],
        holder=Holder.COLLEGE if arrived else "",
        since=day if arrived else None,
        received_on=day if arrived and tick.kind == PaperKind.CARD else None,
        changed_at=now,
        changed_by_name=actor.account_name,
    )


def _write(
    rows: list[Paper],
    people: Mapping[int, Account],
    places: Mapping[int, Organization],
    *,
    actor: Scope,
    now: datetime,
) -> None:
    Paper.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["account", "kind"],
        update_fields=FIELDS,
        batch_size=1000,
    )
    by_person: dict[int, dict[str, str]] = defaultdict(dict)
    for row in rows:
        by_person[row.account_id][row.kind] = row.state
    reissuing.sync(list(by_person), now=now)
    AuditEntry.objects.bulk_create(
        [
            entry(
                "members.papers_kept",
                actor=actor,
                organization=places[pk],
                account=people[pk],
                detail={"papers": papers},
            )
            for pk, papers in by_person.items()
        ],
        batch_size=1000,
    )
    text = f"“{actor.seat_organization_name}”核对了您的团员档案，结果在“我的团员档案”中。"
    telling.tell(by_person, text, url=reverse("documents:mine"), now=now)
