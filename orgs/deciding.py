"""Many petitions of one kind decided together: each in a transaction of its own, each with its own answer (§6.4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from zhtj.audit.models import Result
from zhtj.audit.record import record
from zhtj.lib.verdict import YES, Refused, Verdict, no

from . import petitions
from .models import Petition
from .scope import Scope

MIXED = no("一次只能办理同一种申请", cause="mixed", remedy="，请先按种类筛选再勾选。")
NOTHING = no("没有选中任何申请", cause="nothing", remedy="，请先勾选要办理的申请。")


@dataclass(frozen=True)
class Outcome:
    """What became of one of them: the petition as it is now, or why nothing was changed."""

    petition: Petition
    verdict: Verdict


def may_decide_together(chosen: list[Petition]) -> Verdict:
    """At least one, and all of one kind."""
    if not chosen:
        return NOTHING
    return YES if len({each.kind for each in chosen}) == 1 else MIXED


def approve_all(chosen: list[Petition], *, actor: Scope) -> list[Outcome]:
    """Agree to each as it was seen. Raises Refused only where nothing can be tried."""
    may_decide_together(chosen).demand()
    return _each(chosen, lambda petition: petitions.approve(petition, actor=actor), actor=actor)


def send_back_all(chosen: list[Petition], *, remark: str, actor: Scope) -> list[Outcome]:
    """Send each back with the same reason. Raises Refused only where nothing can be tried."""
    may_decide_together(chosen).demand()
    return _each(
        chosen, lambda petition: petitions.send_back(petition, actor=actor, remark=remark), actor=actor
    )


def _each(chosen: Iterable[Petition], act: Callable[[Petition], Petition], *, actor: Scope) -> list[Outcome]:
    return [_one(petition, act, actor=actor) for petition in chosen]


def _one(petition: Petition, act: Callable[[Petition], Petition], *, actor: Scope) -> Outcome:
    try:
        return Outcome(act(petition), YES)
    except Refused as refused:
        detail = {"petition": petition.pk, "kind": petition.kind, "cause": refused.verdict.cause}
        record(
            "petitions.step",
            actor=actor,
            organization=petition.organization,
            result=Result.DENIED,
            detail=detail,
        )
        return Outcome(petition, refused.verdict)
