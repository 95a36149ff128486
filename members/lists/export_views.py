"""导出: first what will leave, then a workbook with masked numbers, or whole ones with a reason and the password."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from orgs.guard import administrators_only
from zhtj.lib.exports import download
from zhtj.lib.verdict import Refused

from . import exports, quota, selection
from .asked import Asked, read
from .forms import FullForm
from .kinds import TABLES


def _wanted(request: HttpRequest, kind: str, **more) -> exports.Wanted:
    """The list in the address or, from a form, in its field `query`; with the rows that were chosen."""
    table, sent = TABLES[kind], request.POST
    data = QueryDict(sent.get(selection.QUERY, "")) if request.method == "POST" else request.GET
    ticked = selection.picked(request, table) if request.method == "POST" else []
    chosen = selection.ids(sent.get("chosen", "").split(","))
    return exports.Wanted(read(table, data, scope=request.scope), tuple(ticked or sorted(chosen)), **more)


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def page(request: HttpRequest, kind: str) -> HttpResponse:
    """What will leave, and in which of two ways."""
    wanted = _wanted(request, kind)
    initial = {"query": wanted.asked.query.urlencode(), "chosen": ",".join(map(str, wanted.chosen))}
    return _page(request, wanted, FullForm(request=request, initial=initial))


def _page(request: HttpRequest, wanted: exports.Wanted, form: FullForm, status: int = 200) -> HttpResponse:
    now, asked = timezone.now(), wanted.asked
    rows = exports.keys(wanted, now=now)
    left = quota.left(request.scope.account_id, now=now)
    back = reverse(f"{asked.table.url_name}:list") + asked.address
    context = {
        "table": asked.table,
        "asked": asked,
        "wanted": wanted,
        "form": form,
        "total": len(rows),
        "left": left,
        "may": exports.may_export(len(rows)),
        "may_full": quota.fits(len(rows), left),
        "numbers": exports.gives_numbers(asked.columns),
        "chosen": ",".join(map(str, wanted.chosen)),
        "masked_url": reverse(f"{asked.table.url_name}:export_masked"),
        "full_url": reverse(f"{asked.table.url_name}:export_full"),
        "back": back,
        "crumbs": [(asked.table.title, back), ("导出", "")],
    }
    return render(request, "lists/export.html", context, status=status)


@require_POST
@administrators_only
def masked(request: HttpRequest, kind: str) -> HttpResponse:
    """The workbook with masked numbers."""
    wanted = _wanted(request, kind)
    raw = exports.export(wanted, actor=request.scope, now=timezone.now())
    return download(raw, _file_name(wanted.asked, "隐藏号码"))


@require_POST
@sensitive_post_parameters("password")
@administrators_only
def full(request: HttpRequest, kind: str) -> HttpResponse:
    """The workbook with whole numbers, for a reason, within the quota, with the password."""
    now, form = timezone.now(), FullForm(request.POST, request=request)
    wanted = _wanted(request, kind, full=True, reason=request.POST.get("reason", "").strip())
    if form.is_valid() and form.confirms(now=now):
        try:
            raw = exports.export(wanted, actor=request.scope, now=now)
        except Refused as refused:
            form.add_error(None, refused.verdict.message)
        else:
            return download(raw, _file_name(wanted.asked, "完整号码"))
    return _page(request, wanted, form, status=422)


def _file_name(asked: Asked, what: str) -> str:
    assert asked.scope.root is not None, "the page is for administrators"
    return f"{asked.table.title}（{asked.scope.root.short_name}，{what}）.xlsx"
