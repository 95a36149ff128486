"""What is read of petitions: who sees which, whose turn it is, and the course of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from accounts.models import Account

from . import vacancies
from .enums import PetitionState
from .models import Organization, Petition
from .scope import Scope

KINDS_OF_ACT = {"发起": "neutral", "同意": "done", "部分同意": "done", "退回": "returned", "撤回": "void"}
KINDS_OF_STATE = {
    PetitionState.PENDING: "todo",
    PetitionState.APPROVED: "done",
    PetitionState.RETURNED: "returned",
    PetitionState.WITHDRAWN: "void",
}


def visible(scope: Scope) -> QuerySet[Petition]:
    """Petitions about, waiting for or asked by organisations of the scope, and those of the person himself."""
    me = scope.account_id
    seen = (
        Q(pk__in=[])
        if me is None
        else (
            Q(account=me)
            | Q(turn_account=me)
            | Q(opened_by=me)
            | Q(pk__in=Petition.objects.filter(steps__actor_id=me).values("pk"))
        )
    )
    if scope.root is not None:
        seen |= scope.q("organization__path") | scope.q("turn_organization__path") | Q(opened_for=scope.root)
    return Petition.objects.filter(seen).select_related(
        "organization__parent", "turn_organization__parent", "turn_account", "account", "opened_for"
    )


def awaiting_person(account: Account) -> QuerySet[Petition]:
    """What the person alone has to answer, the longest waiting first."""
    waiting = Petition.objects.pending().filter(turn_account=account)
    return waiting.select_related("organization__parent").order_by("turn_since", "pk")


@dataclass(frozen=True)
class Entry:
    """One step of the course, as parts/timeline.html takes it."""

    when: datetime
    who: str
    what: str
    kind: str
    remark: str


def course(petition: Petition) -> list[Entry]:
    """What happened, newest first: one query."""
    steps = sorted(petition.steps.all(), key=lambda step: step.pk, reverse=True)
    return [
        Entry(
            when=step.at,
            who=f"{step.seat_name} · {step.actor_name}" if step.seat_name else step.actor_name,
            what=step.act,
            kind=KINDS_OF_ACT.get(step.act, "neutral"),
            remark=step.remark,
        )
        for step in steps
    ]


def badge(petition: Petition) -> tuple[str, str]:
    """The state in a word, and the badge's kind."""
    return petition.get_state_display(), KINDS_OF_STATE[PetitionState(petition.state)]


def whose_turn(
    petition: Petition, viewer: Scope, acting: Mapping[int, Organization | None] | None = None
) -> str:
    """One sentence: who has to act now; empty when it is closed. `acting` saves the query in lists."""
    if petition.state != PetitionState.PENDING:
        return ""
    if petition.turn_account is not None:
        if petition.turn_account_id == viewer.account_id:
            return "等您本人答复"
        return f"等{petition.turn_account.name}本人答复"
    organization = petition.turn_organization
    found = vacancies.acting_for([organization]) if acting is None else acting
    return vacancies.turn_of(organization, found[organization.pk], viewer.root)
