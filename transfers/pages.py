"""What the pages of a case show to one reader: whose turn it is in a sentence, the course, and the acts that are his (§6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from accounts.models import Account
from members.documents import queries as documents
from orgs import vacancies
from orgs.models import Organization
from orgs.scope import Scope
from zhtj.lib.verdict import Verdict

from . import papers, rules, sides
from .enums import OPEN, Act, Landing, Role, Starter, State
from .models import Step, Stored, Transfer
from .papers import Cell
from .stores import showing

BADGES = {
    State.OUT: "todo",
    State.IN: "todo",
    State.ASSIGN: "todo",
    State.DONE: "done",
    State.RETURNED: "returned",
    State.WITHDRAWN: "void",
    State.LAPSED: "void",
}
KINDS_OF_ACT = {
    Act.AGREE_OUT: "done",
    Act.AGREE_IN: "done",
    Act.AGREE_BOTH: "done",
    Act.ASSIGN: "done",
    Act.RETURN: "returned",
    Act.CLOSE: "returned",
    Act.WITHDRAW: "void",
    Act.LAPSE: "void",
}
AGREEING = (Act.AGREE_BOTH, Act.AGREE_OUT, Act.AGREE_IN)
TRAVELS = (
    "团籍、入团年月、发展团员编号",
    "个人资料、账号和密码",
    "团员档案的登记（材料由转入方逐项核对接收）",
)
STAYS = ("在原团支部的团内职务，转接完成时终止", "在原团支部的经历和操作记录，两个团支部都保留")


@dataclass(frozen=True)
class Entry:
    """One step as parts/timeline.html takes it."""

    when: datetime
    who: str
    what: str
    kind: str
    remark: str


@dataclass(frozen=True)
class Case:
    """A case as one reader sees it. `knows` says whether the person's branch and papers may be shown (§6.1)."""

    transfer: Transfer
    badge: tuple[str, str]
    turn: str
    course: list[Entry]
    knows: bool
    source: str
    agree: Act | None
    may: dict[str, Verdict] = field(default_factory=dict)
    papers: documents.Sheet | None = None
    details: dict[str, str] = field(default_factory=dict)
    stored: Stored | None = None
    cells: list[Cell] = field(default_factory=list)  # for whoever checks the papers off


def case(transfer: Transfer, scope: Scope, *, now: datetime) -> Case:
    """Everything the case page shows."""
    may = {act.value: rules.may(scope, transfer, act, now=now) for act in Act if act != Act.START}
    known = knows(transfer, scope)
    sheet = documents.sheet(transfer.account) if known else None
    checks = sheet is not None and papers.may_receive(scope, transfer)
    return Case(
        transfer=transfer,
        badge=badge(transfer),
        turn=turn(transfer, scope),
        course=course(transfer, known=known, silent=not showing.speaks(transfer, scope)),
        knows=known,
        source=transfer.source.full_name if known else "对方同意前不显示",
        agree=next((act for act in AGREEING if may[act.value]), None),
        may=may,
        papers=sheet,
        cells=papers.cells(transfer.account_id, [each for _, each, _badge in sheet.papers if each])
        if sheet and checks
        else [],
        details=showing.details(transfer, scope),
        stored=showing.kept(transfer, scope),
    )


def knows(transfer: Transfer, scope: Scope) -> bool:
    """Whether the reader may see where the person is: before consent, whoever asks for somebody may not (§6.1)."""
    if scope.account_id == transfer.account_id or transfer.starter != Starter.INCOMING:
        return True
    if transfer.state == State.DONE or transfer.state == State.ASSIGN:
        return True
    return scope.covers(transfer.source)


def badge(transfer: Transfer) -> tuple[str, str]:
    """The state in a word, and the badge's kind."""
    return transfer.get_state_display(), BADGES[State(transfer.state)]


def course(transfer: Transfer, *, known: bool = True, silent: bool = False) -> list[Entry]:
    """What happened, newest first; names of the outgoing side only to whoever may know it, `silent` without remarks."""
    steps = sorted(Step.objects.filter(transfer=transfer), key=lambda step: step.number, reverse=True)
    return [_entry(step, known=known, silent=silent) for step in steps]


def _entry(step: Step, *, known: bool, silent: bool) -> Entry:
    hidden = not known and step.role == Role.OUTGOING
    who = step.actor_name if not step.seat_name else f"{step.seat_name} · {step.actor_name}"
    said = "：".join(each for each in (step.get_code_display() if step.code else "", step.remark) if each)
    return Entry(
        when=step.at,
        who="转出方" if hidden else "系统" if step.role == Role.SYSTEM else who,
        what=step.get_act_display(),
        kind=KINDS_OF_ACT.get(Act(step.act), "neutral"),
        remark="" if silent else said,
    )


def turn(transfer: Transfer, viewer: Scope, acting: Mapping[int, Organization | None] | None = None) -> str:
    """One sentence: who has to act, and until when; empty when it is closed. `acting` saves the query in lists."""
    organization = transfer.turn_of
    if organization is None:
        return ""
    if transfer.state == State.OUT and not knows(transfer, viewer):
        who = "等转出方的管理员同意转出"
    else:
        found = vacancies.acting_for([organization]) if acting is None else acting
        who = vacancies.turn_of(organization, found[organization.pk], viewer.root)
    return f"{who}，{until(transfer)}未办理即失效" if transfer.due_at else who


def until(transfer: Transfer) -> str:
    """When the step lapses; empty where it never does (§6.4)."""
    return f"{timezone.localtime(transfer.due_at):%Y-%m-%d %H:%M} 前" if transfer.due_at else ""


def who(transfer: Transfer, viewer: Scope, acting: Mapping[int, Organization | None]) -> str:
    """Whose turn it is in few words, for rows that name both sides in full beside it; empty when it is closed."""
    organization = transfer.turn_of
    if organization is None:
        return ""
    if transfer.state == State.OUT and not knows(transfer, viewer):
        return "转出方"
    acts = acting[organization.pk] or organization
    by = "本组织" if viewer.root is not None and acts.pk == viewer.root.pk else f"“{acts.short_name}”"
    return by if acts.pk == organization.pk else f"{by}代为办理"


def next_for_person(transfer: Transfer) -> str:
    """What the person has to do next, in one sentence, at every state (§6)."""
    target = transfer.target.short_name if transfer.target else transfer.outside_name
    day = f"{timezone.localtime(transfer.due_at):%Y-%m-%d}" if transfer.due_at else ""
    said = {
        State.OUT: f"您不用做什么：等“{transfer.source.short_name}”同意转出，最迟 {day}；急的话可以提醒他们。",
        State.IN: f"您不用做什么：等“{target}”同意转入，最迟 {day}；急的话可以提醒他们。",
        State.ASSIGN: f"“{target}”已经同意，正在为您分配团支部，您不用做什么。",
        State.DONE: _after(transfer),
        State.RETURNED: "转接被退回：原因写在“办理经过”中，改正后点“修改后重新发起”，填过的内容都在。",
        State.WITHDRAWN: "转接已撤回，您的团籍没有变动；需要时可以重新发起。",
        State.LAPSED: "对方没有在期限内办理，转接已失效，您的团籍没有变动；请点“修改后重新发起”。",
    }
    return said[State(transfer.state)]


def _after(transfer: Transfer) -> str:
    if transfer.landed is not None:
        return f"转接已完成：您的团籍现在在“{transfer.landed.full_name}”，请按要求交接团员档案。"
    if transfer.landing == Landing.STORE:
        return "转接已完成：您的团籍已转往系统外，资料由省级团组织保管，退役或离开后由其办理转回。"
    return f"转接已完成：您的团籍已转往{transfer.outside_name}，请带介绍信和档案到接收单位办理。"


def again(transfer: Transfer, scope: Scope) -> bool:
    """Whether the reader may send a closed case again: whoever could have begun it, while nothing newer is open."""
    if transfer.state in (*OPEN, State.DONE):
        return False
    newer = Transfer.objects.filter(account=transfer.account_id, state__in=OPEN)
    return sides.starter_of(scope, transfer) is not None and not newer.exists()


def others(account: Account) -> dict[str, str]:
    """Facts the sides see of the person beside the name: what tells people apart, masked."""
    return {"身份证号码": account.masked_id, "性别": account.get_sex_display()}


def landing_words(transfer: Transfer) -> str:
    """What the target is, for the page."""
    return Landing(transfer.landing).label
