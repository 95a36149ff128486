"""What somebody asks of a list, read from the address: columns, conditions, order. Unreadable parts narrow nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.http import QueryDict

from orgs.scope import Scope
from zhtj.lib.forms import Form

from .columns import NAME
from .places import Offer, PlaceField, named
from .tables import Column, Filter, Table

COLUMNS = "c"  # a parameter for each column chosen
SORT, SIZE, VIEW = "sort", "size", "view"


class FilterForm(Form):
    """All conditions of a table. A field that says nothing to this scope is left out."""

    def __init__(self, data: QueryDict, *, table: Table, scope: Scope):
        super().__init__(data)
        assert scope.root is not None, "lists are for administrators"
        self.filters = table.filters_for(scope.root)
        for each in self.filters:
            self.fields[each.key] = each.field(scope)
        place = self.fields.get("branch")
        if isinstance(place, PlaceField) and place.few:
            del self.fields["branch_name"]
        self.filters = tuple(each for each in self.filters if each.key in self.fields)
        self.full_clean()

    @property
    def first(self) -> list[forms.BoundField]:
        """What stands in the row; the rest is behind 更多条件."""
        return [self[each.key] for each in self.filters if each.first]

    @property
    def more(self) -> list[forms.BoundField]:
        """The other conditions."""
        return [self[each.key] for each in self.filters if not each.first]

    @property
    def more_is_open(self) -> bool:
        """Whether one of them cannot be read; those in use are told by their chips."""
        return any(each.key in self.errors for each in self.filters if not each.first)

    @property
    def values(self) -> dict[str, Any]:
        """The readable conditions by key."""
        return {key: value for key, value in self.cleaned_data.items() if value not in (None, "")}


@dataclass(frozen=True)
class Chip:
    """A condition in words, and the address without it."""

    text: str
    url: str


@dataclass(frozen=True)
class Asked:
    """What the list shows and how it came to be asked."""

    table: Table
    scope: Scope
    form: FilterForm
    values: Mapping[str, Any]
    columns: tuple[Column, ...]
    sort: str
    query: QueryDict

    def condition(self, *, today: date) -> Q:
        """All conditions together."""
        assert self.scope.root is not None
        found = Q()
        for each in self.used:
            found &= each.q(self.values[each.key], today, self.scope.root)
        return found

    @property
    def used(self) -> list[Filter]:
        """The filters that narrow the list, in the order of the table."""
        return [each for each in self.form.filters if each.key in self.values]

    @property
    def chips(self) -> list[Chip]:
        """Each condition with the way to take it away."""
        return [Chip(each.told(self.values[each.key]), self.without(each.names)) for each in self.used]

    @property
    def bare(self) -> str:
        """The address without any condition; columns and size stay."""
        return self.without([name for each in self.form.filters for name in each.names])

    @property
    def address(self) -> str:
        """The query that shows the same again."""
        return self.without(())

    def without(self, names: Iterable[str]) -> str:
        """The query less these parameters; never empty, for an empty one opens the default view."""
        left = self.query.copy()
        for name in names:
            left.pop(name, None)
        return f"?{left.urlencode() or f'{VIEW}=0'}"

    @property
    def words(self) -> list[str]:
        """The conditions in words, for the record and the sheet."""
        return [each.text for each in self.chips]

    @property
    def offers(self) -> list[Offer]:
        """Organisations to narrow to, where a name was typed."""
        text = self.values.get("branch_name")
        return named(self.scope, text) if text else []

    def with_place(self, offer: Offer) -> str:
        """The query narrowed to an organisation instead of a name."""
        left = self.query.copy()
        left.pop("branch_name", None)
        left["branch"] = str(offer.organization.pk)
        return f"?{left.urlencode()}"

    @property
    def places(self) -> list[tuple[Offer, str]]:
        """The offers with their addresses."""
        return [(each, self.with_place(each)) for each in self.offers]

    @property
    def keys(self) -> list[str]:
        """The columns shown."""
        return [each.key for each in self.columns]


def read(table: Table, data: QueryDict, *, scope: Scope) -> Asked:
    """What `data` (request.GET, or a stored query) asks of the table."""
    assert scope.root is not None, "lists are for administrators"
    form = FilterForm(data, table=table, scope=scope)
    values = form.values
    columns = _columns(table.columns_for(scope.root), data.getlist(COLUMNS))
    sort = data.get(SORT, "") if data.get(SORT, "") in table.sorts else ""
    query = _canonical(form, values, data, columns, sort)
    return Asked(table, scope, form, values, columns, sort, query)


def _columns(known: tuple[Column, ...], chosen: list[str]) -> tuple[Column, ...]:
    """Those chosen, else the usual ones; the name is always among them."""
    if not set(chosen) & {each.key for each in known}:
        return tuple(each for each in known if each.default)
    return tuple(each for each in known if each.key in chosen or each.key == NAME)


def _canonical(
    form: FilterForm,
    values: Mapping[str, Any],
    data: QueryDict,
    columns: tuple[Column, ...],
    sort: str,
) -> QueryDict:
    """The address that says the same without empty and unknown parameters."""
    found = QueryDict(mutable=True)
    for each in form.filters:
        for name in each.names if each.key in values else ():
            found[name] = data[name]
    if data.getlist(COLUMNS):
        found.setlist(COLUMNS, [each.key for each in columns])
    if sort:
        found[SORT] = sort
    if data.get(SIZE, "").isdecimal():
        found[SIZE] = data[SIZE]
    return found
