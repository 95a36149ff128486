"""创建下级组织 in batch: upload, look at the plan, confirm; nothing is stored in between."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from zhtj.lib import notices
from zhtj.lib.exports import download
from zhtj.lib.verdict import Refused

from .. import rules
from ..enums import Category, Level
from ..guard import administrators_only
from ..models import Organization
from ..views import asked_parent, crumbs, page
from . import carrying, sheets, verbs
from .forms import UploadForm
from .plan import Fate, Line, plan
from .read import Upload


@page
@administrators_only
def create(request: HttpRequest) -> HttpResponse:
    """The default tab: a file goes up, the plan comes back; nothing is written."""
    parent = asked_parent(request)
    rules.may_found(request.scope, parent).demand()
    sent = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if sent else UploadForm()
    upload = form.upload(actor=request.scope, now=timezone.now()) if sent else None
    if upload is not None:
        lines = plan(parent, upload, actor=request.scope, levels={})
        return _plan_page(request, parent, upload, lines)
    context = {"form": form, "parent": parent, "crumbs": crumbs(parent, request.scope, "创建下级组织")}
    return render(request, "orgs/create.html", context, status=422 if form.errors else 200)


@require_safe
@administrators_only
def template(request: HttpRequest) -> HttpResponse:
    """下载模板."""
    parent = asked_parent(request)
    rules.may_found(request.scope, parent).demand()
    return download(sheets.template(parent), sheets.template_name(parent))


@require_POST
@administrators_only
def confirm(request: HttpRequest) -> HttpResponse:
    """Create what is new and sound; bad rows stay on the page, to be returned."""
    parent = asked_parent(request)
    rules.may_found(request.scope, parent).demand()
    upload = _sent(request, parent)
    lines = verbs.found_all(parent, upload, levels=_levels(request.POST), actor=request.scope)
    counts = _counts(lines)
    text = f"已在“{parent.full_name}”下创建 {counts[Fate.NEW]} 个组织。"
    below = _listing(request, parent)
    if not counts[Fate.ERROR]:
        notices.success(request, f"{text}接下来为它们分配管理员注册码。")
        return redirect(below)
    context = _shown(request, parent, upload, lines) | {"done": text, "listing": below}
    return render(request, "orgs/created.html", context)


@require_POST
@administrators_only
def returned(request: HttpRequest) -> HttpResponse:
    """下载错误行: the user's own rows with 原因."""
    parent = asked_parent(request)
    raw = verbs.returned(parent, _sent(request, parent), actor=request.scope)
    return download(raw, f"创建下级组织错误行（{parent.short_name}）.xlsx")


def _sent(request: HttpRequest, parent: Organization) -> Upload:
    upload = carrying.opened(request.POST.get("plan", ""), parent, actor=request.scope)
    if upload is None:
        raise Refused(carrying.LAPSED)
    return upload


def _levels(sent: Mapping[str, str]) -> dict[int, int]:
    """The chosen levels of leading bodies by row number; the rules judge them."""
    chosen = (
        (name.removeprefix("level_"), value) for name, value in sent.items() if name.startswith("level_")
    )
    known = {str(level.value) for level in Level}
    return {int(row): int(value) for row, value in chosen if row.isdecimal() and value in known}


def _listing(request: HttpRequest, parent: Organization) -> str:
    own = request.scope.is_own(parent)
    return reverse("desk:subordinates") if own else reverse("orgs:detail", args=[parent.pk])


def _plan_page(request: HttpRequest, parent: Organization, upload: Upload, lines: list[Line]) -> HttpResponse:
    return render(request, "orgs/plan.html", _shown(request, parent, upload, lines))


def _shown(request: HttpRequest, parent: Organization, upload: Upload, lines: list[Line]) -> dict:
    """What the plan and the result show: the rows by fate, errors first."""
    counts = _counts(lines)
    tiles = [
        {"label": "新增", "value": counts[Fate.NEW], "url": "#new"},
        {"label": "已存在", "value": counts[Fate.SAME], "url": "#same"},
        {
            "label": "错误",
            "value": counts[Fate.ERROR],
            "url": "#error",
            "kind": "returned" if counts[Fate.ERROR] else "",
        },
    ]
    return {
        "parent": parent,
        "plan": carrying.sealed(parent, upload, actor=request.scope),
        "tiles": [tile if tile["value"] else {**tile, "url": ""} for tile in tiles],
        "total": len(lines),
        "new": [(line, _choices(line)) for line in lines if line.fate == Fate.NEW],
        "same": [line for line in lines if line.fate == Fate.SAME],
        "error": [line for line in lines if line.fate == Fate.ERROR],
        "levelled": any(line.category == Category.LEADING_BODY and line.fate == Fate.NEW for line in lines),
        "crumbs": crumbs(parent, request.scope, "创建下级组织"),
    }


def _choices(line: Line) -> list[tuple[int, str]]:
    """The levels a leading body may have here."""
    if line.category != Category.LEADING_BODY or line.superior is None:
        return []
    return [(each.value, each.label) for each in rules.levels_below(line.superior.organization)]


def _counts(lines: list[Line]) -> dict[Fate, int]:
    return {fate: sum(line.fate == fate for line in lines) for fate in Fate}
