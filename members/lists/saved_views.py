"""Keeping, forgetting and preferring a saved view; all of them the person's own."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from orgs.guard import administrators_only
from zhtj.lib import notices
from zhtj.lib.verdict import Refused

from . import saved, selection
from .asked import VIEW
from .forms import SaveForm
from .kinds import TABLES


def _list(kind: str, query: str = f"?{VIEW}=0") -> str:
    return reverse(f"{TABLES[kind].url_name}:list") + query


@require_POST
@administrators_only
def save(request: HttpRequest, kind: str) -> HttpResponse:
    """保存视图: columns, conditions and order under a name."""
    asked, form = selection.asked(request, TABLES[kind]), SaveForm(request.POST)
    back = _list(kind, asked.address)
    if not form.is_valid():
        notices.refuse(request, " ".join(text for texts in form.errors.values() for text in texts))
        return redirect(back)
    try:
        view = saved.save(
            asked, form.cleaned_data["name"], default=form.cleaned_data["default"], actor=request.scope
        )
    except Refused as refused:
        notices.refuse(request, refused.verdict.message)
        return redirect(back)
    notices.success(request, f"视图“{view.name}”已保存。")
    return redirect(_list(kind, saved.address(view)))


@require_POST
@administrators_only
def delete(request: HttpRequest, kind: str) -> HttpResponse:
    """删除视图."""
    name = request.POST.get("name", "")
    try:
        saved.delete(kind, name, actor=request.scope)
    except Refused as refused:
        notices.refuse(request, refused.verdict.message)
    else:
        notices.success(request, f"视图“{name}”已删除。")
    return redirect(_list(kind))


@require_POST
@administrators_only
def default(request: HttpRequest, kind: str) -> HttpResponse:
    """设为默认, or without a name no view is."""
    name = request.POST.get("name", "")
    try:
        saved.make_default(kind, name, actor=request.scope)
    except Refused as refused:
        notices.refuse(request, refused.verdict.message)
        return redirect(_list(kind))
    said = f"打开列表时会使用视图“{name}”。" if name else "打开列表时不再使用视图。"
    notices.success(request, said)
    return redirect(_list(kind))
