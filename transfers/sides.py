"""Who acts on a case as what: the two sides, the superior both have, and whoever watches late cases (§6.3, §6.4)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from orgs.enums import Level
from orgs.models import Organization
from orgs.rules import acts_for
from orgs.scope import Scope

from .enums import OPEN, Landing, Role, Starter
from .models import Transfer


def deciders(organization: Organization | None) -> tuple[Organization, ...]:
    """A side: the organisation's administrators or its direct superior's (§6.3)."""
    if organization is None:
        return ()
    return (organization,) if organization.parent is None else (organization, organization.parent)


def is_side(scope: Scope, organization: Organization | None) -> bool:
    """Whether the scope speaks for the side, vacancies included (§4)."""
    return any(acts_for(scope, each) for each in deciders(organization))


def incoming(transfer: Transfer) -> tuple[Organization, ...]:
    """Who decides the incoming side; for 参军入伍 and 涉密 the province alone (§6.2)."""
    if transfer.target is None:
        return ()
    if transfer.landing == Landing.STORE:
        return (transfer.target,)
    return deciders(transfer.target)


def common_direct_superior(source: Organization, target: Organization | None) -> Organization | None:
    """The direct superior both branches have, or None (§6.3)."""
    if target is None or source.parent_id is None or source.parent_id != target.parent_id:
        return None
    return source.parent if source.is_branch and target.is_branch else None


def lowest_common_superior(source: Organization, target: Organization | None) -> int | None:
    """The id of the lowest organisation above both sides (§6.4), or None outside the system."""
    if target is None:
        return None
    above = set(source.ancestor_ids)
    return next((pk for pk in reversed([*target.ancestor_ids, target.pk]) if pk in above), None)


def roles(scope: Scope, transfer: Transfer, *, now: datetime) -> set[Role]:
    """Everything this scope is on the case now; the person is never a side of the own case."""
    if scope.account_id is not None and scope.account_id == transfer.account_id:
        return {Role.PERSON}
    found = set()
    if is_side(scope, transfer.source):
        found.add(Role.OUTGOING)
    if any(acts_for(scope, each) for each in incoming(transfer)):
        found.add(Role.INCOMING)
    superior = common_direct_superior(transfer.source, transfer.target)
    if superior is not None and acts_for(scope, superior):
        found.add(Role.SUPERIOR)
    if is_watched(transfer, now=now) and watches(scope, transfer):
        found.add(Role.WATCHER)
    return found


def watches(scope: Scope, transfer: Transfer) -> bool:
    """Whether the scope acts for the lowest organisation above both sides."""
    common = Organization.objects.filter(pk=lowest_common_superior(transfer.source, transfer.target) or 0)
    return any(acts_for(scope, each) for each in common)


def is_watched(transfer: Transfer, *, now: datetime) -> bool:
    """From day 7 (*setting*) after it reached a side, somebody above both sees it."""
    return transfer.state in OPEN and now >= transfer.since + timedelta(days=settings.TRANSFER_WATCH_DAY)


def province_of(organization: Organization) -> Organization:
    """The province an organisation lies in; the topmost organisation where there is none."""
    above = Organization.objects.filter(pk__in=[*organization.ancestor_ids, organization.pk])
    chain = sorted(above.select_related("parent"), key=lambda each: len(each.path))
    return next((each for each in chain if each.level == Level.PROVINCE), chain[0])


def starter_of(scope: Scope, transfer: Transfer) -> Starter | None:
    """As which side the scope would begin this case; the superior both have decides at once."""
    if scope.account_id == transfer.account_id:
        return Starter.PERSON
    superior = common_direct_superior(transfer.source, transfer.target)
    if superior is not None and acts_for(scope, superior):
        return Starter.SUPERIOR
    if is_side(scope, transfer.source):
        return Starter.OUTGOING
    return Starter.INCOMING if is_side(scope, transfer.target) else None
