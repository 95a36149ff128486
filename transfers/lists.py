"""The list of cases of one seat: what waits here, what is under way, what is over; newest first in each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from orgs import vacancies
from orgs.scope import Scope

from . import pages, queries
from .bulk import deciding
from .enums import OPEN, Landing, State
from .models import Transfer

TABS = (
    ("waiting", "待我办理"),
    ("outgoing", "转出中"),
    ("incoming", "转入中"),
    ("closed", "已办结"),
)


@dataclass(frozen=True)
class Tab:
    """One tab with how many cases it holds."""

    key: str
    label: str
    count: int
    current: bool


def tab_of(asked: str) -> str:
    """The tab asked for, else the first."""
    return asked if asked in dict(TABS) else TABS[0][0]


def waiting(scope: Scope) -> QuerySet[Transfer]:
    """The cases whose turn it is here: of the own organisation, its direct subordinates, and vacant ones below (§6.3)."""
    if scope.root is None:
        return Transfer.objects.none()
    out = Q(state=State.OUT) & _side(scope, "source")
    into = Q(state__in=(State.IN, State.ASSIGN)) & (
        Q(landing=Landing.STORE) & scope.acting_q("target__path")
        | ~Q(landing=Landing.STORE) & _side(scope, "target")
    )
    found = Transfer.objects.filter(out | into)
    return found.exclude(account=scope.account_id).select_related(*queries.SIDES)


def _side(scope: Scope, field: str) -> Q:
    """The side's organisation or its direct superior is the scope's, vacancies included: `sides.is_side` in SQL."""
    return scope.acting_q(f"{field}__path") | scope.acting_q(f"{field}__parent__path")


def cases(scope: Scope, tab: str) -> QuerySet[Transfer]:
    """The cases of a tab, for paging newest first by `newest`."""
    if tab == "waiting":
        found = waiting(scope)
    else:
        found = queries.visible(scope)
        found = {
            "outgoing": found.filter(scope.q("source__path"), state__in=OPEN),
            "incoming": found.filter(scope.q("target__path"), state__in=OPEN),
            "closed": found.exclude(state__in=OPEN),
        }[tab]
    return found.annotate(newest=-F("pk"))


def tabs(scope: Scope, current: str) -> list[Tab]:
    """All tabs with their counts; what is over is not counted."""
    return [
        Tab(key, label, cases(scope, key).count() if key != "closed" else 0, key == current)
        for key, label in TABS
    ]


@dataclass(frozen=True)
class Row:
    """One line of the list."""

    transfer: Transfer
    badge: tuple[str, str]
    turn: str  # the whole sentence
    who: str
    until: str
    source: str

    @property
    def token(self) -> str:
        """Names the case as it was seen, for acts on many."""
        return deciding.token(self.transfer)


def rows(found: Iterable[Transfer], scope: Scope) -> list[Row]:
    """The lines of a page; the queries do not grow with it."""
    transfers = list(found)
    acting = vacancies.acting_for([each.turn_of for each in transfers if each.turn_of])
    return [
        Row(
            transfer=each,
            badge=pages.badge(each),
            turn=pages.turn(each, scope, acting),
            who=pages.who(each, scope, acting),
            until=pages.until(each),
            source=each.source.full_name if pages.knows(each, scope) else "对方同意前不显示",
        )
        for each in transfers
    ]
