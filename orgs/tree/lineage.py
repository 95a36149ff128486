"""Superiors, their stems, and the names a rename or move gives to a whole subtree (§2 Names)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Case, CharField, Q, QuerySet, Value, When
from django.db.models.functions import Concat, Substr

from .. import naming
from ..enums import Category
from ..models import Organization


def ancestors(organization: Organization) -> list[Organization]:
    """The superiors, topmost first: one query."""
    found = Organization.objects.in_bulk(organization.ancestor_ids)
    return [found[pk] for pk in organization.ancestor_ids]


def stems_down_to(organization: Organization) -> list[str]:
    """Stems of the superiors and of the organisation itself, topmost first."""
    return [naming.stem(each.short_name) for each in (*ancestors(organization), organization)]


@dataclass(frozen=True)
class NewNames:
    """What a rename or move does to the names of a subtree: `old` lineage becomes `new` at the head of each 全称 below."""

    organization: Organization
    full_name: str
    old: str
    new: str

    def below(self) -> QuerySet[Organization]:
        """Everything under the renamed organisation, living or not."""
        return Organization.objects.filter(path__startswith=self.organization.path).exclude(
            pk=self.organization.pk
        )

    def expression(self, *, parked: bool = False) -> Case:
        """The new 全称 of a row below, from its present one (or from that with the parking mark before it)."""
        shift = 1 if parked else 0

        def rest(mark: str) -> Concat:
            return Concat(Value(mark + self.new), Substr("full_name", shift + len(mark + self.old) + 1))

        return Case(
            When(category=Category.LEADING_BODY, then=rest(naming.LEADING)),
            default=rest(""),
            output_field=CharField(),
        )

    def other(self) -> Organization | None:
        """A living organisation elsewhere that bears one of the new names."""
        return self.others().first()

    def others(self) -> QuerySet[Organization]:
        """The living organisations elsewhere that bear one of the new names."""
        elsewhere = Organization.objects.filter(deleted_at=None).exclude(
            path__startswith=self.organization.path
        )
        names = self.below().filter(deleted_at=None).annotate(name=self.expression()).values("name")
        wanted = Q(full_name=self.full_name) | Q(full_name__in=names)
        return elsewhere.select_related("parent").filter(wanted)


def renamed(organization: Organization, short_name: str) -> NewNames:
    """The names a new 简称 would give to the organisation and what is below it: one query."""
    above = [naming.stem(each.short_name) for each in ancestors(organization)]
    return NewNames(
        organization=organization,
        full_name=naming.full_name(organization.category, short_name, above),
        old="".join([*above, naming.stem(organization.short_name)]),
        new="".join([*above, naming.stem(short_name)]),
    )


def moved(organization: Organization, parent: Organization) -> NewNames:
    """The names a move below `parent` would give to the organisation and what is below it: two queries."""
    above, own = stems_down_to(parent), naming.stem(organization.short_name)
    return NewNames(
        organization=organization,
        full_name=naming.full_name(organization.category, organization.short_name, above),
        old="".join(stems_down_to(organization)),
        new="".join([*above, own]),
    )
