"""两表两书一证 of one case, checked off by the incoming side; nothing waits for it (§6.8)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from members.documents import receiving
from members.documents.receiving import Received, Tick
from members.models import Member, Paper, PaperKind
from orgs.models import Organization
from orgs.rules import acts_for
from orgs.scope import Scope
from zhtj.lib.verdict import YES, Verdict, no

from . import sides
from .enums import Landing, State
from .models import Transfer

NOT_YOURS = no("档案材料由转入方核对", cause="not_incoming", remedy="，您可以查看。")


def may_receive(scope: Scope, transfer: Transfer) -> Verdict:
    """The incoming side, from when it has the turn; afterwards while the person is still where the case led."""
    if scope.account_id == transfer.account_id:
        return receiving.OWN
    if transfer.landing not in (Landing.BRANCH, Landing.BODY):
        return no("系统外的转接不核对档案", cause="outside", remedy="。")
    if transfer.state not in (State.IN, State.ASSIGN, State.DONE):
        return no("转入方收到申请后核对档案", cause="state", remedy="。")
    places = {each.pk: each for each in (*sides.incoming(transfer), *sides.deciders(transfer.landed))}
    if not any(acts_for(scope, each) for each in places.values()):
        return NOT_YOURS
    return _still_there(transfer)


def _still_there(transfer: Transfer) -> Verdict:
    if transfer.state != State.DONE:
        return YES
    if Member.objects.filter(account=transfer.account_id, branch=transfer.landed).exists():
        return YES
    return no("此人已离开这次转入的团支部", cause="gone", remedy="，请在现在的团支部核对。")


def place_of(transfer: Transfer) -> Organization:
    """Where the papers come to."""
    place = transfer.landed or transfer.target
    assert place is not None
    return place


def receive(
    transfer: Transfer,
    ticks: Iterable[Tick],
    *,
    received_on: date | None,
    actor: Scope,
    now: datetime | None = None,
) -> Received:
    """Check off the papers of the case's person. Raises Refused."""
    may_receive(actor, transfer).demand()
    places = {transfer.account_id: place_of(transfer)}
    return receiving.receive(ticks, places, received_on=received_on, actor=actor, now=now)


# -- the sheet -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cell:
    """One paper of one person as the sheet shows it: the select's name and what each choice sends."""

    kind: PaperKind
    badge: tuple[str, str]
    chosen: str
    choices: list[tuple[str, str, bool]]


def cells(account_id: int, papers: Iterable[Paper]) -> list[Cell]:
    """The five papers of one person in their order."""
    known = {each.kind: each for each in papers}
    return [_cell(account_id, kind, known.get(kind)) for kind in PaperKind]


def _cell(account_id: int, kind: PaperKind, paper: Paper | None) -> Cell:
    now, was = receiving.word_of(paper), receiving.standing(paper)
    choices = [
        (f"{account_id}:{kind}:{was}:{key}" if key != now else "", label, key == now)
        for key, (label, _) in receiving.WORDS.items()
    ]
    if not now:
        choices.insert(0, ("", _unseen(paper), True))
    return Cell(kind, _badge(now, paper), now, choices)


def _unseen(paper: Paper | None) -> str:
    return f"未到（{paper.get_holder_display()}）" if paper else "未核对"


def _badge(now: str, paper: Paper | None) -> tuple[str, str]:
    kinds = {"arrived": "done", "missing": "returned", "certified": "info", "": "neutral"}
    return (receiving.WORDS[now][0] if now else _unseen(paper)), kinds[now]
