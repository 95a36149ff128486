"""操作记录 of an organisation and of a person, for administrators; 谁看过我的信息 for everybody."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Account
from members.queries import people_within
from orgs.guard import administrators_only
from orgs.views import crumbs, within
from zhtj.audit.models import AuditEntry
from zhtj.lib import exports
from zhtj.lib.paging import page_of

from . import queries
from .exporting import export
from .forms import FilterForm


@require_safe
@administrators_only
def own(request: HttpRequest) -> HttpResponse:
    """The own organisation's record."""
    return organization(request, request.scope.root.pk)


@require_safe
@administrators_only
def organization(request: HttpRequest, pk: int) -> HttpResponse:
    """What was done to one organisation of the scope, and in its name."""
    shown, form = within(request, pk), FilterForm(request.GET)
    found = queries.of_organization(shown, form.wanted)
    context = {
        "lead": shown.full_name,
        "reach": not shown.is_branch,
        "here": reverse("audit:organization", args=[pk]),
        "excel": reverse("audit:organization_excel", args=[pk]),
        "crumbs": crumbs(shown, request.scope, "操作记录"),
    }
    return _listing(request, found, form, context)


@require_safe
@administrators_only
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """What was done to one person, as far as the scope goes."""
    account, form = _person(request, pk), FilterForm(request.GET)
    context = {
        "lead": account.name,
        "here": reverse("audit:person", args=[pk]),
        "excel": reverse("audit:person_excel", args=[pk]),
        "crumbs": [],
    }
    return _listing(request, queries.of_person(request.scope, account, form.wanted), form, context)


def _person(request: HttpRequest, pk: int) -> Account:
    return get_object_or_404(people_within(request.scope), pk=pk)


def _listing(
    request: HttpRequest, found: QuerySet[AuditEntry], form: FilterForm, context: dict
) -> HttpResponse:
    page = page_of(found, request.GET, by=("newest",))
    context |= {
        "form": form,
        "page": page,
        "lines": list(queries.lines(page.rows, seat=request.scope.root.pk)),
        "filtered": form.wanted != queries.Wanted(),
    }
    return render(request, "audit/list.html", context)


def _download(raw: bytes, name: str) -> HttpResponse:
    return exports.download(raw, f"{name}（{timezone.localdate():%Y-%m-%d}）.xlsx")


@require_POST
@administrators_only
def organization_excel(request: HttpRequest, pk: int) -> HttpResponse:
    """The same rows as a workbook."""
    shown, form = within(request, pk), FilterForm(request.POST)
    found = queries.of_organization(shown, form.wanted).order_by("-pk")
    root = request.scope.root
    return _download(export(found, actor=request.scope, seat=root.pk, organization=shown), "操作记录")


@require_POST
@administrators_only
def person_excel(request: HttpRequest, pk: int) -> HttpResponse:
    """The same rows as a workbook."""
    account, form = _person(request, pk), FilterForm(request.POST)
    found = queries.of_person(request.scope, account, form.wanted).order_by("-pk")
    raw = export(
        found,
        actor=request.scope,
        seat=request.scope.root.pk,
        organization=request.scope.root,
        account=account,
    )
    return _download(raw, "人员操作记录")


@require_safe
def seen(request: HttpRequest) -> HttpResponse:
    """谁看过我的信息: what others did to the person's own data."""
    page = page_of(queries.of_myself(request.user), request.GET, by=("newest",))
    context = {"page": page, "lines": list(queries.lines(page.rows))}
    return render(request, "me/seen.html", context)


@require_POST
def seen_excel(request: HttpRequest) -> HttpResponse:
    """The same rows as a workbook."""
    found = queries.of_myself(request.user).order_by("-pk")
    return _download(export(found, actor=request.scope, account=request.user), "谁看过我的信息")
