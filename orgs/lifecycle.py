"""The verbs that create and edit organisations (§2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.db.models.functions import Length

from zhtj.audit.record import record
from zhtj.lib.retry import retried
from zhtj.lib.verdict import Refused, Verdict, first_no, no

from . import naming, rules, tree
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
    tree.entering(parent.path)
    parent = _living(parent)
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
        raise Refused(clash(error, parent, short_name, [full_name])) from error
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
    if short_name is not None and short_name != organization.short_name:
        tree.rearranging(organization.path)
    organization = _living(organization)
    rules.may_edit(actor, organization).demand()
    changed = _write_facts(organization, facts or {})
    if short_name is not None and short_name != organization.short_name:
        _rename(organization, short_name, actor=actor)
    if changed:
        record("orgs.edited", actor=actor, organization=organization, detail={"fields": changed})
    return organization


def planned_name(parent: Organization, category: str, short_name: str) -> str:
    """The 全称 an organisation of this 简称 gets below `parent`."""
    return naming.full_name(category, short_name, tree.stems_down_to(parent))


def _living(organization: Organization) -> Organization:
    """The row as it is now; Refused when somebody has deleted it meanwhile."""
    now = Organization.objects.living().select_related("parent").filter(pk=organization.pk).first()
    if now is None:
        raise Refused(GONE)
    return now


def _write_facts(organization: Organization, facts: Mapping[str, Any]) -> list[str]:
    unknown = set(facts) - EDITABLE
    assert not unknown, f"not editable: {unknown}"
    changed = sorted(field for field, value in facts.items() if getattr(organization, field) != value)
    for field in changed:
        setattr(organization, field, facts[field])
    if changed:
        organization.save(update_fields=changed)
    return changed


def _rename(organization: Organization, short_name: str, *, actor: Scope) -> None:
    """Rename with the whole subtree; every repeated name is a refusal that names the other organisation."""
    before = organization.short_name
    names = tree.renamed(organization, short_name)
    first_no(
        rules.may_rename(actor, organization, short_name),
        _room(organization, names),
        rules.name_free(organization.parent, short_name, names.full_name, but=organization.pk),
    ).demand()
    try:
        with transaction.atomic():
            rows = tree.rename(organization, short_name)
    except IntegrityError as error:
        raise Refused(clash(error, organization.parent, short_name, names)) from error
    detail = {"from": before, "to": short_name, "names_changed": rows}
    record("orgs.renamed", actor=actor, organization=organization, detail=detail)


def _room(organization: Organization, names: tree.NewNames) -> Verdict:
    """Whether the longest 全称 of the subtree has room after the rename."""
    below = Organization.objects.filter(path__startswith=organization.path).exclude(pk=organization.pk)
    longest = below.aggregate(longest=Max(Length("full_name")))["longest"] or 0
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
