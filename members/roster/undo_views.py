"""撤销导入 in the pages: what it will do, the act, and what stayed with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from orgs.guard import administrators_only
from orgs.scope import Scope
from zhtj.lib import exports, notices
from zhtj.lib.writing import dt

from ..models import BatchState, ImportBatch
from . import kinds, pages, queries, undo, undo_pages


def _batch(request: HttpRequest, pk: int) -> ImportBatch:
    return get_object_or_404(queries.visible(request.scope), pk=pk)


def with_way_back(scope: Scope, batch: ImportBatch, words: str) -> str:
    """What an import has done, and behind it the way back while there is one."""
    if not undo.may_undo(scope, batch):
        return words
    way_back = ("撤销这次导入", reverse("imports:undo", args=[batch.pk]))
    return notices.with_links(f"{words}{dt(undo.until(batch))} 前可以", (way_back,))


def _context(batch: ImportBatch, *crumb: str) -> dict[str, Any]:
    return {
        "batch": batch,
        "standing": pages.standing(batch),
        "crumbs": [("导入名单", reverse("imports:list")), crumb],
    }


def _stayed(request: HttpRequest, batch: ImportBatch, reasons: Mapping[int, str]) -> dict[str, Any]:
    """The page of rows that stay, those of one reason or all."""
    why = request.GET.get("why", "")
    found = undo_pages.of_group(reasons, why)
    page = undo_pages.page_of(found, request.GET)
    return {
        "groups": undo_pages.groups(reasons, why),
        "page": page,
        "lines": undo_pages.lines(batch, page.rows, found, request.scope),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """What an undo would do now, in numbers, and the rows that will stay; sent, the worker does it."""
    batch = _batch(request, pk)
    if batch.state in (BatchState.UNDOING, BatchState.UNDONE):
        return redirect("imports:detail", pk=pk)
    undo.may_undo(request.scope, batch).demand()
    if request.method == "POST":
        undo.undo(batch, actor=request.scope)
        return redirect("imports:detail", pk=pk)
    context = _context(batch, batch.file_name, reverse("imports:detail", args=[pk]))
    if undo.may_rehearse(batch):
        rehearsal = undo.rehearse(batch, actor=request.scope)
        context |= _stayed(request, batch, rehearsal.reasons) | undo_pages.announced(rehearsal)
    else:
        context |= undo_pages.UNREHEARSED
    return render(request, "imports/undo.html", context)


@require_safe
@administrators_only
def undone(request: HttpRequest, pk: int) -> HttpResponse:
    """What has gone back, and what stayed with the reason."""
    batch = _batch(request, pk)
    if batch.state != BatchState.UNDONE:
        return redirect("imports:detail", pk=pk)
    context = _context(batch, batch.organization.short_name, "") | _stayed(request, batch, undo.kept(batch))
    context |= {
        "said": undo_pages.said(batch),
        "may_import": kinds.may_import(request.scope, batch),
        "rows_kept": batch.rows.exists(),
    }
    return render(request, "imports/undone.html", context)


@require_POST
@administrators_only
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows that stayed, with their reasons, numbers masked; the handing out is on record."""
    batch = _batch(request, pk)
    kinds.may_import(request.scope, batch).demand()
    raw = undo_pages.export(batch, actor=request.scope, now=timezone.now())
    return exports.download(raw, undo_pages.file_name(batch))
