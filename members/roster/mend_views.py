"""Rows of a waiting plan put right: on the spot, on a page of their own, or all with the same wrong name."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from orgs.guard import administrators_only
from zhtj.lib import notices
from zhtj.lib.verdict import Refused

from ..models import BatchState, ImportBatch, RowVerdict
from . import kinds, lines, mend, plan, queries
from .forms import row_form
from .plan import PlanRow
from .views import around, batch_of, decision, row_number


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def fix(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The cells of one row to correct; read and checked again at once."""
    batch = batch_of(request, pk)
    if batch.state != BatchState.PLANNED:  # decided meanwhile: the page says how it stands
        return _moved_on(request, batch)
    row = plan.shown(batch, get_object_or_404(batch.rows, number=number))
    mend.may_fix(request.scope, batch, row).demand()
    form, unplaced = row_form(batch, row, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        fixed = mend.fix(batch, number, cells=form.cells(), actor=request.scope)
        return _fixed(request, batch, row, fixed)
    context = {
        "batch": batch,
        "row": row,
        "form": form,
        "unplaced": unplaced,
        "back": _row_page(batch, row.verdict, row.number),
        "crumbs": [
            ("导入名单", reverse("imports:list")),
            (batch.file_name, _row_page(batch, row.verdict, row.number)),
        ],
    }
    return render(request, "imports/fix.html", context, status=422 if request.method == "POST" else 200)


def _moved_on(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    kinds.may_import(request.scope, batch).demand()
    if request.htmx:
        return HttpResponse(headers={"HX-Refresh": "true"})
    notices.warn(request, "这次导入已经确认或放弃，这一行没有修改。")
    return redirect("imports:detail", pk=batch.pk)


def _fixed(request: HttpRequest, batch: ImportBatch, before: PlanRow, row: PlanRow) -> HttpResponse:
    """A script gets the row, the tiles and the button; a form the page where the next row in trouble stands."""
    if request.htmx:
        context = {**around(request, batch, before.verdict), **decision(request, batch), "kept": True}
        line = lines.mended(batch, row, request.scope, before.verdict)
        return render(request, "imports/_mended.html", {**context, "batch": batch, "line": line})
    word = RowVerdict(row.verdict).label
    if row.verdict in mend.MENDABLE:
        notices.warn(request, f"第 {row.number} 行已保存，核对结果是“{word}”，原因写在这一行。")
        return redirect(_row_page(batch, row.verdict, row.number))
    seen = (f"查看第 {row.number} 行", _row_page(batch, row.verdict, row.number))
    notices.success(request, f"第 {row.number} 行已改正，核对结果是“{word}”。", seen)
    after = queries.next_in(batch, before.verdict, row.number)
    return redirect(_row_page(batch, before.verdict, after) if after else seen[1])


def _row_page(batch: ImportBatch, verdict: str, number: int) -> str:
    """The page of the plan where a row of this kind stands, ready to be put right."""
    after = queries.place_in(batch, verdict, number)
    position = f"&after={after}" if after else ""
    page = reverse("imports:detail", args=[batch.pk])
    return f"{page}?show={verdict}{position}&at={number}#row-{number}"


@require_POST
@administrators_only
def rename(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Take one of the nearest names for every row with the same wrong one."""
    batch = batch_of(request, pk)
    row = plan.shown(batch, get_object_or_404(batch.rows, number=number))
    asked = row_number(request.POST.get("org", ""))
    try:
        findings = mend.take_name(batch, number, organization=asked, actor=request.scope)
    except Refused as refusal:
        notices.refuse(request, refusal.verdict.message)
        return redirect(_row_page(batch, row.verdict, row.number))
    left = sum(finding.verdict in mend.MENDABLE for finding in findings)
    rest = f"，其中 {left} 行还有其他问题，原因见各行" if left else "，都没有错误了"
    notices.success(request, f"{len(findings)} 行的所在团支部已改正{rest}。")
    return redirect(
        _row_page(batch, row.verdict, row.number)
        if batch.counts.get(row.verdict)
        else reverse("imports:detail", args=[pk])
    )
