"""Organisations without an administrator: a to-do for the superior (§4)."""

from __future__ import annotations

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from .enums import Category
from .models import Organization
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
