"""The one door for cases: begin one, act on one. Locks, the rule, the state, the step, what follows (§6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from members import moving
from members.models import Act as Belonging
from members.models import Hold, Member
from orgs import tree
from orgs.models import Organization
from orgs.scope import Scope
from zhtj.audit.record import record
from zhtj.lib.retry import retried
from zhtj.lib.verdict import Refused, no

from . import notices, rules
from .enums import TIMED, Act, Landing, Role, State
from .letters import receipts
from .models import Step, Transfer
from .stores import storing
from .table import Move, moves

MOVED_ON = no("这个转接刚刚已被办理", cause="moved_on", remedy="，请刷新查看。")
OPEN_ALREADY = no("此人已有转接正在办理", cause="open", remedy="，请等它办结，或先撤回。")


@dataclass(frozen=True, slots=True)
class Word:
    """What is said with an act: a reason code, a remark, and the branch of an assignment."""

    code: str = ""
    remark: str = ""
    branch: Organization | None = None


@retried
@transaction.atomic
def start(
    transfer: Transfer, *, actor: Scope, word: Word | None = None, now: datetime | None = None
) -> Transfer:
    """Begin an unsaved case; where nobody has to decide it is carried out at once. Raises Refused."""
    word = word or Word(remark=transfer.remark)
    _hold(transfer.source, transfer.target)
    member = _member(transfer)
    now = now or timezone.now()  # after the locks: the ledger goes on from what was waited for
    rules.may_start(actor, transfer).demand()
    rules.may_move(member).demand()
    line = moves(transfer, Act.START, state=None)[0]
    moving.hold(transfer.account_id, transfer.source, Hold.TRANSFER)
    transfer.opened_at, transfer.opened_by = now, actor.account_id
    enter(transfer, line.to, now=now)
    if line.to == State.DONE:
        transfer.landed = transfer.target
    try:
        with transaction.atomic():
            transfer.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(OPEN_ALREADY) from error
    _step(transfer, line, None, actor=actor, word=word, now=now)
    follow(transfer, actor=actor, now=now)
    return transfer


@retried
@transaction.atomic
def act(
    transfer: Transfer, what: Act, *, actor: Scope, word: Word | None = None, now: datetime | None = None
) -> Transfer:
    """Do one act on a case that is still in the state the actor saw. Raises Refused."""
    word = word or Word()
    _hold(transfer.source, transfer.target, word.branch)
    fresh = _locked(transfer)
    now = now or timezone.now()
    line, verdict = rules.allowed(actor, fresh, what, now=now)
    verdict.demand()
    assert line is not None
    _demand_word(fresh, line, word)
    return _carry_out(fresh, line, actor=actor, word=word, now=now)


@retried
@transaction.atomic
def by_system(transfer: Transfer, what: Act, *, actor: Scope, remark: str, now: datetime) -> Transfer:
    """失效 and 组织变动退回, which nobody is asked about; the caller holds what `what` needs. Raises Refused."""
    fresh = _locked(transfer)
    lines = [each for each in moves(fresh, what, state=State(fresh.state)) if each.role == Role.SYSTEM]
    if not lines:
        raise Refused(MOVED_ON)
    return _carry_out(fresh, lines[0], actor=actor, word=Word(remark=remark), now=now)


def _carry_out(transfer: Transfer, line: Move, *, actor: Scope, word: Word, now: datetime) -> Transfer:
    before = State(transfer.state)
    if line.to != before:
        enter(transfer, line.to, now=now)
        if line.to == State.DONE:
            transfer.landed = word.branch if line.act == Act.ASSIGN else _landed(transfer)
        transfer.save()
    _step(transfer, line, before, actor=actor, word=word, now=now)
    if line.to != before:
        follow(transfer, actor=actor, now=now)
    return transfer


def _landed(transfer: Transfer) -> Organization | None:
    return transfer.target if transfer.landing == Landing.BRANCH else None


# -- locks ------------------------------------------------------------------------------------------


def _hold(*organizations: Organization | None) -> None:
    """The parts of the tree, then the organisations by id: both sides stand still."""
    concerned = {each.pk: each for each in organizations if each is not None}
    tree.hold(*concerned.values(), exclusive=False)
    rows = Organization.objects.filter(pk__in=concerned).order_by("pk").select_for_update(no_key=True)
    list(rows.values_list("pk", flat=True))


def _member(transfer: Transfer) -> Member:
    """The 团籍, held until the end; Refused where it is not in the branch the case leaves."""
    rows = Member.objects.filter(account=transfer.account_id, branch=transfer.source)
    member = rows.select_related("account", "branch__parent").select_for_update(of=("self",)).first()
    if member is None:
        raise Refused(no("团籍已不在这个团支部", cause="moved_on", remedy="，请刷新后重新办理。"))
    return member


def _locked(transfer: Transfer) -> Transfer:
    """The case as it is now, its 团籍 before it; Refused when it has moved on since it was shown."""
    list(Member.objects.filter(account=transfer.account_id).select_for_update().values_list("pk"))
    rows = Transfer.objects.select_related("account", "source__parent", "target__parent", "landed")
    fresh = rows.select_for_update(of=("self",)).get(pk=transfer.pk)
    if (fresh.state, fresh.since) != (transfer.state, transfer.since):
        raise Refused(MOVED_ON)
    return fresh


# -- words, states, steps ---------------------------------------------------------------------------


def _demand_word(transfer: Transfer, line: Move, word: Word) -> None:
    if line.act == Act.RETURN and not (word.code and word.remark.strip()):
        raise Refused(no("退回需要选择原因并写明情况", cause="required", remedy="，请填写后再退回。"))
    if line.act == Act.ASSIGN:
        _demand_branch(transfer, word.branch)


def _demand_branch(transfer: Transfer, branch: Organization | None) -> None:
    """A living branch in the subtree of the target, and one that can be a target (§6.3)."""
    if branch is None or transfer.target is None or not branch.path.startswith(transfer.target.path):
        raise Refused(no("请选择本组织下的一个团支部", cause="branch", remedy="。"))
    if not branch.is_branch:
        raise Refused(no(f"“{branch.short_name}”不是团支部", cause="branch", remedy="，请选择一个团支部。"))
    rules.may_target(transfer.source, branch).demand()


def enter(transfer: Transfer, state: State, *, now: datetime) -> None:
    """Put the case into a state, with its clock."""
    transfer.state, transfer.since, transfer.reminded = state, now, 0
    transfer.due_at = now + timedelta(days=settings.TRANSFER_DAYS) if state in TIMED else None
    transfer.closed_at = None if transfer.is_open else now


def _step(
    transfer: Transfer, line: Move, before: State | None, *, actor: Scope, word: Word, now: datetime
) -> None:
    number = Step.objects.filter(transfer=transfer).count() + 1
    step_of(transfer, line, before, number=number, actor=actor, word=word, now=now).save(force_insert=True)
    record("transfers.step", actor=actor, **facts_of(transfer, line))


def step_of(
    transfer: Transfer,
    line: Move,
    before: State | None,
    *,
    number: int,
    actor: Scope,
    word: Word,
    now: datetime,
) -> Step:
    """The unsaved row of one act, for acts on many cases at once too."""
    return Step(
        transfer=transfer,
        number=number,
        at=now,
        act=line.act,
        role=line.role,
        before=before or "",
        after=line.to,
        actor_id=actor.account_id,
        actor_name=actor.account_name,
        seat_name=actor.seat_organization_name,
        code=word.code,
        remark=word.remark[:200],
    )


def facts_of(transfer: Transfer, line: Move) -> dict[str, Any]:
    """What the audit row of the step says."""
    return {
        "organization": transfer.turn_of or transfer.landed or transfer.source,
        "account": transfer.account,
        "detail": {"transfer": transfer.pk, "act": line.act, "state": line.to},
    }


def follow(transfer: Transfer, *, actor: Scope, now: datetime) -> None:
    """What a new state brings: the 团籍 moves or is free again, and those concerned are told."""
    if transfer.state == State.DONE:
        _complete(transfer, actor=actor, now=now)
    elif not transfer.is_open:
        moving.release(transfer.account_id)
    receipts.follow(transfer, actor=actor, now=now)
    notices.tell(transfer, actor=actor, now=now)


def _complete(transfer: Transfer, *, actor: Scope, now: datetime) -> None:
    if transfer.landed is not None:
        moving.move(
            transfer.account_id,
            transfer.source,
            transfer.landed,
            act=Belonging.TRANSFER,
            actor=actor,
            now=now,
        )
    elif transfer.landing == Landing.STORE:
        storing.store(transfer, actor=actor, now=now)
    else:
        moving.leave(transfer.account_id, transfer.source, to=transfer.outside_name, actor=actor, now=now)
