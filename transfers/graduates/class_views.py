"""One branch: everybody with destination, transfer and risks; members marked and destinations noted for many (§6.6)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from orgs.guard import administrators_only
from orgs.models import Organization
from orgs.views import within
from zhtj.lib import notices
from zhtj.lib.paging import page_of_list
from zhtj.lib.verdict import Refused

from ..bulk import lists
from ..models import BranchMark
from . import deadlines, grid, people, rules
from .forms import PersonMarkForm, PlanForm
from .views import head

SIZE = 100


@require_safe
@administrators_only
def branch(request: HttpRequest, pk: int) -> HttpResponse:
    """The grid of a branch."""
    found = within(request, pk)
    return _page(request, found, request.GET) if found.is_branch else redirect("graduates:show", pk=pk)


def _page(
    request: HttpRequest,
    found: Organization,
    asked: QueryDict,
    *,
    status: int = 200,
    chosen: frozenset[int] = frozenset(),
    **forms: Any,
) -> HttpResponse:
    now = timezone.now()
    mark = BranchMark.objects.filter(organization=found).first()
    year = grid.year_for(mark, today=timezone.localdate(now))
    limit = deadlines.of([found], year)[found.pk]
    rows = grid.rows(found, mark, year, limit, now=now)
    tab = grid.tab_of(asked.get("tab", ""))
    shown = grid.narrowed(rows, tab)
    context = {
        **head(request, found),
        "mark": mark,
        "year": year,
        "limit": limit,
        "begins": grid.begins(mark),
        "tally": grid.tally(rows),
        "tab": tab,
        "tabs": grid.tabs(rows, tab),
        "page": page_of_list(shown, asked, key=lambda row: row.account.pk, size=SIZE),
        "query": asked.urlencode(),
        "chosen": chosen,
        "may_people": rules.may_mark_people(request.scope, found),
        "may_mark": rules.may_mark(request.scope, found),
        "mark_form": PersonMarkForm(mark=mark),
        "plan_form": PlanForm(branch=found),
        **forms,
    }
    return render(request, "graduates/branch.html", context, status=status)


def _sent(request: HttpRequest, pk: int) -> tuple[Organization, list[int], BranchMark | None]:
    """The branch, who was ticked, and the branch's mark; refused to whoever is no side."""
    found = within(request, pk)
    rules.may_mark_people(request.scope, found).demand()
    chosen = [int(each) for each in request.POST.getlist("account") if each.isdecimal()]
    return found, chosen, BranchMark.objects.filter(organization=found).first()


@require_POST
@administrators_only
def mark_people(request: HttpRequest, pk: int) -> HttpResponse:
    """标记 延迟毕业, 教师, 流动 or 毕业."""
    found, chosen, mark = _sent(request, pk)
    form = PersonMarkForm(request.POST, mark=mark)
    if form.is_valid():
        given = form.cleaned_data
        try:
            count = people.mark(
                found, chosen, given["kind"], given["until"], remark=given["remark"], actor=request.scope
            )
        except Refused as refusal:
            form.refuse(refusal.verdict)
        else:
            return _back(
                request, found, f"已标记 {count} 人：{people.words(given['kind'], given['until'])}。"
            )
    return _again(request, found, chosen, mark_form=form)


@require_POST
@administrators_only
def unmark_people(request: HttpRequest, pk: int) -> HttpResponse:
    """取消标记."""
    found, chosen, _ = _sent(request, pk)
    try:
        count = people.unmark(found, chosen, actor=request.scope)
    except Refused as refusal:
        notices.refuse(request, refusal.verdict.message)
        return _back(request, found)
    return _back(request, found, f"已取消 {count} 人的标记。")


@require_POST
@administrators_only
def plan_people(request: HttpRequest, pk: int) -> HttpResponse:
    """登记去向."""
    found, chosen, _ = _sent(request, pk)
    form = PlanForm(request.POST, branch=found)
    if form.is_valid():
        try:
            count = people.plan(found, chosen, form.going, actor=request.scope)
        except Refused as refusal:
            form.refuse(refusal.verdict)
        else:
            return _back(request, found, f"已登记 {count} 人的去向。登记只是计划，转接还需要发起。")
    return _again(request, found, chosen, plan_form=form)


@require_POST
@administrators_only
def send_people(request: HttpRequest, pk: int) -> HttpResponse:
    """一起办理转出: a list of the ticked people, each with the target planned, for the plan of sending many."""
    found, chosen, _ = _sent(request, pk)
    try:
        wanted = people.aims(found, chosen)
        source = f"{found.short_name}中选择的 {len(wanted)} 人"
        brought = lists.keep_again(wanted, lists.Common(), source=source, actor=request.scope)
    except Refused as refusal:
        notices.refuse(request, refusal.verdict.message)
        return _back(request, found)
    return redirect("transfers:sending", pk=brought.pk)


def _again(request: HttpRequest, found: Organization, chosen: list[int], **forms: Any) -> HttpResponse:
    asked = QueryDict(request.POST.get("query", ""))
    return _page(request, found, asked, status=422, chosen=frozenset(chosen), **forms)


def _back(request: HttpRequest, found: Organization, said: str = "") -> HttpResponse:
    if said:
        notices.success(request, said)
    query = QueryDict(request.POST.get("query", "")).urlencode()
    address = reverse("graduates:branch", args=[found.pk])
    return redirect(f"{address}?{query}" if query else address)
