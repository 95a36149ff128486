"""Many cases decided together: what each allows now, then each in a transaction of its own with its own answer (§6.4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from orgs.models import Organization
from orgs.scope import Scope
from zhtj.audit.models import Result
from zhtj.audit.record import record
from zhtj.lib.verdict import YES, Refused, Verdict, no

from .. import queries, rules, workflow
from ..enums import Act, Landing, State
from ..models import Transfer
from ..table import moves
from ..workflow import MOVED_ON, Word

MOST = 100  # as many as a page of the list holds
NOTHING = no("没有选中任何转接", cause="nothing", remedy="，请先在列表中勾选。")
TOO_MANY = no(f"一次最多办理 {MOST} 件", cause="too_many", remedy="，请分几次。")
AGREEING = {State.OUT: (Act.AGREE_BOTH, Act.AGREE_OUT), State.IN: (Act.AGREE_BOTH, Act.AGREE_IN)}
AFTER = {
    State.IN: "同意后等对方同意转入",
    State.ASSIGN: "同意后等待分配团支部",
    State.DONE: "同意后马上转接完成",
}
STALE = "stale"


@dataclass(frozen=True)
class Choice:
    """One case with what this seat may do; each refusal says why not."""

    transfer: Transfer
    agree: Act | None
    may_agree: Verdict
    may_return: Verdict
    may_assign: Verdict

    @property
    def token(self) -> str:
        """Names the case as it was seen."""
        return token(self.transfer)

    @property
    def able(self) -> bool:
        """Whether anything can be done."""
        return bool(self.may_agree or self.may_return or self.may_assign)


@dataclass(frozen=True)
class Outcome:
    """What became of one case, or why nothing was changed."""

    transfer: Transfer
    verdict: Verdict


def token(transfer: Transfer) -> str:
    """Names a case in forms as it was seen: an act meets only that."""
    return f"{transfer.pk}:{transfer.state}:{int(transfer.since.timestamp() * 1_000_000)}"


def seen(tokens: Iterable[str], scope: Scope) -> list[Transfer]:
    """The cases of the scope these tokens name; one that has moved on is in a state that no case is in."""
    wanted = {int(pk): each for each in tokens if (pk := each.partition(":")[0]).isdecimal() and len(pk) < 19}
    found = list(queries.visible(scope).filter(pk__in=wanted).order_by("since", "pk")[: MOST + 1])
    for each in found:
        if token(each) != wanted[each.pk]:
            each.state = STALE
    return found


def fits(chosen: Sequence[Transfer]) -> Verdict:
    """At least one, and not too many at once."""
    if not chosen:
        return NOTHING
    return YES if len(chosen) <= MOST else TOO_MANY


def choices(chosen: Sequence[Transfer], *, scope: Scope, now: datetime) -> list[Choice]:
    """What each of them allows."""
    return [_choice(each, scope, now) for each in chosen]


def _choice(transfer: Transfer, scope: Scope, now: datetime) -> Choice:
    if transfer.state == STALE:
        return Choice(transfer, None, MOVED_ON, MOVED_ON, MOVED_ON)
    agree, may_agree = _agreeing(transfer, scope, now)
    may_return = rules.may(scope, transfer, Act.RETURN, now=now)
    may_assign = rules.may(scope, transfer, Act.ASSIGN, now=now)
    return Choice(transfer, agree, may_agree, may_return, may_assign)


def _agreeing(transfer: Transfer, scope: Scope, now: datetime) -> tuple[Act | None, Verdict]:
    """The act by which this seat agrees: for both sides where it may, else for one."""
    acts = AGREEING.get(State(transfer.state), (Act.AGREE_IN,))
    said = [(act, rules.may(scope, transfer, act, now=now)) for act in acts]
    return next(((act, verdict) for act, verdict in said if verdict), (None, said[-1][1]))


def agree_all(chosen: Sequence[Transfer], *, actor: Scope, now: datetime) -> list[Outcome]:
    """同意 each as it was seen. Raises Refused only where nothing can be tried."""
    return _each(chosen, lambda case: _agree(case, actor, now), actor=actor)


def _agree(case: Transfer, actor: Scope, now: datetime) -> Transfer:
    if case.state == STALE:
        raise Refused(MOVED_ON)
    act, verdict = _agreeing(case, actor, now)
    verdict.demand()
    return workflow.act(case, act or Act.AGREE_IN, actor=actor, now=now)


def return_all(chosen: Sequence[Transfer], word: Word, *, actor: Scope) -> list[Outcome]:
    """退回 each with the same reason."""
    return _each(chosen, lambda case: _act(case, Act.RETURN, word, actor), actor=actor)


def assign_all(chosen: Sequence[Transfer], branch: Organization, *, actor: Scope) -> list[Outcome]:
    """分配 each to one branch."""
    return _each(chosen, lambda case: _act(case, Act.ASSIGN, Word(branch=branch), actor), actor=actor)


def _act(case: Transfer, what: Act, word: Word, actor: Scope) -> Transfer:
    if case.state == STALE:
        raise Refused(MOVED_ON)
    return workflow.act(case, what, actor=actor, word=word)


def _each(chosen: Sequence[Transfer], act: Callable[[Transfer], Transfer], *, actor: Scope) -> list[Outcome]:
    fits(chosen).demand()
    return [_one(each, act, actor=actor) for each in chosen]


def _one(transfer: Transfer, act: Callable[[Transfer], Transfer], *, actor: Scope) -> Outcome:
    try:
        return Outcome(act(transfer), YES)
    except Refused as refused:
        detail = {"transfer": transfer.pk, "cause": refused.verdict.cause}
        record(
            "transfers.step",
            actor=actor,
            organization=transfer.target or transfer.source,
            account=transfer.account,
            result=Result.DENIED,
            detail=detail,
        )
        return Outcome(transfer, refused.verdict)


def left(
    chosen: Iterable[Transfer], outcomes: Iterable[Outcome], *, scope: Scope, now: datetime
) -> list[Choice]:
    """Of those chosen together, what can still be done: the others, and those an act has just brought to this seat."""
    acted = {each.transfer.pk: each.transfer for each in outcomes if each.verdict}
    tried = {each.transfer.pk for each in outcomes}
    others = [each for each in chosen if each.pk not in tried]
    return [each for each in choices([*acted.values(), *others], scope=scope, now=now) if each.able]


def words(outcome: Outcome) -> str:
    """What became of it, in a sentence."""
    if not outcome.verdict:
        return f"{outcome.verdict.message.rstrip('。')}。"
    transfer = outcome.transfer
    if transfer.state == State.DONE:
        where = transfer.landed.full_name if transfer.landed else transfer.outside_name
        return f"团籍已转到“{where}”。"
    said = {
        State.IN: "已同意转出，等转入方同意。",
        State.ASSIGN: "已同意转入，请分配团支部。",
        State.RETURNED: "已退回，本人和发起方可以看到原因。",
    }
    return said[State(transfer.state)]


def effects(found: Sequence[Choice]) -> list[str]:
    """What agreeing will lead to, in numbers; of those that can be agreed to."""
    after = Counter(_after(each) for each in found if each.agree and each.may_agree)
    return [f"{after[state]} 件{words}" for state, words in AFTER.items() if after[state]]


def _after(choice: Choice) -> State:
    case = choice.transfer
    return moves(case, choice.agree, state=State(case.state))[0].to


def targets(found: Sequence[Choice]) -> dict[Organization, list[Choice]]:
    """Those to be assigned, by the organisation they were sent to."""
    groups: dict[Organization, list[Choice]] = {}
    for each in found:
        if each.may_assign and each.transfer.landing == Landing.BODY and each.transfer.target:
            groups.setdefault(each.transfer.target, []).append(each)
    return groups
