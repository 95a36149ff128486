"""What is decided about a plan: which updates, that it runs, that it stops or is given up."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from orgs.guard import administrators_only
from zhtj.lib import notices
from zhtj.lib.verdict import Refused

from ..models import BatchState, ImportBatch, RowVerdict
from . import batch as batches
from . import kinds, pages, ticks
from .views import batch_of, decision, row_number

ASK_AGAIN = ("announced", "brake", "nothing", "moved_on")  # refusals that the page of the plan explains


@require_POST
@administrators_only
def tick(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep which updates are chosen; a script gets the new button, a form the page it came from."""
    batch = batch_of(request, pk)
    if request.POST.get("all") in ("0", "1"):
        ticks.choose_all(batch, request.POST["all"] == "1", actor=request.scope)
    else:
        _choose(request, batch)
    if request.htmx:
        context = {"batch": batch, "show": RowVerdict.UPDATE, **decision(request, batch)}
        return render(request, "imports/_confirm.html", context)
    return redirect(_updates_page(batch, request.POST.get("after", "")))


def _choose(request: HttpRequest, batch: ImportBatch) -> None:
    shown, ticked = ({row_number(each) for each in request.POST.getlist(name)} for name in ("shown", "row"))
    ticks.choose(batch, shown=shown, ticked=ticked, actor=request.scope)


def _updates_page(batch: ImportBatch, after: str = "") -> str:
    position = f"&after={row_number(after)}" if row_number(after) else ""
    return f"{reverse('imports:detail', args=[batch.pk])}?show={RowVerdict.UPDATE}{position}"


@require_POST
@administrators_only
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the plan run, if it still does what the button said."""
    batch = batch_of(request, pk)
    if batch.state != BatchState.PLANNED:  # pressed twice, or by two people: the page says how it stands
        return redirect("imports:detail", pk=pk)
    if "shown" in request.POST:
        _choose(request, batch)
    now = pages.button(batch)
    if request.POST.get("announced") != str(now.people):
        notices.warn(request, f"选择已经保存，还没有导入。现在将{now.words}，请再次确认。")
        return redirect(_updates_page(batch))
    try:
        acknowledged = request.POST.get("acknowledged") == "1"
        batches.confirm(batch, actor=request.scope, acknowledged=acknowledged, announced=now.people)
    except Refused as refusal:
        if refusal.verdict.cause not in ASK_AGAIN:
            raise
        notices.warn(request, refusal.verdict.message)
    return redirect("imports:detail", pk=pk)


@require_POST
@administrators_only
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop what is being done; nothing has been written."""
    batch = batch_of(request, pk)
    kinds.may_import(request.scope, batch).demand()
    try:
        batches.cancel(batch, actor=request.scope)
    except Refused as refusal:
        notices.warn(request, refusal.verdict.message)
    else:
        running = batch.state == BatchState.RUNNING
        said = "已要求取消，停下之前不会写入任何数据。" if running else "已取消，没有写入任何数据。"
        notices.success(request, said)
    return redirect("imports:detail", pk=pk)


@require_POST
@administrators_only
def abandon(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the plan up; nothing has been written."""
    batch = batch_of(request, pk)
    kinds.may_import(request.scope, batch).demand()
    batches.abandon(batch, actor=request.scope)
    again = f"{reverse('imports:new')}?org={batch.organization_id}&template={batch.template}"
    notices.success(request, "已放弃这次导入，没有写入任何数据。", ("重新上传", again))
    return redirect("imports:list")
