"""Deleting an organisation: nobody is left nowhere, nothing stays open, history keeps the row (§2 Deleting)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from members import clearing
from members.applications import ending
from members.models import Act, Member
from orgs import naming, petitions, tree, vacating
from orgs.enums import Category
from orgs.models import Organization
from orgs.scope import Scope
from orgs.vacating import Vacated
from regcodes import codes
from transfers import ending as cases
from zhtj.audit.record import record
from zhtj.lib.retry import retried
from zhtj.lib.verdict import Refused, no

from . import rules
from .models import Closing

GONE = no("这个组织已不存在", cause="gone", remedy="，请返回列表刷新。")


@retried
@transaction.atomic
def close(organization: Organization, *, actor: Scope, now: datetime | None = None) -> Closing:
    """Delete an organisation without subordinates; members go into the superior's 待接转团支部. Raises Refused."""
    tree.hold(organization, exclusive=True)
    now = now or timezone.now()
    if organization.deleted_at is not None:
        raise Refused(GONE)
    rules.may_close(actor, organization).demand()
    cases.return_all(organization, actor=actor, now=now)
    into, moved = None, []
    if Member.objects.filter(branch=organization).exists():
        into = pending_branch_below(organization.parent, actor=actor)
        moved = clearing.move_all(organization, into, act=Act.CLOSING, actor=actor, now=now)
    vacated = wind_up(organization, actor=actor, now=now)
    kept = {"members": moved, "posts": vacated.posts, "seats": vacated.seats}
    return note(organization, Closing.Kind.DELETED, into=into, kept=kept, actor=actor, now=now)


def pending_branch_below(superior: Organization, *, actor: Scope) -> Organization:
    """The superior's 待接转团支部, made when there is none. The caller holds the part alone."""
    living = Organization.objects.living().filter(parent=superior, category=Category.PENDING_BRANCH)
    found = living.first()
    if found:
        return found
    seedling = tree.Seedling(Category.PENDING_BRANCH, naming.PENDING_NAME)
    made = tree.plant(superior, [seedling])[0]
    detail = {"category": Category.PENDING_BRANCH}
    record("orgs.found", actor=actor, organization=made, detail=detail)
    return made


def wind_up(organization: Organization, *, actor: Scope, now: datetime) -> Vacated:
    """End posts and seats, void codes, send back what was asked, give up imports; then the row is marked deleted."""
    petitions.return_all(organization, actor=actor, remark="组织已删除，申请退回。", now=now)
    vacated = vacating.vacate(organization, actor=actor, now=now)
    codes.void_standing(organization, actor=actor, now=now)
    clearing.abandon_batches(organization, actor=actor, now=now)
    ending.return_all(organization, actor=actor, now=now)
    tree.delete_softly(organization, now=now)
    return vacated


def note(
    organization: Organization,
    kind: Closing.Kind,
    *,
    into: Organization | None,
    kept: dict,
    actor: Scope,
    now: datetime,
) -> Closing:
    """The record from which it can be undone, and the audit row."""
    detail = {"kind": kind, "members": len(kept["members"]), "into": into.pk if into else None}
    record("orgs.closed", actor=actor, organization=organization, detail=detail)
    return Closing.objects.create(
        organization=organization,
        kind=kind,
        into=into,
        at=now,
        by=actor.account_id,
        by_name=actor.account_name,
        kept=kept,
    )
