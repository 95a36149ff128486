"""组织迁移: the old direct superior's word, then the new one's (§2 Relocation)."""

from __future__ import annotations

from django.urls import reverse

from zhtj.lib.verdict import Refused

from .. import move_rules, relocation, tree
from ..enums import PetitionKind
from ..models import Organization, Petition
from ..petitions import UNDONE, Kind, Line, Turn, register
from ..scope import Scope


@register
class Relocation(Kind):
    """Payload: from and to (ids of the superiors), to_name as it was when asked."""

    code = PetitionKind.RELOCATION
    hint = "原上级和新上级都同意后马上迁移，不能撤销。请先查看预演。"

    def afresh(self, petition: Petition) -> str:
        """申请组织迁移 once more."""
        return reverse("structure:relocate_own") if petition.state in UNDONE else ""

    def hold(self, petition: Petition) -> None:
        """Both parts alone: the last word moves the subtree."""
        target = target_of(petition)
        tree.hold(petition.organization, *([target] if target else []), exclusive=True)

    def next_turn(self, petition: Petition) -> Turn | None:
        """The old superior, then the new one; who asks does not answer oneself."""
        target = target_of(petition)
        if target is None:
            raise Refused(move_rules.GONE)
        deciding = [petition.organization.parent, target]
        turns = [each for each in deciding if each.pk != petition.opened_for_id]
        return Turn(organization=turns[petition.turn]) if petition.turn < len(turns) else None

    def apply(self, petition: Petition, *, actor: Scope) -> None:
        """Move it if everything still fits. Raises Refused."""
        target = target_of(petition)
        assert target is not None, "asked for the next turn before"
        relocation.carry_out(petition.organization, target, actor=actor)

    def lines(self, petition: Petition) -> list[Line]:
        """Old and new superior, old and new 全称."""
        organization, target = petition.organization, target_of(petition)
        new_name = tree.moved(organization, target).full_name if target else ""
        superior = organization.parent.full_name if organization.parent else ""
        return [
            Line("直接上级", superior, petition.payload["to_name"]),
            Line("组织全称", organization.full_name, new_name or "（迁往的上级组织已不存在）"),
        ]


def target_of(petition: Petition) -> Organization | None:
    """The living organisation it is to go below, or None."""
    return Organization.objects.living().select_related("parent").filter(pk=petition.payload["to"]).first()
