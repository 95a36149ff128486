"""组织信息变更: the direct superior's word; what is asked is shown field by field, old → new (§2 Editing)."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from accounts import idcard, phones
from accounts.enums import SignInState
from accounts.models import Account

from .. import facts, information
from ..enums import PetitionKind
from ..models import Petition
from ..petitions import UNDONE, Kind, Line, Turn, register
from ..scope import Scope


@register
class Info(Kind):
    """Payload: that of `information.as_payload`."""

    code = PetitionKind.INFO
    hint = "同意后马上生效，不能撤销；以后需要时可以再改。"

    def afresh(self, petition: Petition) -> str:
        """组织信息 once more, filled with what was returned or withdrawn."""
        return f"{reverse('orgs:info_edit')}?again={petition.pk}" if petition.state in UNDONE else ""

    def next_turn(self, petition: Petition) -> Turn | None:
        """The direct superior, and nobody else."""
        return Turn(organization=petition.organization.parent) if petition.turn == 0 else None

    def hold(self, petition: Petition) -> None:
        """The organisation, and for a rename its part of the tree alone."""
        information.held(petition.organization, renames=petition.payload["short_name"] is not None)

    def apply(self, petition: Petition, *, actor: Scope) -> None:
        """Write it. Raises Refused where it no longer fits."""
        given = information.from_payload(petition.payload)
        organization = information.held(petition.organization, renames=given.short_name is not None)
        given = information.differing(organization, given)
        information.carry_out(organization, given, actor=actor, now=timezone.now())

    def lines(self, petition: Petition) -> list[Line]:
        """Only what would change."""
        payload = petition.payload
        lines = [Line("组织简称", *payload["short_name"])] if payload["short_name"] else []
        lines += [
            Line(
                facts.label(name),
                facts.shown(name, old) or "（未填写）",
                facts.shown(name, new) or "（清空）",
            )
            for name, (old, new) in payload["facts"].items()
        ]
        return [*lines, *(_person(*payload["secretary"]) if payload["secretary"] else [])]


def _person(old: list[str], new: list[str]) -> list[Line]:
    """The three fields of the 书记 as far as they were given, numbers masked."""
    name, number, phone = new
    shown = (name, _masked(number) if number else "", phones.mask(phone))
    return [
        Line(label, before, after)
        for label, before, after in zip(facts.SECRETARY_LABELS, old, shown, strict=True)
        if after and after != before
    ]


def _masked(number: str) -> str:
    """The tail is hidden while it is, or will be, the initial password."""
    known = Account.objects.with_number(number).first()
    return idcard.mask(number, hide_tail=known is None or known.sign_in_state == SignInState.INITIAL)
