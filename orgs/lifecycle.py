"""The verbs that create and edit organisations (§2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from zhtj.audit.record import record
from zhtj.lib.retry import retried
from zhtj.lib.verdict import Refused, first_no, no

from . import naming, renaming, rules, tree
from .facts import STAFF
from .models import Organization
from .scope import Scope

EDITABLE = frozenset(
    {
        "purpose",
        "contact_phone",
        "email",
        "address",
        "postcode",
        "industry",
        "founded_on",
        "term_ends_on",
        "school_code",
        *STAFF,
    }
)
GONE = no("这个组织已不存在", cause="gone", remedy="，请返回列表刷新。")


@retried
@transaction.atomic
def found(
    parent: Organization,
    *,
    short_name: str,
    category: str,
    level: int | None = None,
    actor: Scope,
) -> Organization:
    """Create one direct subordinate; its 全称 is generated. Raises Refused, naming the organisation in the way."""
    parent = held(parent, exclusive=False)
    full_name = planned_name(parent, category, short_name)
    first_no(
        rules.may_found(actor, parent, category, level),
        naming.name_problem(category, short_name),
        rules.length_problem(full_name),
        rules.name_free(parent, short_name, full_name),
    ).demand()
    seedling = tree.Seedling(category, short_name, level)
    try:
        with transaction.atomic():
            founded = tree.plant(parent, [seedling])[0]
    except IntegrityError as error:
        raise Refused(renaming.clash(error, parent, short_name, [full_name])) from error
    record("orgs.found", actor=actor, organization=founded, detail={"category": category})
    return founded


@retried
@transaction.atomic
def edit(
    organization: Organization,
    *,
    actor: Scope,
    short_name: str | None = None,
    facts: Mapping[str, Any] | None = None,
) -> Organization:
    """Change the 简称 and other facts at once; the 类别 never changes. Raises Refused.

    `facts` holds new values of the fields in EDITABLE. The given object is left as it was.
    """
    renames = short_name is not None and short_name != organization.short_name
    organization = held(organization, exclusive=True) if renames else _living(organization)
    rules.may_edit(actor, organization).demand()
    write(organization, short_name=short_name if renames else None, facts=facts or {}, actor=actor)
    return organization


def write(
    organization: Organization, *, short_name: str | None, facts: Mapping[str, Any], actor: Scope
) -> None:
    """`edit` for verbs that have asked who may, and hold the organisation, alone for a new 简称. Raises Refused."""
    changed = _write_facts(organization, facts)
    if short_name is not None and short_name != organization.short_name:
        renaming.rename(organization, short_name, actor=actor)
    if changed:
        record("orgs.edited", actor=actor, organization=organization, detail={"fields": changed})


def planned_name(parent: Organization, category: str, short_name: str) -> str:
    """The 全称 an organisation of this 简称 gets below `parent`."""
    return naming.full_name(category, short_name, tree.stems_down_to(parent))


def _living(organization: Organization) -> Organization:
    """The row as it is now; Refused when somebody has deleted it meanwhile."""
    now = Organization.objects.living().select_related("parent").filter(pk=organization.pk).first()
    if now is None:
        raise Refused(GONE)
    return now


def held(organization: Organization, *, exclusive: bool) -> Organization:
    """A living copy with its part of the tree locked; Refused when somebody has deleted it meanwhile."""
    here = _living(organization)
    tree.hold(here, exclusive=exclusive)
    if here.deleted_at is not None:
        raise Refused(GONE)
    return here


def _write_facts(organization: Organization, facts: Mapping[str, Any]) -> list[str]:
    unknown = set(facts) - EDITABLE
    assert not unknown, f"not editable: {unknown}"
    changed = sorted(field for field, value in facts.items() if getattr(organization, field) != value)
    for field in changed:
        setattr(organization, field, facts[field])
    if changed:
        organization.save(update_fields=changed)
    return changed
