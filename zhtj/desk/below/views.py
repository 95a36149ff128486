"""下级组织管理: the list, its export, whom to call, the search of the whole scope, and the tree."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from members.queries import cards_of
from orgs.guard import administrators_only
from orgs.models import Organization
from orgs.views import crumbs
from zhtj.lib.exports import download
from zhtj.lib.paging import page_of

from .. import queries
from ..forms import FilterForm
from . import branching, exporting, finding, ordering
from . import contacts as calling


def _root(request: HttpRequest) -> Organization:
    """The organisation acted for; a branch has nothing below it."""
    if request.scope.root.is_branch:
        raise Http404
    return request.scope.root


@require_safe
@administrators_only
def subordinates(request: HttpRequest) -> HttpResponse:
    """The direct subordinates with administrators, code, completeness and counts."""
    scope, root, form = request.scope, _root(request), FilterForm(request.GET)
    wanted, sort = form.wanted, request.GET.get("sort", "")
    found = queries.subordinates(root, wanted)
    by = ordering.SORTS.get(sort, ("pk",))
    listed = ordering.ordered(queries.counted(found), sort)
    page = page_of(listed, request.GET, by=by, total=found.count())
    context = {
        "form": form,
        "page": page,
        "rows": queries.rows(scope, page.rows, now=timezone.now()),
        "at": min((row.rolled_at for row in page.rows if row.rolled_at), default=None),
        "filtered": wanted != queries.Wanted(),
        "sort": sort if sort in ordering.SORTS else "",
        "crumbs": crumbs(root, scope, "下级组织管理"),
    }
    return render(request, "desk/subordinates.html", context)


@require_POST
@administrators_only
def export(request: HttpRequest) -> HttpResponse:
    """导出 what the list shows."""
    root, form = _root(request), FilterForm(request.POST)
    sort = request.POST.get("sort", "")
    raw = exporting.export(form.wanted, sort, actor=request.scope, now=timezone.now())
    return download(raw, f"下级组织（{root.short_name}）.xlsx")


@require_safe
@administrators_only
def contacts(request: HttpRequest) -> HttpResponse:
    """组织名片 of the direct subordinates, whole on one page for printing."""
    root = _root(request)
    found = calling.listed(root)
    page = page_of(found, request.GET, size=calling.PRINTED, total=found.count())
    context = {
        "organization": root,
        "page": page,
        "cards": cards_of(page.rows),
        "crumbs": crumbs(root, request.scope, "组织名片"),
    }
    return render(request, "desk/contacts.html", context)


@require_POST
@administrators_only
def contacts_export(request: HttpRequest) -> HttpResponse:
    """导出 the same."""
    root = _root(request)
    raw = calling.export(actor=request.scope, now=timezone.now())
    return download(raw, f"组织名片（{root.short_name}）.xlsx")


@require_safe
@administrators_only
def search(request: HttpRequest) -> HttpResponse:
    """在全部下级中查找: hits with their way down."""
    scope, root, form = request.scope, _root(request), FilterForm(request.GET)
    wanted = form.wanted
    found = finding.matches(scope, wanted.text, wanted.category)
    page = page_of(found, request.GET, by=("path",), total=found.count())
    context = {
        "form": form,
        "text": wanted.text,
        "page": page,
        "rows": finding.rows(scope, page.rows, wanted.text),
        "crumbs": crumbs(root, scope, "查找组织"),
    }
    return render(request, "desk/search.html", context)


@require_safe
@administrators_only
def tree(request: HttpRequest) -> HttpResponse:
    """组织树: opened at one organisation; without JavaScript each level is a page."""
    scope, root = request.scope, _root(request)
    asked = request.GET.get("at", "")
    at = _node(request, int(asked)) if asked.isdecimal() else root
    context = {
        "trail": branching.trail(scope, at),
        "level": branching.level(at, after=_after(request)),
        "beginning": not _after(request),
        "crumbs": crumbs(root, scope, "组织树"),
    }
    return render(request, "desk/tree.html", context)


@require_safe
@administrators_only
def tree_level(request: HttpRequest, pk: int) -> HttpResponse:
    """One level as a piece of the tree."""
    return render(
        request,
        "desk/_tree_level.html",
        {"level": branching.level(_node(request, pk), after=_after(request))},
    )


def _node(request: HttpRequest, pk: int) -> Organization:
    return get_object_or_404(Organization.objects.within(request.scope), pk=pk)


def _after(request: HttpRequest) -> int:
    asked = request.GET.get("after", "")
    return int(asked) if asked.isdecimal() and len(asked) < 19 else 0
