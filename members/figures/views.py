"""团员统计, 团员增减 and 历史名册 of any organisation of the scope; the names stand behind every number."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from orgs import queries as tree
from orgs.guard import administrators_only
from orgs.views import within
from zhtj.lib import notices
from zhtj.lib.exports import download
from zhtj.lib.paging import page_of, page_of_list
from zhtj.lib.verdict import Refused

from . import ledger, pages, rollups, rosters
from .forms import DayForm, NamesForm, PeriodForm

SIZE = 50  # direct subordinates on a page


def _asked(request: HttpRequest, pk: int | None):
    return within(request, request.scope.root.pk if pk is None else pk)


@require_safe
@administrators_only
def show(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """团员统计: counts by sex, age, nationality and so on, as tables with charts, and by direct subordinate."""
    organization, now = _asked(request, pk), timezone.now()
    children = [] if organization.is_branch else list(tree.children(organization))
    found = rollups.figures(organization, children, now=now)
    context = {
        **pages.head(request.scope, organization, "figures:show"),
        **pages.statistics(request.scope, organization, children, found.counts),
        "at": found.at,
        "may_ask": rollups.may_ask(found.at, now=now),
    }
    return render(request, "figures/show.html", context)


@require_POST
@administrators_only
def recount(request: HttpRequest, pk: int) -> HttpResponse:
    """重新汇总: the worker counts again."""
    organization = within(request, pk)
    try:
        rollups.ask(organization, actor=request.scope)
        notices.success(request, "已开始重新汇总，一般一分钟内完成。完成后刷新本页，可以看到新的汇总时间。")
    except Refused as refused:
        notices.refuse(request, refused.verdict.message)
    return redirect("figures:show", pk=pk)


@require_safe
@administrators_only
def movement(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """团员增减: opening + in − out = closing, of the organisation and of each direct subordinate."""
    organization = _asked(request, pk)
    form = PeriodForm(request.GET, today=timezone.localdate())
    shown = pages.movement(organization, form.period)
    context = {
        **pages.head(request.scope, organization, "figures:movement"),
        **shown,
        "page": page_of_list(shown["rows"], request.GET, key=lambda row: row.organization.pk, size=SIZE),
        "form": form,
        "period": form.period,
    }
    return render(request, "figures/movement.html", context)


@require_safe
@administrators_only
def names(request: HttpRequest, pk: int) -> HttpResponse:
    """Those who came to or left an organisation in a period, by all acts or by one."""
    organization = within(request, pk)
    form = NamesForm(request.GET, today=timezone.localdate())
    found = ledger.crossing(organization, form.period, form.kind, form.act)
    page = page_of(found, request.GET, total=found.count())
    context = {
        **pages.head(request.scope, organization, "figures:movement"),
        "form": form,
        "period": form.period,
        "came": form.kind == ledger.IN,
        "act": ledger.label(form.act) if form.act else "",
        "page": page,
        "lines": rosters.lines(request.scope, page.rows),
    }
    return render(request, "figures/names.html", context)


@require_safe
@administrators_only
def roster(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """历史名册: who belonged here at the end of a day."""
    organization = _asked(request, pk)
    form = DayForm(request.GET, today=timezone.localdate())
    found = ledger.on_roster(organization, form.day)
    page = page_of(found, request.GET, by=("place", "pk"), total=found.count())
    context = {
        **pages.head(request.scope, organization, "figures:roster"),
        "form": form,
        "day": form.day,
        "page": page,
        "lines": rosters.lines(request.scope, page.rows),
        "may_export": rosters.may_export(page.total),
    }
    return render(request, "figures/roster.html", context)


@require_POST
@administrators_only
def roster_excel(request: HttpRequest, pk: int) -> HttpResponse:
    """The roster as a workbook."""
    organization = within(request, pk)
    form = DayForm(request.POST, today=timezone.localdate())
    raw = rosters.export(organization, form.day, actor=request.scope, now=timezone.now())
    return download(raw, f"{organization.short_name}{form.day:%Y-%m-%d}名册.xlsx")
