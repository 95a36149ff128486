"""From the plan of a roster: 办理转入 for one of its 需转接 rows or for all of them (§5)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from members.models import ImportBatch
from members.roster import kinds, queries
from orgs.guard import administrators_only
from zhtj.lib import notices

from . import from_import
from .forms import WishForm
from .from_import import Row


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom it is about and why not whom, the reason, and one button for all who can."""
    batch = get_object_or_404(queries.visible(request.scope), pk=pk)
    kinds.may_import(request.scope, batch).demand()
    only = (
        [int(request.GET["row"])]
        if request.GET.get("row", "").isdecimal() and len(request.GET["row"]) < 9
        else []
    )
    rows = from_import.rows(batch, scope=request.scope, only=only)
    form = WishForm(request.POST if request.method == "POST" else None, target=batch.organization)
    ready = [each for each in rows if each.verdict][: from_import.MOST]
    if request.method == "POST" and form.is_valid() and ready:
        return _begin(request, batch, [each.number for each in ready], form)
    context = {
        "batch": batch,
        "form": form,
        "ready": ready,
        "left": [each for each in rows if not each.verdict],
        "at_once": sum(each.at_once for each in ready),
        "back": plan_of(batch),
        "crumbs": [
            ("导入名单", reverse("imports:list")),
            (batch.organization.short_name, plan_of(batch)),
            ("办理转入", ""),
        ],
    }
    return render(request, "transfers/from_import.html", context, status=422 if form.errors else 200)


def plan_of(batch: ImportBatch) -> str:
    """The page of the 需转接 rows."""
    return f"{reverse('imports:detail', args=[batch.pk])}?show=move"


def _begin(request: HttpRequest, batch: ImportBatch, numbers: list[int], form: WishForm) -> HttpResponse:
    begun, left = from_import.begin(batch, numbers, form.wish, actor=request.scope)
    done = sum(not each.is_open for each in begun)
    said = f"已为{len(begun)}人办理转入" + (f"，其中{done}人已转入" if done else "，等对方同意转出") + "。"
    if begun:
        notices.success(request, said, ("查看转接", f"{reverse('transfers:list')}?tab=incoming"))
    if left:
        notices.warn(request, f"没有办理的{len(left)}人：{_named(left)}。")
    return redirect(plan_of(batch))


def _named(rows: list[Row]) -> str:
    """The first few by name, with the reason of each."""
    return "；".join(f"{each.name}，{each.verdict.reason}" for each in rows[:5])
