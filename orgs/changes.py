"""The verb that changes an organisation's information: at once, or as a request to the direct superior (§2 Editing)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from zhtj.lib.retry import retried
from zhtj.lib.verdict import Refused, first_no, no

from . import information, naming, petitions, renaming, rules, secretary, tree
from .enums import PetitionKind
from .information import Information, Outcome
from .kinds import info as info  # importing the kind makes it known to the door
from .models import Organization, Petition
from .scope import Scope

PENDING = no("上一次修改还在等直接上级审核", cause="pending", remedy="，请等它办结，或先撤回。")


def pending(organization: Organization) -> Petition | None:
    """The request that waits for the superior, if there is one."""
    return organization.petitions.pending().filter(kind=PetitionKind.INFO).first()


@retried
@transaction.atomic
def change(organization: Organization, given: Information, *, actor: Scope, now: datetime) -> Outcome:
    """Write what differs where the actor may at once, else ask the direct superior. Raises Refused.

    Causes that begin with secretary_ belong to those fields; the others are those of a rename.
    """
    renames = given.short_name not in (None, organization.short_name)
    organization = information.held(organization, renames=renames)
    rules.may_change_information(actor, organization).demand()
    given = information.differing(organization, given)
    if given == Information():
        return Outcome(organization, changed=False)
    if given.secretary:
        secretary.may_register(organization, given.secretary).demand()
    if rules.changes_at_once(actor, organization):
        return information.carry_out(organization, given, actor=actor, now=now)
    if pending(organization):
        raise Refused(PENDING)
    if given.short_name:
        _demand_free(organization, given.short_name)
    payload = information.as_payload(organization, given)
    petition = petitions.ask(PetitionKind.INFO, organization, payload=payload, actor=actor, now=now)
    return Outcome(organization, petition=petition)


def _demand_free(organization: Organization, short_name: str) -> None:
    """The rules of a rename but for who may: the superior decides that."""
    names = tree.renamed(organization, short_name)
    first_no(
        naming.name_problem(organization.category, short_name),
        renaming.room(names),
        rules.name_free(organization.parent, short_name, names.full_name, but=organization.pk),
    ).demand()
