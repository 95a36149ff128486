"""毕业生工作台 of superiors: how far each subordinate is, the names behind each number, workbooks, the deadline (§6.6)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from orgs import queries as tree
from orgs.guard import administrators_only
from orgs.models import Organization
from orgs.views import within
from zhtj.lib import notices
from zhtj.lib.exports import download
from zhtj.lib.paging import page_of, page_of_list
from zhtj.lib.verdict import Refused

from . import counting, deadlines, exporting, lists, rules, terms
from .forms import DeadlineForm, year_of

SIZE = 50


def head(request: HttpRequest, organization: Organization, last: str = "毕业生工作台") -> dict[str, Any]:
    """Organisation, the way down to it, and the year asked for."""
    covers = request.scope.covers
    steps = [
        (each.short_name, reverse("graduates:show", args=[each.pk]) if covers(each) else "")
        for each in tree.path_of(organization)
    ]
    year = year_of(request.GET.get("year", ""), today=timezone.localdate())
    return {"organization": organization, "crumbs": [*steps, (last, "")], "year": year}


@require_safe
@administrators_only
def own(request: HttpRequest) -> HttpResponse:
    """The workbench of the organisation acted for."""
    return show(request, request.scope.root.pk)


@require_safe
@administrators_only
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """发起率 and 完成率 of an organisation and its direct subordinates."""
    organization, today = within(request, pk), timezone.localdate()
    if organization.is_branch:
        return redirect("graduates:branch", pk=pk)
    context = head(request, organization)
    whole, below = lists.progress(organization, context["year"], today=today)
    context |= {
        "whole": whole,
        "page": page_of_list(below, request.GET, key=lambda line: line.organization.pk, size=SIZE),
        "years": counting.years(organization, today=today),
        "begins": _begins(context["year"], today),
        "may_deadline": rules.may_set_deadline(request.scope, organization),
    }
    return render(request, "graduates/show.html", context)


def _begins(year: int, today: date) -> date | None:
    """The day of the year, while it has not come."""
    day = terms.day_of(year)
    return day if today < day else None


@require_safe
@administrators_only
def names(request: HttpRequest, pk: int) -> HttpResponse:
    """The people behind a number."""
    organization, today = within(request, pk), timezone.localdate()
    group = request.GET.get("group", "")
    group = group if group in counting.GROUPS else counting.WAITING
    context = head(request, organization, "毕业生名单")
    found = lists.named(organization, group, context["year"], today=today)
    page = page_of(found, request.GET, total=found.count())
    context |= {"page": page, "persons": lists.persons(request.scope, page.rows), "group": group}
    context |= {"groups": counting.GROUPS.items()}
    return render(request, "graduates/names.html", context)


@require_POST
@administrators_only
def excel(request: HttpRequest, pk: int) -> HttpResponse:
    """The table as a workbook."""
    organization, now = within(request, pk), timezone.now()
    year = year_of(request.POST.get("year", ""), today=timezone.localdate(now))
    whole, below = lists.progress(organization, year, today=timezone.localdate(now))
    raw = exporting.progress(organization, [whole, *below], year, actor=request.scope, now=now)
    return download(raw, f"{year}年毕业进度（{organization.short_name}）.xlsx")


@require_POST
@administrators_only
def names_excel(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody of the year as a workbook."""
    organization, now = within(request, pk), timezone.now()
    today = timezone.localdate(now)
    year = year_of(request.POST.get("year", ""), today=today)
    try:
        raw = exporting.names(organization, year, today=today, actor=request.scope, now=now)
    except Refused as refusal:
        notices.refuse(request, refusal.verdict.message)
        return redirect("graduates:names", pk=pk)
    return download(raw, f"{year}年毕业生（{organization.short_name}）.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def deadline(request: HttpRequest, pk: int) -> HttpResponse:
    """The day until which the year's graduates leave, for everything at and below the organisation."""
    organization = within(request, pk)
    rules.may_set_deadline(request.scope, organization).demand()
    context = head(request, organization, "转接期限")
    found = deadlines.own(organization, context["year"])
    form = DeadlineForm(request.POST or None, initial={"day": found.day if found else None})
    if request.method == "POST" and form.is_valid():
        try:
            deadlines.put(organization, context["year"], form.cleaned_data["day"], actor=request.scope)
        except Refused as refusal:
            form.refuse(refusal.verdict)
        else:
            return _set(request, organization, context["year"], "已设定期限，全部下级都会看到。")
    context |= {"form": form, "own": found, "limit": deadlines.of([organization], context["year"])[pk]}
    return render(request, "graduates/deadline.html", context, status=422 if form.errors else 200)


@require_POST
@administrators_only
def deadline_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """取消期限: what a superior has set holds again, else the default."""
    organization = within(request, pk)
    year = year_of(request.GET.get("year", ""), today=timezone.localdate())
    deadlines.drop(organization, year, actor=request.scope)
    return _set(request, organization, year, "已取消本组织设定的期限。")


def _set(request: HttpRequest, organization: Organization, year: int, said: str) -> HttpResponse:
    notices.success(request, said)
    return redirect(f"{reverse('graduates:show', args=[organization.pk])}?year={year}")
