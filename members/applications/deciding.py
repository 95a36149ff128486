"""What the branch's administrator or its direct superior's does with applications, singly and many at once (§3, §8)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts import names
from accounts.models import Account, number_index
from orgs.models import Post
from orgs.scope import Scope
from zhtj.audit.models import Result
from zhtj.audit.record import record
from zhtj.lib.retry import retried
from zhtj.lib.verdict import YES, Refused, Verdict, no

from .. import entry
from ..models import Act, Application, ApplicationState, Member, ReturnReason
from ..private import WHAT
from . import content as contents
from . import rules
from .content import Content
from .moving import as_seen, by, facts, move

WAITING = (ApplicationState.PENDING,)
NOTHING = no("没有选中任何申请", cause="nothing", remedy="，请先勾选要办理的申请。")
EMPTY = no("这份申请的内容已按期清除", cause="empty", remedy="，不能再查看或办理。")


@retried
@transaction.atomic
def approve(application: Application, *, actor: Scope, now: datetime) -> Member:
    """Agree: account, 团籍 and post begin by the verb of entry, then the application is closed. Raises Refused.

    The row comes last, so that it is locked after the account everywhere; whoever finds it moved on writes nothing.
    """
    rules.may_decide(actor, application).demand()
    content = filled(application)
    sound(content, now=now).demand()
    try:
        member = entry.enter(
            application.branch,
            content.entered,
            actor=actor,
            now=now,
            act=Act.APPLICATION,
            application=application.pk,
        )
    except Refused as refused:
        if not as_seen(application, WAITING).exists():
            raise Refused(rules.MOVED_ON) from refused
        raise
    move(
        application,
        WAITING,
        state=ApplicationState.APPROVED,
        account_id=member.account_id,
        **by(actor, now),
    )
    record("applications.approved", account=member.account, **facts(application, actor))
    return member


@retried
@transaction.atomic
def send_back(application: Application, *, reason: str, remark: str, actor: Scope, now: datetime) -> None:
    """退回 with a reason and, where that says little, a text. Raises Refused."""
    rules.may_decide(actor, application).demand()
    rules.reason_given(reason, remark).demand()
    changes = {"state": ApplicationState.RETURNED, "reason": reason, "remark": remark}
    move(application, WAITING, **changes, **by(actor, now))
    record("applications.returned", **facts(application, actor, why=ReturnReason(reason).label))


def filled(application: Application) -> Content:
    """What was filled in. Raises Refused once it has been removed."""
    content = contents.of(application)
    if content is None:
        raise Refused(EMPTY)
    return content


def sound(content: Content, *, now: datetime) -> Verdict:
    """Whether the rules of §5 still hold: somebody may have turned 28 while waiting."""
    held = Post.objects.filter(account__id_index=number_index(content.number), ended_at=None)
    problems = content.problems(holds_post=held.exists(), today=timezone.localdate(now))
    if not problems:
        return YES
    return no(problems[0].message, cause="unsound", remedy="请退回更正。")


@transaction.atomic
def reveal(application: Application, what: str, *, reason: str, actor: Scope) -> str:
    """The full number (`what` is a key of WHAT) that was given, after the log row. Raises Refused.

    The row is about the account of that ID, so that the person sees it, only where the name given is the account's:
    otherwise it would tell the reader whose ID it is.
    """
    rules.may_handle(actor, application).demand()
    content = filled(application)
    account = Account.objects.with_number(content.number).first()
    mine = account if account and names.same(account.name, content.name) else None
    told = facts(application, actor, reason=reason, what=WHAT[what])
    record(f"members.reveal_{what}", account=mine, **told)
    return content.number if what == "id" else content.phone


@dataclass(frozen=True)
class Outcome:
    """What became of one of many; `member` where a 团籍 began."""

    application: Application
    verdict: Verdict
    member: Member | None = None


def approve_all(chosen: Iterable[Application], *, actor: Scope, now: datetime) -> list[Outcome]:
    """Agree to each as it was seen, each in a transaction of its own. Raises Refused where nothing is chosen."""
    return _each(chosen, lambda application: approve(application, actor=actor, now=now), actor=actor)


def send_back_all(
    chosen: Iterable[Application], *, reason: str, remark: str, actor: Scope, now: datetime
) -> list[Outcome]:
    """Send each back with the same reason. Raises Refused where nothing is chosen or the reason says too little."""
    rules.reason_given(reason, remark).demand()
    given: dict[str, Any] = {"reason": reason, "remark": remark, "actor": actor, "now": now}
    return _each(chosen, lambda application: send_back(application, **given), actor=actor)


def _each(chosen: Iterable[Application], act: Callable[[Application], Any], *, actor: Scope) -> list[Outcome]:
    found = list(chosen)
    if not found:
        raise Refused(NOTHING)
    return [_one(each, act, actor=actor) for each in found]


def _one(application: Application, act: Callable[[Application], Any], *, actor: Scope) -> Outcome:
    try:
        return Outcome(application, YES, act(application))
    except Refused as refused:
        told = facts(application, actor, cause=refused.verdict.cause)
        record("applications.refused", result=Result.DENIED, **told)
        return Outcome(application, refused.verdict)
