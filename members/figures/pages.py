"""What the pages of figures show: numbers told apart, each with the address of its names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from orgs import queries as tree
from orgs.models import Organization
from orgs.scope import Scope

from ..models import Act
from . import dimensions, ledger
from .counting import Counts
from .dimensions import Bar
from .ledger import IN, OUT, Line
from .periods import Period

CHILDREN_SHOWN = 20
TITLES = {"figures:show": "团员统计", "figures:movement": "团员增减", "figures:roster": "历史名册"}


def head(scope: Scope, organization: Organization, url_name: str) -> dict[str, Any]:
    """Organisation, way down to it as links to the same page, and the tabs of its other pages."""
    steps = [
        (each.short_name, reverse(url_name, args=[each.pk]) if scope.covers(each) else "")
        for each in tree.path_of(organization)
    ]
    tabs = [(word, reverse(name, args=[organization.pk]), name == url_name) for name, word in TITLES.items()]
    return {"organization": organization, "crumbs": [*steps, (TITLES[url_name], "")], "tabs": tabs}


def statistics(
    scope: Scope, organization: Organization, children: Sequence[Organization], counts: dict[int, Counts]
) -> dict[str, Any]:
    """The tables, the trend and the largest direct subordinates."""
    own = counts[organization.pk]
    listed = dimensions.list_of(organization, own=scope.is_own(organization))
    peopled = sorted((each for each in children), key=lambda each: -counts[each.pk]["members"])
    return {
        "total": own["members"],
        "all_url": listed({}),
        "sections": dimensions.sections(own, listed),
        "trend_most": max(number for _, number in own["trend"]),
        "trend": [_month(organization, day, number) for day, number in own["trend"]],
        "children": [
            Bar(
                each.short_name,
                counts[each.pk]["members"],
                dimensions.share(counts[each.pk]["members"], own["members"]),
                reverse("figures:show", args=[each.pk]),
            )
            for each in peopled[:CHILDREN_SHOWN]
        ],
        "children_left": max(len(peopled) - CHILDREN_SHOWN, 0),
    }


def _month(organization: Organization, day: str, number: int) -> Bar:
    """The members at the end of a month; the present one is as of today."""
    url = f"{reverse('figures:roster', args=[organization.pk])}?on={day}"
    return Bar(date.fromisoformat(day).strftime("%Y-%m"), number, "", url)


@dataclass(frozen=True)
class Row:
    """One organisation's balance with the addresses of its names; empty ones where there is no page."""

    organization: Organization
    line: Line
    opening_url: str = ""
    closing_url: str = ""
    came_url: str = ""
    went_url: str = ""


def movement(organization: Organization, period: Period) -> dict[str, Any]:
    """The balance of the organisation, its comings and goings by act, and the direct subordinates."""
    lines = ledger.balance(organization, period)
    whole = _row(organization, lines.pop(organization.pk), period)
    below = Organization.objects.filter(pk__in=lines).order_by("pk")
    rows = [
        _row(each, lines[each.pk], period)
        for each in below
        if each.deleted_at is None or not lines[each.pk].is_empty
    ]
    return {
        "whole": whole,
        "came": _by_act(organization, period, IN, whole.line),
        "went": _by_act(organization, period, OUT, whole.line),
        "rows": rows,
        "inside": sum(row.line.came for row in rows) - whole.line.came if rows else 0,
    }


def _row(organization: Organization, line: Line, period: Period) -> Row:
    """Pages of deleted organisations do not exist; their people are found from the superior's."""
    if organization.deleted_at is not None:
        return Row(organization, line)
    roster = reverse("figures:roster", args=[organization.pk])
    return Row(
        organization,
        line,
        opening_url=f"{roster}?{urlencode({'on': period.day_before})}",
        closing_url=f"{roster}?{urlencode({'on': period.until})}",
        came_url=names_url(organization, period, IN),
        went_url=names_url(organization, period, OUT),
    )


def _by_act(organization: Organization, period: Period, kind: str, line: Line) -> list[tuple[str, int, str]]:
    """(act in words, how many, their names), in the order of the acts."""
    numbers = line.ins if kind == IN else line.outs
    known = [act for act in Act.values if numbers[act]]
    return [
        (ledger.label(act), numbers[act], names_url(organization, period, kind, act))
        for act in (*known, *sorted(numbers.keys() - set(Act.values)))
    ]


def names_url(organization: Organization, period: Period, kind: str, act: str = "") -> str:
    """The address of the names behind a number of the balance."""
    query = {"since": period.since, "until": period.until, "kind": kind, **({"act": act} if act else {})}
    return f"{reverse('figures:names', args=[organization.pk])}?{urlencode(query)}"
