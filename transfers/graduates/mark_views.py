"""标记毕业班: the branches of a superior with their marks; one or many are marked, corrected or cleared at once (§6.6)."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from orgs.guard import administrators_only
from orgs.models import Organization
from orgs.views import within
from zhtj.lib import notices
from zhtj.lib.paging import page_of
from zhtj.lib.verdict import Refused

from . import lists, marking, rules, terms
from .forms import BranchesForm, BranchMarkForm
from .views import head


@require_safe
@administrators_only
def marks(request: HttpRequest, pk: int) -> HttpResponse:
    """The branches to mark."""
    return _page(request, within(request, pk), request.GET)


def _page(
    request: HttpRequest,
    organization: Organization,
    asked: QueryDict,
    *,
    form: BranchMarkForm | None = None,
    chosen: frozenset[int] = frozenset(),
) -> HttpResponse:
    wanted = BranchesForm(asked).wanted()
    found = lists.branches(request.scope, organization, wanted)
    page = page_of(
        found.select_related("parent"), asked, by=("parent_id", "pk"), size=100, total=found.count()
    )
    lines = lists.branch_lines(request.scope, page.rows)
    everything = lists.branches(request.scope, organization, {**wanted, "q": ""})
    context = {
        **head(request, organization, "标记毕业班"),
        "page": page,
        "lines": lines,
        "grades": [] if wanted["which"] else lists.grades(everything),
        "filter": BranchesForm(initial=wanted),
        "wanted": wanted,
        "query": asked.urlencode(),
        "filtered": any(wanted.values()),
        "form": form or BranchMarkForm(),
        "chosen": chosen,
        "any_markable": any(each.markable for each in lines),
        "every": page.total if (page.total or 0) <= settings.GRADUATION_AT_ONCE else None,
    }
    return render(request, "graduates/marks.html", context, status=422 if form and form.errors else 200)


@require_POST
@administrators_only
def put(request: HttpRequest, pk: int) -> HttpResponse:
    """标记 the chosen branches, or all that answer to the conditions."""
    organization, form = within(request, pk), BranchMarkForm(request.POST)
    chosen = _chosen(request, organization)
    if form.is_valid():
        kind, expected = form.cleaned_data["kind"], form.cleaned_data["expected"]
        try:
            count = marking.mark(chosen, kind, expected, actor=request.scope)
        except Refused as refusal:
            form.refuse(refusal.verdict)
        else:
            notices.success(request, _said(count, marking.words(kind, expected), expected))
            return _back(request, organization)
    return _page(request, organization, _asked(request), form=form, chosen=frozenset(chosen))


@require_POST
@administrators_only
def clear(request: HttpRequest, pk: int) -> HttpResponse:
    """取消标记 of the chosen branches."""
    organization = within(request, pk)
    try:
        count = marking.clear(_chosen(request, organization), actor=request.scope)
        notices.success(request, f"已取消 {count} 个团支部的标记。")
    except Refused as refusal:
        notices.refuse(request, refusal.verdict.message)
    return _back(request, organization)


def _asked(request: HttpRequest) -> QueryDict:
    """The conditions and the page of the list from which something was sent."""
    return QueryDict(request.POST.get("query", ""))


def _chosen(request: HttpRequest, organization: Organization) -> list[int]:
    """The ticked branches, or with 全部 those that answer to the conditions and may be marked."""
    if not request.POST.get("every"):
        return [int(each) for each in request.POST.getlist("branch") if each.isdecimal()]
    found = lists.branches(request.scope, organization, BranchesForm(_asked(request)).wanted())
    allowed = found.filter(rules.markable_q(request.scope))
    return list(allowed.values_list("pk", flat=True)[: settings.GRADUATION_AT_ONCE + 1])


def _said(count: int, words: str, expected) -> str:
    if not count:
        return "选中的团支部已经是这样标记的，没有改变。"
    said = f"已标记 {count} 个团支部：{words}。"
    if expected is None:
        return f"{said}其中的毕业生请逐人标记。"
    due = terms.day_of(expected.year)
    if due <= timezone.localdate():
        return f"{said}{due:%Y-%m-%d}已过，今天夜里变更为毕业生团支部，此前可以改正。"
    return f"{said}{due:%Y-%m-%d}变更为毕业生团支部，此前可以改正。"


def _back(request: HttpRequest, organization: Organization) -> HttpResponse:
    query = _asked(request).urlencode()
    address = reverse("graduates:marks", args=[organization.pk])
    return redirect(f"{address}?{query}" if query else address)
