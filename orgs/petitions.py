"""The one door for petitions: open, approve, send back, withdraw (§2, §4).

A `Kind` says who decides in which order and what happens when the last one agrees. Every act locks the
petition's row, checks that it is still where the actor saw it, asks the rule, writes a step and an audit row.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.forms import Form
from django.utils import timezone

from accounts.models import Account
from zhtj.audit.record import record
from zhtj.lib.retry import retried
from zhtj.lib.verdict import YES, Refused, Verdict, no

from . import rules
from .enums import BY_OTHERS, PetitionKind, PetitionState
from .models import Organization, Petition, PetitionStep
from .scope import Scope

MOVED_ON = no("这个申请刚刚已被办理", cause="moved_on", remedy="，请看现在的情况。")
UNDONE = (PetitionState.RETURNED, PetitionState.WITHDRAWN)
PENDING_ALREADY = no("同类申请正在办理", cause="pending", remedy="，请等它办结，或先撤回。")


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose decision it is: an organisation's administrators or one person."""

    organization: Organization | None = None
    account: Account | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One fact a petition would change, as shown to those who decide.

    `name` marks a fact that can be agreed to by itself, `note` says what the values do not: that the stored value is
    another one meanwhile (`stale`), or what became of it. `reveal` leads to the full number behind a masked one.
    """

    label: str
    old: str
    new: str
    name: str = ""
    note: str = ""
    stale: bool = False
    reveal: str = ""


class Kind(ABC):
    """One kind of petition. Instances hold no state."""

    code: ClassVar[PetitionKind]
    deciding: ClassVar[str] = "petitions/_decide.html"  # the piece of the case page with the act of agreeing
    hint: ClassVar[str] = "同意后不能撤销。"

    @abstractmethod
    def next_turn(self, petition: Petition) -> Turn | None:
        """Who decides at step `petition.turn` (0 first), or None when everybody has agreed."""

    def hold(self, petition: Petition) -> None:  # noqa: B027 - most kinds need none
        """Take the locks of tree and organisations that `apply` needs: they come before the petition's row."""

    @abstractmethod
    def apply(self, petition: Petition, *, actor: Scope) -> None:
        """Carry it out, in the transaction of the last approval; raises Refused where it no longer fits."""

    @abstractmethod
    def lines(self, petition: Petition) -> list[Line]:
        """What would change, for the page; numbers are masked here."""

    def form(self, petition: Petition, lines: list[Line]) -> Form | None:  # noqa: B027 - most kinds ask nothing
        """What is asked of whoever agrees, for the piece `deciding`."""
        return None

    def again(self, petition: Petition) -> str:
        """Where whoever it is about asks again with the form filled in; empty where there is no such form."""
        return ""

    def afresh(self, petition: Petition) -> str:
        """Where the organisation asks once more what was returned or withdrawn; empty where there is no way."""
        return ""

    def tell(self, petition: Petition, act: str, remark: str, *, actor: Scope) -> None:  # noqa: B027
        """Leave notices about an act that has been recorded, in its transaction; most kinds leave none."""


KINDS: dict[str, Kind] = {}


def register(kind: type[Kind]) -> type[Kind]:
    """Class decorator: make the kind known to the door."""
    KINDS[kind.code] = kind()
    return kind


def kind_of(petition: Petition) -> Kind:
    """The behaviour behind the stored code."""
    return KINDS[petition.kind]


def may_decide(scope: Scope, petition: Petition) -> Verdict:
    """The organisation or person that has the turn; where nobody administers it, the nearest above (§4 Vacancy)."""
    if petition.state != PetitionState.PENDING:
        return no(f"这个申请{petition.get_state_display()}", cause="closed", remedy="，不再需要办理。")
    if petition.turn_account_id is not None:
        mine = scope.account_id == petition.turn_account_id
        return YES if mine else no("这个申请由本人决定", cause="not_yours", remedy="。")
    if petition.kind in BY_OTHERS and scope.account_id == petition.account_id:
        return no("自己的申请由别的管理员办理", cause="own", remedy="，您可以撤回。")
    if rules.acts_for(scope, petition.turn_organization):
        return YES
    reason = f"这个申请由“{petition.turn_organization.full_name}”的管理员办理"
    return no(reason, cause="not_yours", remedy="。")


def may_withdraw(scope: Scope, petition: Petition) -> Verdict:
    """The one who asked, or an administrator of the organisation it was asked for."""
    if petition.state != PetitionState.PENDING:
        return no(f"这个申请{petition.get_state_display()}", cause="closed", remedy="，不能撤回。")
    own = scope.account_id is not None and scope.account_id == petition.opened_by
    for_us = scope.root is not None and scope.root.pk == petition.opened_for_id
    return YES if own or for_us else no("只有发起方可以撤回", cause="not_yours", remedy="。")


def ask(
    code: PetitionKind,
    organization: Organization,
    *,
    payload: dict[str, Any],
    actor: Scope,
    account: Account | None = None,
    remark: str = "",
    now: datetime | None = None,
) -> Petition:
    """Open a petition; the caller has asked the rule of its kind. Raises Refused for a second pending one.

    Where nobody has to decide (the kind gives no first turn) it is carried out at once.
    """
    now = now or timezone.now()
    petition = Petition(
        kind=code,
        organization=organization,
        account=account,
        turn_since=now,
        opened_by=actor.account_id,
        opened_by_name=actor.account_name,
        opened_for=actor.root,
        opened_at=now,
    )
    petition.payload = payload
    try:
        with transaction.atomic():
            _hand_on(petition, actor=actor, now=now)
            _step(petition, "发起", actor=actor, remark=remark, now=now)
    except IntegrityError as error:
        if "petition_one" in str(error):
            raise Refused(PENDING_ALREADY) from error
        raise
    return petition


@retried
@transaction.atomic
def approve(
    petition: Petition,
    *,
    actor: Scope,
    remark: str = "",
    act: str = "同意",
    payload: dict[str, Any] | None = None,
    now: datetime | None = None,
) -> Petition:
    """Agree for whoever has the turn; the last agreement carries the petition out. Raises Refused.

    A kind of which a part can be agreed to gives the `payload` that says which, and the name of that act.
    """
    now = now or timezone.now()
    kind_of(petition).hold(petition)
    petition = _locked(petition)
    may_decide(actor, petition).demand()
    if payload is not None:
        petition.payload = payload
    petition.turn += 1
    _hand_on(petition, actor=actor, now=now)
    _step(petition, act, actor=actor, remark=remark, now=now)
    return petition


def send_back(petition: Petition, *, actor: Scope, remark: str, now: datetime | None = None) -> Petition:
    """Refuse with a reason. Raises Refused."""
    if not remark.strip():
        raise Refused(no("退回需要写明原因", cause="required", remedy="，请填写后再退回。"))
    return _close(petition, PetitionState.RETURNED, "退回", may_decide, actor=actor, remark=remark, now=now)


def withdraw(petition: Petition, *, actor: Scope, now: datetime | None = None) -> Petition:
    """Take it back before it is decided. Raises Refused."""
    return _close(petition, PetitionState.WITHDRAWN, "撤回", may_withdraw, actor=actor, remark="", now=now)


def return_all(organization: Organization, *, actor: Scope, remark: str, now: datetime | None = None) -> int:
    """Send back every pending petition about an organisation or waiting for it; how many there were."""
    about = Petition.objects.filter(organization=organization)
    waiting = Petition.objects.filter(turn_organization=organization)
    return return_some(about | waiting, actor=actor, remark=remark, now=now)


def return_some(chosen: QuerySet[Petition], *, actor: Scope, remark: str, now: datetime | None = None) -> int:
    """Send back those of these petitions that are pending, for an act that leaves them nothing to decide."""
    petitions = list(
        chosen.filter(state=PetitionState.PENDING).order_by("pk").select_for_update(of=("self",))
    )
    for petition in petitions:
        _close(petition, PetitionState.RETURNED, "退回", lambda *_: YES, actor=actor, remark=remark, now=now)
    return len(petitions)


def _locked(petition: Petition) -> Petition:
    """The row as it is now, held until the end; Refused when it has moved on since it was shown."""
    now = Petition.objects.select_for_update().get(pk=petition.pk)
    if (now.state, now.turn) != (petition.state, petition.turn):
        raise Refused(MOVED_ON)
    return now


def _hand_on(petition: Petition, *, actor: Scope, now: datetime) -> None:
    """Give the turn to the next one, or carry it out and close."""
    turn = kind_of(petition).next_turn(petition)
    petition.turn_since = now
    petition.turn_organization = turn.organization if turn else None
    petition.turn_account = turn.account if turn else None
    if turn is None:
        kind_of(petition).apply(petition, actor=actor)
        petition.state, petition.closed_at = PetitionState.APPROVED, now
    petition.save()


@transaction.atomic
def _close(petition, state, act, rule, *, actor, remark, now) -> Petition:
    now = now or timezone.now()
    petition = _locked(petition)
    rule(actor, petition).demand()
    petition.state, petition.closed_at = state, now
    petition.turn_organization = petition.turn_account = None
    petition.save()
    _step(petition, act, actor=actor, remark=remark, now=now)
    return petition


def _step(petition: Petition, act: str, *, actor: Scope, remark: str, now: datetime) -> None:
    PetitionStep.objects.create(
        petition=petition,
        at=now,
        act=act,
        actor_id=actor.account_id,
        actor_name=actor.account_name,
        seat_name=actor.seat_organization_name,
        remark=remark,
    )
    record(
        "petitions.step",
        actor=actor,
        organization=petition.organization,
        account=petition.account,
        detail={"petition": petition.pk, "kind": petition.kind, "act": act, "state": petition.state},
    )
    kind_of(petition).tell(petition, act, remark, actor=actor)
