"""What the page of a list shows, everything computed: cells, headings with their order, what may be done."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from orgs import invitations, post_rules
from orgs.scope import Scope
from zhtj.lib.paging import SIZES

from .. import access, placing_rules, queries
from ..models import SavedView
from . import saved, selection
from .asked import SORT, VIEW, Asked
from .columns import OVERAGE, STATE
from .reading import Listing
from .tables import Column, Line

TAIL_FROM, TAIL = 16, 8  # a 简称 of so many characters is cut too, its last ones stay
WIDE = 8  # more columns than this scroll sideways under a heading that stays


@dataclass(frozen=True)
class Cell:
    """One cell; `above` and `own` are the parts of an organisation's name that a narrow column cuts between,
    `overage` adds that badge."""

    column: Column
    text: str
    kind: str = ""
    above: str = ""
    own: str = ""
    overage: str = ""


@dataclass(frozen=True)
class Row:
    """A line with its cells; the name's cell leads to `url`."""

    line: Line
    url: str
    cells: list[Cell]


@dataclass(frozen=True)
class Head:
    """A heading; `url` orders by it, or goes back to the usual order."""

    column: Column
    url: str = ""
    current: bool = False


def rows(asked: Asked, lines: Iterable[Line]) -> list[Row]:
    """The rows of the page."""
    return [
        Row(each, address(asked, each), [_cell(one, each, asked.columns) for one in asked.columns])
        for each in lines
    ]


def address(asked: Asked, line: Line) -> str:
    """The page of a line."""
    return reverse(f"{asked.table.url_name}:detail", args=[line.pk])


def _cell(column: Column, line: Line, shown: Collection[Column]) -> Cell:
    text = column.text(line)
    kind = column.kind(line) if column.kind and text else ""
    if column.look == "place":
        return Cell(column, text, kind, *_cut(line))
    if column is STATE and OVERAGE not in shown:
        return Cell(column, text, kind, overage=OVERAGE.text(line))
    return Cell(column, text, kind)


def _cut(line: Line) -> tuple[str, str]:
    """What of the place may be cut, and its end, which stays: the 简称, or the last words of a long one."""
    above, own = queries.above(line.organization, line.root), line.organization.short_name
    return (above, own) if len(own) < TAIL_FROM else (above + own[:-TAIL], own[-TAIL:])


def heads(asked: Asked, *, sortable: bool) -> list[Head]:
    """The headings; while many match, only the list's own order is offered."""
    found = []
    for each in asked.columns:
        if not (sortable and each.sort in asked.table.sorts):
            found.append(Head(each))
            continue
        current, query = asked.sort == each.sort, asked.query.copy()
        query.pop(SORT, None)
        if not current:
            query[SORT] = each.sort
        found.append(Head(each, f"?{query.urlencode() or f'{VIEW}=0'}", current))
    return found


def context(request: HttpRequest, asked: Asked, found: Listing, views: list[SavedView]) -> dict:
    """Everything of the page but the acts."""
    scope = request.scope
    opened = next((each for each in views if str(each.pk) == request.GET.get(VIEW)), None)
    return {
        "table": asked.table,
        "asked": asked,
        "form": asked.form,
        "page": found.page,
        "rows": rows(asked, found.lines),
        "heads": heads(asked, sortable=found.sortable),
        "sizes": SIZES,
        "most": selection.MOST,
        "wide": len(asked.columns) > WIDE,
        "unit": f"{asked.table.unit}以上" if found.capped else asked.table.unit,
        "known": asked.table.columns_for(scope.root),
        "views": saved.shown(views, request.GET.get(VIEW, "")),
        "view": opened,
        "changed": opened and opened.query.get(saved.QUERY) != asked.query.urlencode(),
        "list_url": reverse(f"{asked.table.url_name}:list"),
    }


def member_acts(scope: Scope, asked: Asked) -> dict:
    """What may be done with the people of 团员列表."""
    place = asked.values.get("branch") or scope.root
    branch = place if place.is_branch else None
    enterable = queries.fills_a_branch(scope)
    vacant = branch if set(asked.values) == {"branch"} else None
    return {
        "vacant": vacant,  # nothing else is asked for: where nobody is found, nobody is there
        "fillable": vacant and access.may_enter(scope, vacant),
        "fill_url": vacant and f"{reverse('members:add')}?branch={vacant.pk}",
        "branch": branch,
        "place": place,
        "placeable": branch and placing_rules.may_place_from(scope, branch),
        "appointable": branch and post_rules.may_manage(scope, branch),
        "removal_url": _address("removal:new"),
        "enterable": enterable,
        "importable": enterable or scope.root.is_grassroots,
    }


def cadre_acts(scope: Scope, asked: Asked) -> dict:
    """What may be done in 团干部列表."""
    return {
        "may_add": post_rules.may_manage(scope, scope.root),
        "may_invite": invitations.may_invite(scope, scope.root),
    }


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
