"""名单对账: bring a list, see what agrees and what does not, act on single lines."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from orgs.guard import administrators_only
from orgs.models import Organization
from orgs.scope import Scope
from zhtj.audit.record import record
from zhtj.lib import exports, notices
from zhtj.lib.sheets import Unreadable
from zhtj.lib.verdict import Refused

from ..models import Matching
from ..roster import template
from . import pages, reading, verbs
from .compare import Comparison, Group, compare
from .forms import ListForm

COLUMNS = ("结果", "名单行号", "姓名", "身份证号码", "系统中的团支部", "说明")


def _own(scope: Scope):
    """The lists this person brought, for organisations still in the scope."""
    found = Matching.objects.filter(scope.q("organization__path"), account=scope.account_id)
    return found.select_related("organization__parent")


def _matching(request: HttpRequest, pk: int) -> Matching:
    return get_object_or_404(_own(request.scope), pk=pk)


def _compared(request: HttpRequest, matching: Matching) -> Comparison:
    lines = verbs.lines_of(matching)
    return compare(lines, matching.organization, scope=request.scope, today=timezone.localdate())


def _at(request: HttpRequest) -> Organization:
    asked = request.GET.get("org", "")
    if asked.isdecimal() and len(asked) < 19:
        return get_object_or_404(Organization.objects.within(request.scope).living(), pk=asked)
    return request.scope.root


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def index(request: HttpRequest) -> HttpResponse:
    """Paste or upload; below, the lists of the last days."""
    at = _at(request)
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ListForm(*data, scope=request.scope, at=at)
    if form.is_bound and form.is_valid():
        try:
            return redirect("matching:result", pk=_keep(form, request.scope).pk)
        except (Refused, Unreadable) as refusal:
            form.refuse(refusal.verdict)
    recent = _own(request.scope).order_by("-pk")[:20]
    return render(
        request,
        "matching/index.html",
        {"form": form, "recent": recent, "days": settings.MATCHING_KEEP_DAYS},
        status=422 if form.errors else 200,
    )


def _keep(form: ListForm, scope: Scope) -> Matching:
    file = form.cleaned_data["file"]
    verbs.may_compare(scope, form.target).demand()  # before a file is opened
    if file:
        lines, source = reading.lines_of_file(file.read(), file.name), file.name
    else:
        lines, source = reading.lines_of_text(form.cleaned_data["pasted"]), "粘贴的名单"
    return verbs.keep(form.target, lines, source=source, actor=scope)


@require_safe
@administrators_only
def result(request: HttpRequest, pk: int) -> HttpResponse:
    """The groups as tiles, one of them below, compared with the system as it is now."""
    matching = _matching(request, pk)
    comparison = _compared(request, matching)
    group = pages.group_of(request.GET.get("group", ""), comparison)
    context = {
        "matching": matching,
        "tiles": pages.tiles(comparison, group),
        "group": group,
        "said": pages.SAID[group],
        "page": pages.page(comparison, group, request.GET, request.scope),
        "removal": pages.address("removal:new"),
        "crumbs": [("名单对账", reverse("matching:index")), (matching.source, "")],
    }
    return render(request, "matching/result.html", context)


@require_POST
@administrators_only
def excel(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole result as a workbook; numbers of the list as they were brought, those of the system masked."""
    matching = _matching(request, pk)
    rows = pages.sheet_rows(_compared(request, matching))
    record(
        "matching.exported",
        actor=request.scope,
        organization=matching.organization,
        detail={"matching": matching.pk, "rows": len(rows)},
    )
    raw = exports.workbook("对账结果", COLUMNS, rows, note=pages.note_of(matching, request.scope), code=(3,))
    return exports.download(raw, f"对账结果（{matching.organization.short_name}）.xlsx")


@require_POST
@administrators_only
def roster(request: HttpRequest, pk: int) -> HttpResponse:
    """The roster template with the names and numbers of those who are only on the list filled in."""
    matching = _matching(request, pk)
    missing = _compared(request, matching).of(Group.LIST_ONLY)
    people = [{"姓名": each.line.name, "身份证号码": each.line.number} for each in missing]
    record(
        "matching.exported",
        actor=request.scope,
        organization=matching.organization,
        detail={"matching": matching.pk, "rows": len(people)},
    )
    raw = template.build(matching.organization, people)
    return exports.download(raw, f"待导入名单（{matching.organization.short_name}）.xlsx")


@require_POST
@administrators_only
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """删除: the list is forgotten; nobody's data changes."""
    verbs.drop(_matching(request, pk), actor=request.scope)
    notices.success(request, "这份对账名单已删除，团员资料没有任何改变。")
    return redirect("matching:index")
