"""One thing that waits for somebody: what every app's `todo(scope)` gives, and how many there are in one query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Count, Exists, Expression, IntegerField, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce


@dataclass(frozen=True, kw_only=True)
class Todo:
    """`key` names it in addresses (petition-12); `turn` says in words whose turn it is; `names` are what it is about.

    `short` is the title where there is little room. `url` leads to the page where it is done, `act` is that link's
    verb. `decides` is the id of a petition that can be decided in the inbox, `step` its turn as seen.
    """

    key: str
    kind: str
    title: str
    turn: str
    url: str
    act: str
    short: str = ""
    detail: str = ""
    since: datetime | None = None
    until: datetime | None = None
    names: tuple[tuple[str, str], ...] = ()  # words, address or ""
    decides: int | None = None
    step: int = 0
    nudge: tuple[str, int] | None = None  # what others are reminded of by 催办, and the id of the thing


def how_many(rows: QuerySet) -> Expression:
    """The number of rows as a part of another query."""
    one = rows.order_by().annotate(whole=Value(1)).values("whole")
    return Coalesce(Subquery(one.annotate(many=Count("pk")).values("many")), 0, output_field=IntegerField())


def one_if_any(rows: QuerySet) -> Expression:
    """1 where there is a row, as a part of another query: facts that the inbox shows as one thing."""
    return Case(When(Exists(rows), then=Value(1)), default=Value(0), output_field=IntegerField())
