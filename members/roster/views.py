"""导入名单: template, upload, the page of one import through all its states, its acts, and the history."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from orgs.guard import administrators_only
from orgs.models import Organization
from zhtj.lib.paging import page_of
from zhtj.lib.verdict import Refused

from ..models import BatchState, ImportBatch, Template
from . import batch as batches
from . import check, kinds, lines, mapping_views, pages, queries, report, template, ticks, undo_views
from .forms import UploadForm

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def batch_of(request: HttpRequest, pk: int) -> ImportBatch:
    """The import, if it is seen from here; everything else looks as if it did not exist."""
    return get_object_or_404(queries.visible(request.scope), pk=pk)


def _template(request: HttpRequest) -> str:
    """Which kind of roster: of members, or of the organisation's own cadres."""
    asked = request.POST.get("template") or request.GET.get("template")
    return Template.CADRES if asked == Template.CADRES else Template.MEMBERS


def _target(request: HttpRequest) -> Organization:
    """Where to import: the organisation asked for, or the one acted for."""
    asked = request.POST.get("org") or request.GET.get("org") or ""
    pk = int(asked) if asked.isdecimal() and len(asked) < 19 else request.scope.root.pk
    found = Organization.objects.within(request.scope).select_related("parent")
    target = get_object_or_404(found, pk=pk)
    kinds.kind_of(_template(request)).may_import(request.scope, target).demand()
    return target


def _download(raw: bytes, name: str) -> HttpResponse:
    disposition = content_disposition_header(True, name)
    return HttpResponse(raw, content_type=XLSX, headers={"Content-Disposition": disposition})


# -- history, template, upload ----------------------------------------------------------------------


@require_safe
@administrators_only
def index(request: HttpRequest) -> HttpResponse:
    """The imports of the organisation acted for, newest first."""
    found = queries.visible(request.scope)
    page = page_of(queries.newest_first(found), request.GET, by=("newest",), total=found.count())
    context = {
        "page": page,
        "rows": [(each, *pages.standing(each)) for each in page.rows],
        "may_import": check.may_import(request.scope, request.scope.root),
    }
    return render(request, "imports/list.html", context)


@require_safe
@administrators_only
def roster_template(request: HttpRequest) -> HttpResponse:
    """The template for the target: a branch's, a committee's, or the one of its own cadres."""
    target = _target(request)
    if _template(request) == Template.CADRES:
        return _download(template.build_cadres(target), template.cadres_file_name(target))
    return _download(template.build(target), template.file_name(target))


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def new(request: HttpRequest) -> HttpResponse:
    """Choose a file; it is checked in the background, nothing is written to anybody."""
    target, kind = _target(request), _template(request)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch = batches.upload(target, file.name, file.read(), actor=request.scope, template=kind)
        except Refused as refusal:
            form.refuse(refusal.verdict)
        else:
            return redirect("imports:detail", pk=batch.pk)
    context = {
        "form": form,
        "target": target,
        "kind": kind,
        "cadres": kind == Template.CADRES,
        "crumbs": [("导入名单", reverse("imports:list")), (target.short_name, "")],
    }
    return render(request, "imports/new.html", context, status=422 if form.errors else 200)


# -- one import -------------------------------------------------------------------------------------


@require_safe
@administrators_only
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One address through all states: progress, columns, plan, result, or what was wrong with the file."""
    batch = batch_of(request, pk)
    context = {
        "batch": batch,
        "standing": pages.standing(batch),
        "may_import": kinds.may_import(request.scope, batch),
        "crumbs": [("导入名单", reverse("imports:list")), (batch.organization.short_name, "")],
    }
    if batch.state in batches.WORKING:
        return _working(request, batch, context)
    if batch.state == BatchState.UNDONE:
        return redirect("imports:undone", pk=pk)
    if batch.state == BatchState.MAPPING:
        return render(request, "imports/mapping.html", mapping_views.context_of(request, batch))
    if batch.state in (BatchState.REJECTED, BatchState.ABANDONED):
        return render(request, "imports/closed.html", {**context, "message": lines.split(batch.message)})
    return _rows_page(request, batch, context | rows_context(request, batch))


def _working(request: HttpRequest, batch: ImportBatch, context: dict) -> HttpResponse:
    batches.nudge(batch)
    may_cancel = not batch.cancel_asked_at and batches.may_cancel(request.scope, batch)
    context |= {"progress": pages.progress(batch, now=timezone.now()), "may_cancel": may_cancel}
    return render(request, "imports/working.html", context)


def _rows_page(request: HttpRequest, batch: ImportBatch, context: dict) -> HttpResponse:
    if batch.state == BatchState.DONE:
        result = pages.result(batch)
        said = undo_views.with_way_back(request.scope, batch, result.words)
        context |= {"result": result, "said": said}
        return render(request, "imports/done.html", context)
    return render(request, "imports/plan.html", context | decision(request, batch))


def rows_context(request: HttpRequest, batch: ImportBatch) -> dict:
    """The rows of the chosen tile, a page of them, and what stands around them."""
    show = pages.chosen_view(batch, request.GET.get("show", ""))
    after, before = (row_number(request.GET.get(name, "")) for name in ("after", "before"))
    page = queries.rows_page(batch, show, after=after, before=before)
    found = lines.lines(batch, page.rows, request.scope, show)
    asked = row_number(request.GET.get("at", ""))
    return around(request, batch, show) | {
        "page": page,
        "lines": found,
        "ways": lines.ways(batch, show),
        "focus": asked if any(line.number == asked for line in found) else 0,
        "noted": any(line.note for line in found),
        "kept": page.total or batch.rows.exists() or not batch.counts.get("total"),
    }


def around(request: HttpRequest, batch: ImportBatch, show: str) -> dict:
    """Tiles, columns with the words they take, and what may be downloaded."""
    places = batch.layout.get("columns", {})
    return {
        "show": show,
        "tiles": pages.tiles(batch, show),
        "columns": lines.shown_columns(batch, show),
        "choices": {places[name]: words for name, words in template.choices(batch).items() if name in places},
        "may_return": report.may_return(request.scope, batch),
    }


def row_number(text: str) -> int:
    """A row as an address or a form names it; 0 for none."""
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def decision(request: HttpRequest, batch: ImportBatch) -> dict:
    """The button and what it announces, for whoever may press it."""
    return {
        "button": pages.button(batch),
        "may_decide": ticks.may_decide(request.scope, batch),
        "earlier": pages.earlier(batch),
        "read_as": pages.read_as(batch),
    }


@require_safe
@administrators_only
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The bar again, or word that the page has something new to show."""
    batch = batch_of(request, pk)
    if batch.state not in batches.WORKING:
        return HttpResponse(status=200, headers={"HX-Refresh": "true"})
    batches.nudge(batch)
    return render(request, "imports/_progress.html", {"progress": pages.progress(batch, now=timezone.now())})


@require_POST
@administrators_only
def errors(request: HttpRequest, pk: int) -> HttpResponse:
    """下载错误名单; the handing out is on record."""
    batch = batch_of(request, pk)
    return _download(report.returned(batch, actor=request.scope), report.file_name(batch))
