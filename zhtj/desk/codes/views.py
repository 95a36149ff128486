"""管理员注册码: the list, the plan of 批量导出, and its two ways out: Excel and slips."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from orgs.guard import administrators_only
from orgs.models import Organization
from orgs.views import crumbs
from regcodes import bulk, slips
from zhtj.lib import exports, notices
from zhtj.lib.paging import page_of

from .. import forms as desk_forms
from .. import queries as desk_queries
from . import queries, sheet
from .forms import FilterForm, HandOutForm, read_ids

SHOWN = 200  # rows of the plan on the page; the sheet has them all


@require_safe
@administrators_only
def index(request: HttpRequest) -> HttpResponse:
    """Every code ever given to a direct subordinate, newest first."""
    scope, now, form = request.scope, timezone.now(), FilterForm(request.GET)
    if scope.root.is_branch:
        raise Http404
    wanted = form.wanted
    found = queries.codes(scope, **wanted, now=now)
    page = page_of(found, request.GET, by=("newest",), total=found.count())
    context = {
        "form": form,
        "page": page,
        "rows": queries.rows(scope, page.rows, now=now),
        "filtered": any(wanted.values()),
        "crumbs": crumbs(scope.root, scope, "管理员注册码"),
    }
    return render(request, "codes/list.html", context)


@require_POST
@administrators_only
def plan(request: HttpRequest) -> HttpResponse:
    """What 批量导出 will do with the chosen subordinates; nothing is written yet."""
    chosen = _chosen(request)
    verdict = bulk.may_hand_out(len(chosen))
    if not verdict:
        notices.refuse(request, verdict.message)
        return redirect("desk:subordinates")
    joined = ",".join(str(each.pk) for each in chosen)
    return _plan(request, chosen, HandOutForm(request=request, initial={"chosen": joined}))


def _chosen(request: HttpRequest) -> list[Organization]:
    """The ticked direct subordinates, or all that the filter of the list shows."""
    root = request.scope.root
    if "all" in request.POST:
        return list(
            desk_queries.subordinates(root, desk_forms.FilterForm(request.POST).wanted).order_by("pk")
        )
    return _named(request, read_ids(request.POST.getlist("organization")))


def _named(request: HttpRequest, ids: list[int]) -> list[Organization]:
    living = Organization.objects.living().filter(parent=request.scope.root, pk__in=ids)
    return list(living.select_related("parent").order_by("pk"))


def _plan(
    request: HttpRequest, chosen: list[Organization], form: HandOutForm, status: int = 200
) -> HttpResponse:
    scope = request.scope
    lines = bulk.plan(chosen, actor=scope, now=timezone.now())
    context = {
        "form": form,
        "lines": lines[:SHOWN],
        "total": len(lines),
        "new": sum(line.is_new for line in lines),
        "kept": sum(line.code is not None for line in lines),
        "none": sum(not line.verdict for line in lines),
        "crumbs": crumbs(scope.root, scope, "批量导出注册码"),
    }
    return render(request, "codes/plan.html", context, status=status)


def _hand_out(request: HttpRequest, way: str) -> list[bulk.Line] | HttpResponse:
    """The lines, or the plan again where the password was wrong. Raises Refused."""
    now, form = timezone.now(), HandOutForm(request.POST, request=request)
    if not form.is_valid() or not form.confirms(now=now):
        ids = read_ids(request.POST.get("chosen", "").split(","))
        chosen = _named(request, ids)
        bulk.may_hand_out(len(chosen)).demand()
        return _plan(request, chosen, form, status=422)
    return bulk.hand_out(form.ids, way=way, actor=request.scope, now=now)


@require_POST
@sensitive_post_parameters("password")
@administrators_only
def excel(request: HttpRequest) -> HttpResponse:
    """批量导出 as a workbook."""
    lines = _hand_out(request, bulk.EXCEL)
    if isinstance(lines, HttpResponse):
        return lines
    now = timezone.now()
    raw = sheet.build(lines, actor=request.scope, now=now)
    return exports.download(raw, f"管理员注册码（{timezone.localdate(now):%Y-%m-%d}）.xlsx")


@require_POST
@sensitive_post_parameters("password")
@administrators_only
def print_slips(request: HttpRequest) -> HttpResponse:
    """One slip for each organisation that has a code, to print and cut."""
    lines = _hand_out(request, bulk.SLIPS)
    if isinstance(lines, HttpResponse):
        return lines
    address = request.build_absolute_uri(reverse("regcodes:choose"))
    context = {
        "lines": [line for line in lines if line.code],
        "without": [line for line in lines if not line.code],
        "address": address,
        "qr": slips.qr(address),
        "superior": request.scope.root,
    }
    return render(request, "codes/slips.html", context)
