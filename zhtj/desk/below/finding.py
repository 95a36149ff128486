"""Search of organisations in the whole scope, by 简称, 全称, former names and pinyin initials (§2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from orgs import queries
from orgs.models import FormerName, Organization
from orgs.scope import Scope


@dataclass(frozen=True)
class Found:
    """A hit: the organisation, its superiors from below the scope's root, and the former name that was searched."""

    organization: Organization
    above: list[Organization]
    formerly: str


def matches(scope: Scope, text: str, category: str) -> QuerySet[Organization]:
    """The living organisations of the scope that answer to the text; a whole former 全称 counts too."""
    here = Organization.objects.within(scope)  # type: ignore[attr-defined]
    found = here.filter(queries.matching(text))
    tidied = queries.tidy(text)
    if tidied and scope.root is not None and not found.exists():
        found = here.filter(pk__in=[each.pk for each in queries.resolve(scope.root, tidied)])
    return found.filter(category=category) if category else found


def rows(scope: Scope, organizations: Iterable[Organization], text: str) -> list[Found]:
    """The hits of a page with their way down: one query for the superiors, one for the former names."""
    found = list(organizations)
    superiors = Organization.objects.in_bulk({pk for each in found for pk in each.ancestor_ids})
    former: dict[int, str] = {}
    names = FormerName.objects.filter(organization__in=found).order_by("pk")
    for each in names:
        if queries.tidy(text) in each.full_name:
            former[each.organization_id] = each.full_name
    return [
        Found(
            each,
            [superiors[pk] for pk in each.ancestor_ids if scope.covers(superiors[pk])],
            former.get(each.pk, ""),
        )
        for each in found
    ]
