"""The one idea of both lists: a table of columns, a table of filters, and the rows they are about."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from accounts.models import Account
from orgs.models import Organization, Post
from orgs.scope import Scope
from zhtj.lib.verdict import YES, Verdict

from ..models import Member


@dataclass
class Line:
    """One row: the person, the 团籍 and the post it is about (either may be missing), and where it stands."""

    account: Account
    organization: Organization
    root: Organization
    today: date
    now: datetime
    member: Member | None = None
    post: Post | None = None
    reset: Verdict = YES
    may_change: Verdict = YES
    may_end: Verdict = YES
    editable: bool = False

    @property
    def pk(self) -> int:
        """The id of the row."""
        row = self.post or self.member
        return row.pk if row else 0

    @property
    def box(self) -> int:
        """The id that stands for the row in forms: the person, or one of the person's posts."""
        return self.post.pk if self.post else self.account.pk


Text = Callable[[Line], str]


def always(organization: Organization) -> bool:
    """Offered whatever organisation is acted for."""
    return True


def not_in_branches(organization: Organization) -> bool:
    """Says nothing where the list is one branch's."""
    return not organization.is_branch


@dataclass(frozen=True)
class Column:
    """What one column shows. `look` names the piece of templates/lists/_cell.html; `loads` are fields of the
    account that nothing else needs; `full` gives a number whole, for a justified export only."""

    key: str
    heading: str
    text: Text
    look: str = "text"
    default: bool = False
    sort: str = ""
    loads: tuple[str, ...] = ()
    kind: Text | None = None
    full: Text | None = None
    fits: Callable[[Organization], bool] = always


@dataclass(frozen=True)
class Filter:
    """One condition: how it is asked, what it means to the database, and how it is told on its chip."""

    key: str
    label: str
    field: Callable[[Scope], forms.Field]
    q: Callable[[Any, date, Organization], Q]
    told: Callable[[Any], str] = str
    first: bool = False
    parts: tuple[str, ...] = ()
    fits: Callable[[Organization], bool] = always

    @property
    def names(self) -> tuple[str, ...]:
        """The parameters of the address."""
        return self.parts or (self.key,)


@dataclass(frozen=True)
class Table:
    """A list: whose rows, in which order, and what can be asked of them. `sorts` are offered while few match.

    Forms name a row as `box`, by its `box_field`.
    """

    kind: str
    title: str
    unit: str
    box: str
    box_field: str
    url_name: str
    order: tuple[str, ...]
    rows: Callable[[Scope], QuerySet]
    load: Callable[[QuerySet, Sequence[str]], QuerySet]
    line: Callable[..., Line]
    judge: Callable[[Scope, list[Line]], None]
    columns: tuple[Column, ...]
    filters: tuple[Filter, ...]
    sorts: Mapping[str, tuple[tuple[str, ...], dict[str, Any]]] = field(default_factory=dict)

    def columns_for(self, root: Organization) -> tuple[Column, ...]:
        """The columns that say something to this organisation."""
        return tuple(each for each in self.columns if each.fits(root))

    def filters_for(self, root: Organization) -> tuple[Filter, ...]:
        """The filters that narrow something for this organisation."""
        return tuple(each for each in self.filters if each.fits(root))

    @property
    def loadable(self) -> frozenset[str]:
        """Fields of the account that are left in the database unless a column shows them."""
        return frozenset(name for column in self.columns for name in column.loads)
