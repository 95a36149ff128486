"""What the pages of 新生接收台 share: the figures at the top, the tabs, the lines of each list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts import names
from accounts.models import Account
from members.documents import receiving
from members.models import Member, Paper, PaperKind
from orgs.models import Organization
from orgs.scope import Scope
from zhtj.lib.paging import Page

from ..bulk import deciding
from ..enums import State
from ..models import Admission, Transfer
from ..papers import Cell, cells
from . import admissions, people
from .people import Desk

SIZE = 50
TABS = (
    ("show", "待同意转入"),
    ("assign", "待分配班级"),
    ("papers", "材料核对"),
    ("roll", "名单对账"),
)


@dataclass(frozen=True)
class Head:
    """The organisation, its branches, the list of those admitted, and what stands above every tab."""

    at: Desk
    admission: Admission | None
    tiles: list[dict[str, Any]]
    tabs: list[dict[str, Any]]


def head(organization: Organization, tab: str, scope: Scope) -> Head:
    """Everything above the list of a tab."""
    at, admission = people.desk(organization), admissions.of(organization)
    counts = {
        "show": people.waiting(at, scope).count(),
        "assign": people.assignable_cases(at, scope).count() + people.assignable_members(at, scope).count(),
    }
    tabs = [
        {
            "label": label,
            "url": reverse(f"freshmen:{name}", args=[organization.pk]),
            "count": counts.get(name, 0),
            "current": name == tab,
        }
        for name, label in TABS
    ]
    return Head(at, admission, _tiles(organization, at, admission), tabs)


def _tiles(organization: Organization, at: Desk, admission: Admission | None) -> list[dict[str, Any]]:
    admitted = admission.line_count if admission else None
    found = people.figures(at, today=timezone.localdate(), admitted=admitted)
    roll = reverse("freshmen:roll", args=[organization.pk])
    first = {"label": "录取名单", "value": admitted or 0, "url": roll}
    first["note"] = "" if admission else "还没有名单"
    return [
        first,
        {"label": "办理中", "value": found.coming, "note": "转接还没有完成"},
        {"label": "已接收", "value": found.received, "note": "团籍已到本组织"},
        {"label": "已分配班级", "value": found.assigned, "note": f"共 {len(at.classes)} 个班级团支部"},
        {
            "label": "材料齐全",
            "value": found.complete,
            "url": reverse("freshmen:papers", args=[organization.pk]) + "?state=complete",
        },
    ]


@dataclass(frozen=True)
class Coming:
    """A case that waits for 同意转入."""

    case: Transfer
    token: str
    there: int
    of: int = len(PaperKind)


def coming(found: Iterable[Transfer]) -> list[Coming]:
    """The lines of a page; one query for the papers."""
    cases = list(found)
    there: dict[int, int] = {}
    for paper in Paper.objects.filter(account__in=[each.account_id for each in cases]):
        there[paper.account_id] = there.get(paper.account_id, 0) + bool(
            receiving.word_of(paper) in ("arrived", "certified")
        )
    return [Coming(each, deciding.token(each), there.get(each.account_id, 0)) for each in cases]


@dataclass(frozen=True)
class Sheet:
    """One person's line of the tick sheet."""

    account: Account
    place: str
    url: str
    cells: list[Cell]


def sheet_of(at: Desk, asked: Mapping[str, str], *, now: datetime) -> QuerySet[Member] | QuerySet[Transfer]:
    """Whose papers are shown: newcomers here, or the people of open cases; narrowed by state and name."""
    found: Any
    if asked.get("who") == "coming":
        found = people.coming(at).filter(state__in=(State.IN, State.ASSIGN))
    else:
        found = people.newcomers(at, today=timezone.localdate(now)).select_related("account", "branch")
        found = found.filter(branch__in=[each.pk for each in (*at.temporary, *at.classes)])
    if name := names.normalise(asked.get("name", "")):
        found = found.filter(account__name__startswith=name)
    if asked.get("state") in ("lacking", "complete"):
        whole = Q(papers=len(PaperKind))
        found = found.annotate(papers=people.arrived_papers())
        found = found.filter(whole if asked["state"] == "complete" else ~whole)
    return found


def sheets(rows: Iterable[Member | Transfer], *, said: Iterable[str] = ()) -> list[Sheet]:
    """The lines of a page of the sheet, with what was `said` in a form not yet taken; one query for all papers."""
    sent = set(said) - {""}
    found = list(rows)
    known: dict[int, list[Paper]] = {}
    for paper in Paper.objects.filter(account__in=[each.account_id for each in found]):
        known.setdefault(paper.account_id, []).append(paper)
    return [_sheet(each, known.get(each.account_id, []), sent) for each in found]


def _as_said(cell: Cell, sent: set[str]) -> Cell:
    if sent.isdisjoint(value for value, _, _ in cell.choices):
        return cell
    return replace(cell, choices=[(value, label, value in sent) for value, label, _ in cell.choices])


def _sheet(row: Member | Transfer, known: list[Paper], sent: set[str]) -> Sheet:
    shown = [_as_said(each, sent) for each in cells(row.account_id, known)]
    if isinstance(row, Transfer):
        url = reverse("transfers:detail", args=[row.pk])
        return Sheet(row.account, row.get_state_display(), url, shown)
    return Sheet(row.account, row.branch.short_name, reverse("documents:detail", args=[row.pk]), shown)


def page_of_rows(rows: list[Any], asked: Mapping[str, str], size: int = 100) -> Page:
    """One page of rows that are all at hand; `after` and `before` are places in them."""
    before, after = _place(asked.get("before", "")), _place(asked.get("after", ""))
    start = max(0, before - size) if before else after
    start = start if start < len(rows) else 0
    following = start + size if start + size < len(rows) else None
    return Page(
        rows=rows[start : start + size],
        size=size,
        total=len(rows),
        previous=str(start) if start else None,
        next=str(following) if following else None,
    )


def _place(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 8 else 0
