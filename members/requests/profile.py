"""个人信息修改: what a person asks to have changed, decided field by field, old → new (§5 Editing)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.urls import reverse

from accounts import phones
from accounts.models import Account
from orgs import petitions
from orgs.enums import PetitionKind, PetitionState
from orgs.models import Petition
from orgs.petitions import Kind, Line, Turn, register
from orgs.scope import Scope
from zhtj.lib.retry import retried
from zhtj.lib.verdict import YES, Refused, Verdict, first_no, no

from .. import access, amend, facts, routing
from ..models import Member
from . import telling
from .forms import AcceptForm

NOWHERE = no(
    "您目前不属于任何团组织", cause="nowhere", remedy="，资料没有人可以核对，请先联系所在组织的管理员录入。"
)
UNCHANGED = no("没有改动任何一项", cause="unchanged", remedy="，不需要提交。")
NOTHING = no("没有勾选任何一项", cause="nothing", remedy="，全部不同意的，请写明原因后退回。")
UNEXPLAINED = no("没有勾选的项目要写明退回的原因", cause="required", remedy="，本人可以看到。")
WHY = "本人申请"


@register
class Profile(Kind):
    """Payload: `fields` {name: [old, new]} in their JSON form; `accepted` names once a part was agreed to."""

    code = PetitionKind.PROFILE
    deciding = "requests/_accept.html"
    hint = "同意后马上写入，本人会收到通知。只同意其中几项的，请打开申请逐项勾选。"

    def next_turn(self, petition: Petition) -> Turn | None:
        """The administrators where the person belongs; nobody where the only one above all is the person."""
        organization = routing.decider(petition.account, petition.organization) if not petition.turn else None
        return Turn(organization=organization) if organization else None

    def hold(self, petition: Petition) -> None:
        """The person's row, so that what is compared stands still."""
        Account.objects.select_for_update().get(pk=petition.account_id)

    def apply(self, petition: Petition, *, actor: Scope) -> None:
        """Write what was agreed to. Raises Refused where a stored value is another one meanwhile."""
        account, member = amend.locked(petition.account)
        still_here(petition).demand()
        wanted = _accepted(petition.payload)
        stale = [name for name, pair in wanted.items() if _is_stale(name, pair, account, member)]
        if stale:
            labels = "、".join(facts.LABELS[name] for name in stale)
            raise Refused(no(f"提出申请后{labels}已被修改", cause="stale", remedy="，请打开申请逐项核对。"))
        values = {name: facts.from_json(name, new) for name, (_, new) in wanted.items()}
        amend.write(account, member, values, organization=petition.organization, actor=actor, why=WHY)

    def lines(self, petition: Petition) -> list[Line]:
        """Field by field, a phone masked."""
        account, payload = petition.account, petition.payload
        member = Member.objects.filter(account=account).first()
        return [
            _line(petition, name, pair, account, member, payload) for name, pair in payload["fields"].items()
        ]

    def form(self, petition: Petition, lines: list[Line]) -> AcceptForm:
        """Which fields are agreed to; all that can be are ticked."""
        return AcceptForm(lines=lines, initial=AcceptForm.initial_of(petition, lines))

    def again(self, petition: Petition) -> str:
        """修改资料, filled with what was not written."""
        closed = petition.state != PetitionState.PENDING
        return f"{reverse('me:edit')}?again={petition.pk}" if closed and unwritten(petition) else ""

    def tell(self, petition: Petition, act: str, remark: str, *, actor: Scope) -> None:
        """The person hears what others decided."""
        telling.decided(petition, act, remark, actor=actor)


def still_here(petition: Petition) -> Verdict:
    """Whether the person still belongs where it was asked: others have no say any more."""
    if access.home(petition.account) == petition.organization:
        return YES
    reason = f"{petition.account}已不在“{petition.organization.short_name}”"
    return no(reason, cause="moved", remedy="，请退回，由本人向现在的组织重新申请。")


def unwritten(petition: Petition) -> dict[str, list[Any]]:
    """What was asked for and is not written: everything of a returned one, the rest of one agreed to in part."""
    payload = petition.payload
    written = _accepted(payload) if petition.state == PetitionState.APPROVED else {}
    return {name: pair for name, pair in payload["fields"].items() if name not in written}


def _accepted(payload: Mapping[str, Any]) -> dict[str, list[Any]]:
    names = payload.get("accepted", payload["fields"])
    return {name: pair for name, pair in payload["fields"].items() if name in names}


def _is_stale(name: str, pair: list[Any], account: Account, member: Member | None) -> bool:
    return facts.to_json(facts.stored(name, account, member)) not in pair


def _line(
    petition: Petition,
    name: str,
    pair: list[Any],
    account: Account,
    member: Member | None,
    payload: Mapping[str, Any],
) -> Line:
    old, new = (facts.words(name, value) for value in pair)
    if name == "phone" and old == new:
        new = f"{new}（中间四位不同）"
    pending = petition.state == PetitionState.PENDING
    stale = pending and _is_stale(name, pair, account, member)
    note = _outcome(petition, name, payload)
    if stale:
        now = facts.words(name, facts.stored(name, account, member)) or "空"
        note = f"提出申请后已改为“{now}”，这一项不能再同意"
    reveal = reverse("requests:reveal_phone", args=[petition.pk]) if name == "phone" and pending else ""
    return Line(facts.LABELS[name], old, new or "（清空）", name=name, note=note, stale=stale, reveal=reveal)


def _outcome(petition: Petition, name: str, payload: Mapping[str, Any]) -> str:
    if petition.state != PetitionState.APPROVED:
        return ""
    return "已写入" if name in _accepted(payload) else "没有同意"


# -- the verbs --------------------------------------------------------------------------------------


def may_ask(account: Account, kind: PetitionKind = PetitionKind.PROFILE) -> Verdict:
    """Whoever belongs somewhere and has no request of this kind under way."""
    pending = Petition.objects.pending().filter(kind=kind, account=account)
    under_way = petitions.PENDING_ALREADY if pending.exists() else YES
    return first_no(NOWHERE if access.home(account) is None else YES, under_way)


@retried
@transaction.atomic
def ask(account: Account, values: Mapping[str, Any], *, remark: str = "", actor: Scope) -> Petition:
    """Ask for these facts (names of `facts.LABELS`) to be changed; what is as asked already is left out.

    Carried out at once only where nobody else could decide. Raises Refused.
    """
    account, member = amend.locked(account)
    may_ask(account).demand()
    fields = {}
    for name, value in values.items():
        old, new = facts.to_json(facts.stored(name, account, member)), facts.to_json(value)
        if old != new:
            fields[name] = [old, new]
    if not fields:
        raise Refused(UNCHANGED)
    home = access.home(account)
    assert home is not None  # may_ask has said so
    return petitions.ask(
        PetitionKind.PROFILE,
        home,
        payload={"fields": fields},
        account=account,
        remark=remark,
        actor=actor.as_person(),
    )


def accept(petition: Petition, *, chosen: Collection[str], remark: str, actor: Scope) -> Petition:
    """Agree to the chosen fields; the others are returned with the reason in `remark`. Raises Refused."""
    payload = petition.payload
    kept = [name for name in payload["fields"] if name in chosen]
    whole = len(kept) == len(payload["fields"])
    if not kept:
        raise Refused(NOTHING)
    if not whole and not remark.strip():
        raise Refused(UNEXPLAINED)
    return petitions.approve(
        petition,
        payload={**payload, "accepted": kept},
        act="同意" if whole else "部分同意",
        remark=remark,
        actor=actor,
    )


@transaction.atomic
def reveal(petition: Petition, *, reason: str, actor: Scope) -> str:
    """The full phone that is asked for, after the log row the person will see (§8). Raises Refused."""
    petitions.may_decide(actor, petition).demand()
    telling.looked(petition, "phone", reason=reason, actor=actor)
    return petition.payload["fields"]["phone"][1]


def masked_phone(petition: Petition) -> str:
    """The phone asked for, masked; empty where none is."""
    return phones.mask(petition.payload["fields"].get("phone", ("", ""))[1])
