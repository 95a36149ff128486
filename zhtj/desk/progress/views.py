"""录入进度: the table of direct subordinates, its export, and the lists of organisations and people behind it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from members.figures import rollups
from orgs import queries as tree
from orgs.guard import administrators_only
from orgs.models import Organization
from orgs.views import within
from zhtj.lib.exports import download
from zhtj.lib.paging import page_of, page_of_list

from . import exporting, lacking, rows
from .rows import Row

SIZE = 50


def _asked(request: HttpRequest, pk: int | None) -> Organization:
    return within(request, request.scope.root.pk if pk is None else pk)


def _crumbs(request: HttpRequest, organization: Organization, last: str) -> list[tuple[str, str]]:
    covers = request.scope.covers
    steps = [
        (each.short_name, reverse("progress:show", args=[each.pk]) if covers(each) else "")
        for each in tree.path_of(organization)
    ]
    return [*steps, (last, "")]


def _read(organization: Organization, sort: str, now) -> tuple[Row, list[Row], rollups.Figures]:
    """The whole, the direct subordinates in order, and where the figures come from."""
    children = [] if organization.is_branch else list(tree.children(organization))
    found = rollups.figures(organization, children, now=now)
    below = [Row.of(each, found.counts[each.pk]) for each in children]
    return Row.of(organization, found.counts[organization.pk]), rows.ordered(below, sort), found


@require_safe
@administrators_only
def show(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """How far each direct subordinate is, with everything below it."""
    organization, sort, now = _asked(request, pk), request.GET.get("sort", ""), timezone.now()
    whole, below, found = _read(organization, sort, now)
    page = page_of_list(below, request.GET, key=lambda row: row.organization.pk, size=SIZE)
    context = {
        "organization": organization,
        "whole": whole,
        "page": page,
        "sort": sort if sort in rows.SORTS else "",
        "at": found.at,
        "may_ask": rollups.may_ask(found.at, now=now),
        "crumbs": _crumbs(request, organization, "录入进度"),
    }
    return render(request, "progress/show.html", context)


@require_POST
@administrators_only
def excel(request: HttpRequest, pk: int) -> HttpResponse:
    """The table as a workbook."""
    organization, now = within(request, pk), timezone.now()
    whole, below, found = _read(organization, request.POST.get("sort", ""), now)
    raw = exporting.export(organization, [whole, *below], at=found.at, actor=request.scope, now=now)
    return download(raw, f"录入进度（{organization.short_name}）.xlsx")


@require_safe
@administrators_only
def organizations(request: HttpRequest, pk: int) -> HttpResponse:
    """The organisations that lack information, or whose people are not all entered, and what is missing."""
    organization = within(request, pk)
    what = lacking.ENTRY if request.GET.get("lacking") == lacking.ENTRY else lacking.INFORMATION
    found = lacking.sites(organization, what)
    page = page_of(found, request.GET, by=("path",), total=found.count())
    context = {
        "organization": organization,
        "entry": what == lacking.ENTRY,
        "page": page,
        "sites": lacking.of_sites(request.scope, page.rows, what),
        "crumbs": _crumbs(request, organization, "未完成的组织"),
    }
    return render(request, "progress/organizations.html", context)


@require_safe
@administrators_only
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """The members or cadres whose required fields are missing, and which."""
    organization = within(request, pk)
    who = lacking.CADRES if request.GET.get("who") == lacking.CADRES else lacking.MEMBERS
    found = lacking.people(organization, who)
    page = page_of(found, request.GET, by=("order", "pk"), total=found.count())
    context = {
        "organization": organization,
        "cadres": who == lacking.CADRES,
        "page": page,
        "people": lacking.of_people(request.scope, page.rows, who),
        "nobody": not page.rows and not lacking.anybody(organization, who),
        "crumbs": _crumbs(request, organization, "资料不完整的人"),
    }
    return render(request, "progress/people.html", context)
