"""Renaming under the rules: at once, or for a large subtree as a job (§2)."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.db.models.functions import Length
from django_q.tasks import async_task

from zhtj.audit.record import record
from zhtj.lib.verdict import Refused, Verdict, first_no, no

from . import rules, tree
from .models import Organization, TreeJob
from .scope import Scope

UNDER_WAY = no("这个组织正在更名", cause="renaming", remedy="，请等它完成后再改。")


def rename(organization: Organization, short_name: str, *, actor: Scope) -> TreeJob | None:
    """Rename with the whole subtree; a subtree of more than RENAME_AT_ONCE organisations is left to a job.

    The caller holds the part alone. Every repeated name is a refusal that names the other organisation.
    """
    size = Organization.objects.filter(path__startswith=organization.path).count()
    if size <= settings.RENAME_AT_ONCE:
        carry_out(organization, short_name, actor=actor)
        return None
    _demand(organization, short_name, actor=actor)
    return plan(organization, short_name, total=size, actor=actor)


def carry_out(
    organization: Organization,
    short_name: str,
    *,
    actor: Scope,
    progress: Callable[[int], None] | None = None,
) -> None:
    """Ask the rules and write all names in the caller's transaction. Raises Refused."""
    before = organization.short_name
    names = _demand(organization, short_name, actor=actor)
    try:
        with transaction.atomic():
            rows = tree.rename(organization, short_name, progress=progress)
    except IntegrityError as error:
        raise Refused(clash(error, organization.parent, short_name, names)) from error
    detail = {"from": before, "to": short_name, "names_changed": rows}
    record("orgs.renamed", actor=actor, organization=organization, detail=detail)


def plan(organization: Organization, short_name: str, *, total: int, actor: Scope) -> TreeJob:
    """Note a rename for the worker and wake it on commit. Raises Refused while another one is open."""
    try:
        with transaction.atomic():
            job = TreeJob.objects.create(
                organization=organization,
                short_name=short_name,
                total=total,
                asked_by=actor.account_id,
                asked_by_name=actor.account_name,
                asked_for=actor.seat_organization_id,
            )
    except IntegrityError as error:
        raise Refused(UNDER_WAY) from error
    transaction.on_commit(lambda: async_task("orgs.jobs.run", job.pk))
    return job


def _demand(organization: Organization, short_name: str, *, actor: Scope) -> tree.NewNames:
    names = tree.renamed(organization, short_name)
    first_no(
        rules.may_rename(actor, organization, short_name),
        room(names),
        rules.name_free(organization.parent, short_name, names.full_name, but=organization.pk),
    ).demand()
    return names


def room(names: tree.NewNames) -> Verdict:
    """Whether the longest 全称 of the subtree has room under its new names."""
    longest = names.below().aggregate(longest=Max(Length("full_name")))["longest"] or 0
    return rules.length_problem("字" * max(len(names.full_name), longest + len(names.new) - len(names.old)))


def clash(
    error: IntegrityError, parent: Organization | None, short_name: str, names: list[str] | tree.NewNames
) -> Verdict:
    """The refusal behind a named constraint that was hit by a neighbour who was faster, or deeper in the subtree."""
    constraint = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "")
    if constraint == "organization_sibling_name":
        return rules.sibling_taken(parent, short_name)
    if constraint != "organization_full_name_living":
        raise error
    other = names.other() if isinstance(names, tree.NewNames) else _bearing(names)
    return rules.full_name_taken(other) if other else no("组织全称会与已有组织相同", cause="full_name")


def _bearing(names: list[str]) -> Organization | None:
    return Organization.objects.living().select_related("parent").filter(full_name__in=names).first()
