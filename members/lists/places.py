"""Choosing an organisation of the scope: from a list where they are few, by name where they are many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet

from orgs import queries
from orgs.models import Organization
from orgs.scope import Scope

CHOICES = 200  # more organisations than this are looked for by name
OFFERED = 12  # organisations offered for a name


def below(scope: Scope) -> QuerySet[Organization]:
    """The organisations of the scope, its own left out: narrowing to that one narrows nothing."""
    found = Organization.objects.within(scope)
    return found.exclude(pk=scope.root.pk) if scope.root else found


class PlaceField(forms.Field):
    """The id of an organisation of the scope; the value is the organisation, or None."""

    def __init__(self, scope: Scope):
        found = list(below(scope).select_related("parent").order_by("path")[: CHOICES + 1])
        self.scope, self.few = scope, len(found) <= CHOICES
        self.known = {str(each.pk): each for each in found} if self.few else {}
        widget = forms.Select(choices=self._choices()) if self.few else forms.HiddenInput()
        super().__init__(label="组织", required=False, widget=widget)

    def _choices(self) -> list[tuple[str, str]]:
        depth = self.scope.root.path.count("/") if self.scope.root else 0
        indented = (
            (pk, "　" * (each.path.count("/") - depth - 1) + each.short_name)
            for pk, each in self.known.items()
        )
        return [("", "本组织及全部下级"), *indented]

    def clean(self, value: Any) -> Organization | None:
        """Outside the scope is like not there."""
        text = str(value or "")
        if not text:
            return None
        found = self.known.get(text) if self.few else self._looked_up(text)
        if found is None:
            raise forms.ValidationError("请从列表中选择一个组织。")
        return found

    def _looked_up(self, text: str) -> Organization | None:
        if not (text.isdecimal() and len(text) < 19):
            return None
        return below(self.scope).select_related("parent").filter(pk=text).first()


@dataclass(frozen=True)
class Offer:
    """An organisation whose name fits what was typed, told apart by the one above it."""

    organization: Organization

    @property
    def above(self) -> str:
        """The direct superior's 简称."""
        parent = self.organization.parent
        return parent.short_name if parent else ""


def named(scope: Scope, text: str) -> list[Offer]:
    """The organisations of the scope that answer to a name, nearer ones first: to narrow to one of them."""
    found = below(scope).filter(queries.matching(text)).select_related("parent").order_by("path")[:OFFERED]
    return [Offer(each) for each in found]
