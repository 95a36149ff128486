"""补办团员证: the lists of the colleges, gathered and reissued by the university's 团委."""

from __future__ import annotations

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from orgs.guard import administrators_only
from zhtj.lib import exports, notices
from zhtj.lib.paging import page_of
from zhtj.lib.verdict import Refused

from ..models import ReissueState
from . import exporting, queries, reissuing, rules
from .forms import DoneForm


def _state(text: str) -> str:
    return text if text in ReissueState.values else ""


@require_safe
@administrators_only
def index(request: HttpRequest) -> HttpResponse:
    """The lost 团员证 of the branches of the scope."""
    return _listing(request, DoneForm(initial={"on": timezone.localdate()}))


def _listing(request: HttpRequest, form: DoneForm, status: int = 200) -> HttpResponse:
    scope, state = request.scope, _state(request.GET.get("state", ""))
    tally = dict(queries.reissues(scope).values_list("state").annotate(Count("pk")))
    mine = dict(queries.gatherable(scope).values_list("state").annotate(Count("pk")))
    tiles = [
        {
            "label": label,
            "value": tally.get(value, 0),
            "unit": " 人",
            "url": f"?state={value}",
            "current": state == value,
        }
        for value, label in ReissueState.choices
    ]
    page = page_of(queries.reissues(scope, state), request.GET, by=("pk",))
    context = {
        "tiles": tiles,
        "page": page,
        "state": state,
        "form": form,
        "may_gather": rules.may_gather(scope),
        "waiting": mine.get(ReissueState.WAITING, 0),
        "gathered": mine.get(ReissueState.GATHERED, 0),
        "crumbs": [("团员档案", reverse("documents:list")), ("补办团员证", "")],
    }
    return render(request, "documents/reissues.html", context, status=status)


@require_POST
@administrators_only
def gather(request: HttpRequest) -> HttpResponse:
    """汇总."""
    count = reissuing.gather(actor=request.scope)
    notices.success(request, f"已汇总 {count} 人。请导出名单统一补办，补办后登记日期。")
    return redirect("documents:reissues")


@require_POST
@administrators_only
def finish(request: HttpRequest) -> HttpResponse:
    """登记补办."""
    form = DoneForm(request.POST)
    if not form.is_valid():
        return _listing(request, form, status=422)
    try:
        count = reissuing.finish(form.cleaned_data["on"], actor=request.scope)
    except Refused as refusal:
        if refusal.verdict.cause != "future":
            raise
        form.add_error("on", refusal.verdict.message)
        return _listing(request, form, status=422)
    notices.success(request, f"已登记补办 {count} 人的团员证，本人会收到领取的通知。")
    return redirect("documents:reissues")


@require_POST
@administrators_only
def excel(request: HttpRequest) -> HttpResponse:
    """The same rows as a workbook."""
    found = queries.reissues(request.scope, _state(request.POST.get("state", ""))).order_by(
        "branch__path", "pk"
    )
    raw = exporting.reissues(found, actor=request.scope)
    return exports.download(raw, f"补办名单（{timezone.localdate():%Y-%m-%d}）.xlsx")
