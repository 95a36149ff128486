"""Organisations without an administrator: a to-do for the superior, and who acts for them meanwhile (§4)."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.expressions import RawSQL

from .enums import Category
from .models import Organization, Seat
from .scope import Scope

VACANT_BELOW = """
WITH RECURSIVE vacant AS (
    SELECT id FROM orgs_organization AS organization
     WHERE parent_id = %s AND deleted_at IS NULL AND category <> %s
       AND NOT EXISTS (SELECT FROM orgs_seat WHERE organization_id = organization.id)
     UNION ALL
    SELECT organization.id FROM orgs_organization AS organization JOIN vacant ON organization.parent_id = vacant.id
     WHERE deleted_at IS NULL AND category <> %s
       AND NOT EXISTS (SELECT FROM orgs_seat WHERE organization_id = organization.id)
)
SELECT id FROM vacant
"""


def without_administrator(scope: Scope) -> QuerySet[Organization]:
    """The organisations below for which the scope acts, because nobody administers them or anything between.

    A 待接转团支部 never has an administrator and is left out. It walks down from the own organisation only as far
    as it is vacant, so that its cost follows the answer and not the size of the subtree.
    """
    if scope.root is None:
        return Organization.objects.none()
    wanted = RawSQL(VACANT_BELOW, [scope.root.pk, Category.PENDING_BRANCH, Category.PENDING_BRANCH])
    return Organization.objects.living().filter(pk__in=wanted).select_related("parent").order_by("path")


def acting_for(organizations: Iterable[Organization]) -> dict[int, Organization | None]:
    """For each organisation's id the nearest one, from itself upwards, that somebody administers: one query."""
    wanted = {each.pk: [*each.ancestor_ids, each.pk] for each in organizations}
    chain = {pk for ids in wanted.values() for pk in ids}
    seated = Organization.objects.filter(
        Exists(Seat.objects.filter(organization=OuterRef("pk"))), pk__in=chain
    )
    found = {each.pk: each for each in seated}
    return {
        pk: next((found[each] for each in reversed(ids) if each in found), None) for pk, ids in wanted.items()
    }


def acting_words(organization: Organization) -> str:
    """由…代为办理（该组织暂无管理员）; empty while somebody administers it or nobody does up to the top."""
    acting = acting_for([organization])[organization.pk]
    if acting is None or acting.pk == organization.pk:
        return ""
    return f"由“{acting.full_name}”的管理员代为办理（该组织暂无管理员）"


def turn_of(organization: Organization, acting: Organization | None, here: Organization | None = None) -> str:
    """Whose turn it is, said to somebody who acts for `here`: the organisation itself, or who acts for it."""
    ours = here is not None and acting is not None and acting.pk == here.pk
    if acting is None or acting.pk == organization.pk:
        return "由本组织办理" if ours else f"由“{organization.full_name}”的管理员办理"
    by = "本组织" if ours else f"“{acting.full_name}”的管理员"
    return f"由{by}代为办理（“{organization.full_name}”暂无管理员）"
