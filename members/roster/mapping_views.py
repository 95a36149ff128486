"""Columns mapped by hand, and the headers that an organisation has taught the import."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from orgs.guard import administrators_only
from orgs.models import Organization
from zhtj.lib import notices
from zhtj.lib.verdict import Refused

from ..models import BatchState, HeaderName, ImportBatch
from . import headers, kinds, mapping, pages, queries
from .mapping_form import MappingForm


def context_of(request: HttpRequest, batch: ImportBatch, form: MappingForm | None = None) -> dict:
    """What the page of an import that waits for its columns shows."""
    return {
        "batch": batch,
        "standing": pages.standing(batch),
        "form": form or MappingForm(batch, request.scope),
        "may_import": kinds.may_import(request.scope, batch),
        "may_choose": mapping.may_choose(request.scope, batch),
        "required": mapping.required(batch),
        "crumbs": [("导入名单", reverse("imports:list")), (batch.organization.short_name, "")],
    }


@require_POST
@administrators_only
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the columns as chosen; the file is checked at once."""
    batch = get_object_or_404(queries.visible(request.scope), pk=pk)
    if batch.state != BatchState.MAPPING:  # sent twice, or by two people: the page says how it stands
        kinds.may_import(request.scope, batch).demand()
        return redirect("imports:detail", pk=pk)
    form = MappingForm(batch, request.scope, request.POST)
    if form.is_valid():
        mapping.choose(batch, columns=form.columns(), actor=request.scope)
        return redirect("imports:detail", pk=pk)
    return render(request, "imports/mapping.html", context_of(request, batch, form), status=422)


def _organization(request: HttpRequest) -> Organization:
    """Whose headers: the organisation asked for, or the one acted for."""
    asked = request.POST.get("org") or request.GET.get("org") or ""
    pk = int(asked) if asked.isdecimal() and len(asked) < 19 else request.scope.root.pk
    found = get_object_or_404(Organization.objects.within(request.scope).select_related("parent"), pk=pk)
    mapping.may_forget(request.scope, found).demand()
    return found


def _page_of(organization: Organization) -> str:
    return f"{reverse('imports:headers')}?org={organization.pk}"


@require_http_methods(["GET", "HEAD"])
@administrators_only
def remembered(request: HttpRequest) -> HttpResponse:
    """What the organisation calls its columns, to change and to forget."""
    organization = _organization(request)
    context = {
        "organization": organization,
        "names": HeaderName.objects.filter(organization=organization).order_by("header"),
        "columns": headers.COLUMNS,
        "crumbs": [("导入名单", reverse("imports:list")), (organization.short_name, "")],
    }
    return render(request, "imports/headers.html", context)


@require_POST
@administrators_only
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Read one header as another column from the next file on."""
    name = get_object_or_404(HeaderName.objects.filter(request.scope.q("organization__path")), pk=pk)
    try:
        mapping.change(name, request.POST.get("column", ""), actor=request.scope)
    except Refused as refusal:
        if not mapping.may_forget(request.scope, name.organization):
            raise
        notices.refuse(request, refusal.verdict.message)
    else:
        notices.success(request, f"“{name.header}”的对应已保存，下次上传时使用。")
    return redirect(_page_of(name.organization))


@require_POST
@administrators_only
def forget(request: HttpRequest) -> HttpResponse:
    """Forget one header, or all of them."""
    organization = _organization(request)
    asked = request.POST.get("header", "")
    one = int(asked) if asked.isdecimal() and len(asked) < 19 else None
    count = mapping.forget(organization, header=one, actor=request.scope)
    notices.success(request, f"已忘记 {count} 个表头的对应，以后的名单按通用的列名读取。")
    return redirect(_page_of(organization))
