"""The verbs of 组织迁移: asking for it, and carrying it out when both superiors have agreed (§2)."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from zhtj.audit.record import record
from zhtj.lib.retry import retried
from zhtj.lib.verdict import Refused, first_no

from . import move_rules, petitions, renaming, tree
from .enums import PetitionKind
from .models import Organization, Petition
from .scope import Scope


@retried
@transaction.atomic
def ask(organization: Organization, parent: Organization, *, actor: Scope, remark: str = "") -> Petition:
    """Ask to move an organisation with its subtree below `parent`. Raises Refused."""
    tree.hold(organization, parent, exclusive=False)
    first_no(
        move_rules.may_ask(actor, organization),
        move_rules.may_go(organization, parent),
    ).demand()
    payload = {"to": parent.pk, "to_name": parent.full_name, "from": organization.parent_id}
    return petitions.ask(PetitionKind.RELOCATION, organization, payload=payload, actor=actor, remark=remark)


@retried
@transaction.atomic
def carry_out(organization: Organization, parent: Organization, *, actor: Scope) -> int:
    """Move it now; the number of organisations moved. The caller has asked who may. Raises Refused."""
    tree.hold(organization, parent, exclusive=True)
    move_rules.may_go(organization, parent).demand()
    before, old_parent = organization.path, organization.parent
    names = tree.moved(organization, parent)
    try:
        with transaction.atomic():
            rows = tree.move(organization, parent)
    except IntegrityError as error:
        raise Refused(renaming.clash(error, parent, organization.short_name, names)) from error
    _hand_over(organization, old_parent, parent)
    detail = {"from": old_parent.pk, "to": parent.pk, "from_path": before, "organizations": rows}
    record("orgs.relocated", actor=actor, organization=organization, detail=detail)
    return rows


def _hand_over(organization: Organization, before: Organization, after: Organization) -> None:
    """What waits for the old superior's word about the organisation now waits for the new one's."""
    waiting = Petition.objects.pending().filter(organization=organization, turn_organization=before)
    waiting.exclude(kind=PetitionKind.RELOCATION).update(turn_organization=after)
