"""注册申请 at the desk: the list, one application, and the decisions, singly and for many at once (§3, §8)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from orgs.guard import administrators_only
from zhtj.lib import notices
from zhtj.lib.paging import page_of
from zhtj.lib.verdict import Refused

from .. import registered
from ..entry_views import added_words
from ..models import Application, ApplicationState
from ..private import WHAT
from . import deciding, queries, rules
from .deciding import Outcome
from .forms import FilterForm, ReturnForm, RevealForm, chosen


@require_safe
@administrators_only
def index(request: HttpRequest) -> HttpResponse:
    """The applications this organisation decides, those that wait first."""
    return _list(request, ReturnForm())


def _list(request: HttpRequest, form: ReturnForm, status: int = 200) -> HttpResponse:
    filter_form = FilterForm(request.GET)
    wanted = filter_form.wanted
    pending = wanted == ApplicationState.PENDING
    found = queries.listed(request.scope, wanted)
    page = page_of(found, request.GET, by=("pk",) if pending else ("newest",), total=found.count())
    context = {
        "filter": filter_form,
        "wanted": wanted,
        "pending": pending,
        "page": page,
        "cases": queries.cases(request.scope, page.rows, today=timezone.localdate()),
        "form": form,
        "ticked": set(request.POST.getlist("application")),
    }
    return render(request, "applications/list.html", context, status=status)


def _one(request: HttpRequest, pk: int) -> Application:
    """The application, if it is for a branch of the scope that this organisation handles."""
    application = get_object_or_404(queries.within(request.scope), pk=pk)
    rules.may_handle(request.scope, application).demand()
    return application


@require_safe
@administrators_only
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything an application says, what stands in its way, and the acts."""
    return _page(request, _one(request, pk), ReturnForm())


def _page(
    request: HttpRequest, application: Application, form: ReturnForm, status: int = 200
) -> HttpResponse:
    (case,) = queries.cases(request.scope, [application], today=timezone.localdate())
    context = {
        "case": case,
        "application": application,
        "obstacles": [(each, registered.ways_of(each)) for each in case.obstacles],
        "may_decide": rules.may_decide(request.scope, application),
        "may_approve": case.may_approve(request.scope),
        "form": form,
        "crumbs": [
            ("注册申请", reverse("applications:list")),
            (case.content.name if case.content else case.badge[0], ""),
        ],
    }
    return render(request, "applications/detail.html", context, status=status)


@require_POST
@administrators_only
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """同意."""
    application = _seen(request, pk)
    try:
        member = deciding.approve(application, actor=request.scope, now=timezone.now())
    except Refused as refused:
        notices.refuse(request, refused.verdict.message)
        return redirect("applications:detail", pk=pk)
    notices.success(
        request,
        f"已同意。{added_words(member)}",
        ("查看团员", reverse("members:detail", args=[member.pk])),
        ("继续办理", reverse("applications:list")),
    )
    return redirect("applications:detail", pk=pk)


@require_POST
@administrators_only
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """退回, with a reason."""
    application, form = _seen(request, pk), ReturnForm(request.POST)
    if not form.is_valid():
        return _page(request, _one(request, pk), form, status=422)
    try:
        deciding.send_back(application, **form.cleaned_data, actor=request.scope, now=timezone.now())
    except Refused as refused:
        if refused.verdict.cause == "remark":
            form.add_error("remark", refused.verdict.message)
            return _page(request, _one(request, pk), form, status=422)
        notices.refuse(request, refused.verdict.message)
        return redirect("applications:detail", pk=pk)
    notices.success(
        request,
        "已退回。申请人凭身份证号码和受理号可以看到原因，更正后重新提交。",
        ("继续办理", reverse("applications:list")),
    )
    return redirect("applications:detail", pk=pk)


def _seen(request: HttpRequest, pk: int) -> Application:
    """The application as its page showed it."""
    application, shown = _one(request, pk), request.POST.get("seen", "")
    return queries.as_shown(application, int(shown) if shown.isdecimal() and len(shown) < 17 else 0)


@require_POST
@administrators_only
def approve_chosen(request: HttpRequest) -> HttpResponse:
    """同意 all that are chosen."""
    try:
        outcomes = deciding.approve_all(
            chosen(request.POST, request.scope), actor=request.scope, now=timezone.now()
        )
    except Refused as refused:
        notices.refuse(request, refused.verdict.message)
        return redirect("applications:list")
    return _outcome(request, outcomes, "同意")


@require_POST
@administrators_only
def return_chosen(request: HttpRequest) -> HttpResponse:
    """退回 all that are chosen, with one reason."""
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return _list(request, form, status=422)
    try:
        outcomes = deciding.send_back_all(
            chosen(request.POST, request.scope),
            **form.cleaned_data,
            actor=request.scope,
            now=timezone.now(),
        )
    except Refused as refused:
        form.add_error("remark" if refused.verdict.cause == "remark" else None, refused.verdict.message)
        return _list(request, form, status=422)
    return _outcome(request, outcomes, "退回")


def _outcome(request: HttpRequest, outcomes: list[Outcome], act: str) -> HttpResponse:
    """What became of each."""
    done = sum(bool(each.verdict) for each in outcomes)
    rows = queries.cases(request.scope, [each.application for each in outcomes], today=timezone.localdate())
    context: dict[str, Any] = {
        "act": act,
        "done": done,
        "refused": len(outcomes) - done,
        "rows": list(zip(outcomes, rows, strict=True)),
    }
    return render(request, "applications/outcome.html", context)


@require_POST
@administrators_only
def reveal_number(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """A full number, shown once on this page; the log row is written first."""
    application, form = _one(request, pk), RevealForm(request.POST)
    context = {"application": application, "form": form, "label": WHAT[what]}
    if not form.is_valid():
        return render(request, "applications/reveal.html", context, status=422)
    full = deciding.reveal(application, what, reason=form.cleaned_data["reason"], actor=request.scope)
    return render(request, "applications/reveal.html", {**context, "full": full})
