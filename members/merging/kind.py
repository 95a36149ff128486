"""合并账号 as a request: the side that did not ask agrees."""

from __future__ import annotations

from accounts import idcard
from accounts.models import Account
from orgs.enums import PetitionKind
from orgs.models import Organization, Petition
from orgs.petitions import Kind, Line, Turn, register
from orgs.scope import Scope
from zhtj.lib.verdict import Refused, no

from .. import facts
from . import joining, rules
from .rules import Choice


@register
class Merging(Kind):
    """Payload: the choice, and `turns`, the ids of the organisations that have to agree."""

    code = PetitionKind.MERGE
    hint = "同意后两个账号立即合并，30 天内可以撤销。"

    def next_turn(self, petition: Petition) -> Turn | None:
        """Those who decide for the sides that have not asked."""
        turns = petition.payload["turns"]
        if petition.turn >= len(turns):
            return None
        organization = Organization.objects.living().filter(pk=turns[petition.turn]).first()
        if organization is None:
            raise Refused(no("办理这个申请的组织已不存在", cause="gone", remedy="，请退回后重新发起。"))
        return Turn(organization=organization)

    def hold(self, petition: Petition) -> None:
        """All organisations in which either account holds anything."""
        choice = choice_of(petition)
        joining.hold(joining.places(choice.kept, choice.absorbed))

    def apply(self, petition: Petition, *, actor: Scope) -> None:
        """Merge. Raises Refused where something has changed."""
        choice = choice_of(petition)
        kept, absorbed = joining.accounts(choice)
        rules.not_oneself(actor, kept, absorbed).demand()
        joining.join(choice, petition=petition, actor=actor, now=petition.turn_since)

    def lines(self, petition: Petition) -> list[Line]:
        """Which account goes on, which ends, where the 团籍 stays, and the facts taken over."""
        choice = choice_of(petition)
        people = Account.objects.select_related("member__branch").in_bulk((choice.kept, choice.absorbed))
        kept, absorbed = people[choice.kept], people[choice.absorbed]
        lines = [Line("登录账号", said(absorbed), said(kept))]
        stays = people.get(choice.branch_of)
        if stays is not None and hasattr(stays, "member"):
            lines.append(Line("团籍留在", "", stays.member.branch.full_name))
        for name in choice.taken:
            old, new = (facts.words(name, facts.stored(name, each, None)) for each in (kept, absorbed))
            lines.append(Line(facts.LABELS[name], old, new))
        return [*lines, Line("原因", "", choice.reason)]


def said(account: Account) -> str:
    """Name and masked number."""
    return f"{account.name}（{idcard.mask(account.id_number, hide_tail=account.sign_in_state == 'initial')}）"


def choice_of(petition: Petition) -> Choice:
    """What was asked for."""
    choice = petition.payload["choice"]
    return Choice(**choice | {"taken": tuple(choice["taken"])})
