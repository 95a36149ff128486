"""移除团员: choose the reason, see in numbers what will happen, do it; the record with its undo; 超龄."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from orgs.guard import administrators_only
from zhtj.lib import exports, notices
from zhtj.lib.paging import page_of

from ..models import Member, RemovalReason
from . import pages, queries, rules, todo, verbs
from .exporting import export
from .forms import FilterForm, RemoveForm
from .rules import Given

SHOWN = 5  # refusals told by name in one notice


def _chosen(request: HttpRequest) -> list[Member]:
    """The people ticked in a list, or carried by the pages of a removal, as account ids; one more than allowed."""
    given = request.POST if request.method == "POST" else request.GET
    texts = [*given.get("chosen", "").split(","), *given.getlist("account")]
    return list(queries.chosen(request.scope, texts)[: rules.MOST + 1])


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def new(request: HttpRequest) -> HttpResponse:
    """First the reason, then the confirm page; nothing is written yet."""
    people = _chosen(request)
    if not people or len(people) > rules.MOST:
        notices.refuse(request, (rules.TOO_MANY if people else rules.NOBODY).message)
        return redirect("members:list")
    ids = {"chosen": ",".join(str(each.account_id) for each in people)}
    sent = request.POST.dict() | ids if "reason" in request.POST else None
    form = RemoveForm(sent, initial=ids)
    given = form.given if form.is_bound and form.is_valid() else None
    found = pages.plan(request.scope, people, given, today=timezone.localdate())
    context = {"form": form, "plan": found, "total": len(found.able), "people": people}
    if given and found.able:
        context |= {"given": given, "effects": pages.effects(found, given)}
        return render(request, "removal/confirm.html", context)
    return render(request, "removal/new.html", context, status=422 if form.errors or given else 200)


@require_POST
@administrators_only
def carry_out(request: HttpRequest) -> HttpResponse:
    """Do it, each person for himself, and say what became of whom."""
    form, people = RemoveForm(request.POST), _chosen(request)
    if not form.is_valid() or not people or len(people) > rules.MOST:
        notices.refuse(request, "没有选择人或原因，什么都没有变动，请重新选择。")
        return redirect("members:list")
    outcomes = verbs.remove_all(people, form.given, actor=request.scope)
    return _told(request, outcomes)


def _told(request: HttpRequest, outcomes: Sequence[verbs.Outcome]) -> HttpResponse:
    removed = [each for each in outcomes if each.removal]
    asked = [each for each in outcomes if each.petition]
    refused = [each for each in outcomes if not each.verdict]
    if removed:
        name = removed[0].name if len(removed) == 1 else f" {len(removed)} 名团员"
        notices.success(request, f"已移除{name}，可以在期限之内撤销。")
    if asked:
        name = asked[0].name if len(asked) == 1 else f" {len(asked)} 名团员"
        links = [("查看申请", reverse("desk:inbox_asked"))]
        notices.success(request, f"已申请移除{name}，等直接上级批准。", *links)
    if refused:
        reasons = "；".join(each.verdict.message.rstrip("。") for each in refused[:SHOWN])
        more = f"；另有 {len(refused) - SHOWN} 人" if len(refused) > SHOWN else ""
        notices.warn(request, f"{len(refused)} 人没有移除：{reasons}{more}。")
    return redirect("removal:list" if removed else "members:list")


@require_safe
@administrators_only
def index(request: HttpRequest) -> HttpResponse:
    """移除记录 of the organisation acted for and everything below it."""
    form, now = FilterForm(request.GET), timezone.now()
    found = queries.removals(request.scope, form.wanted)
    page = page_of(found, request.GET, by=("newest",), total=found.count())
    context = {
        "form": form,
        "page": page,
        "lines": queries.lines(request.scope, page.rows, now=now),
        "filtered": form.wanted != queries.Wanted(),
        "here": reverse("removal:list"),
    }
    return render(request, "removal/list.html", context)


@require_POST
@administrators_only
def excel(request: HttpRequest) -> HttpResponse:
    """The same rows as a workbook."""
    found = queries.removals(request.scope, FilterForm(request.POST).wanted).order_by("-pk")
    name = f"移除记录（{timezone.localdate():%Y-%m-%d}）.xlsx"
    return exports.download(export(found, actor=request.scope), name)


@require_safe
@administrators_only
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One removal, and whether it can be undone."""
    removal = get_object_or_404(queries.removals(request.scope), pk=pk)
    (line,) = queries.lines(request.scope, [removal], now=timezone.now())
    context = {"removal": removal, "line": line, "posts": queries.ended_posts(removal)}
    context["crumbs"] = [("移除记录", reverse("removal:list")), (removal.account.name, "")]
    return render(request, "removal/detail.html", context)


@require_POST
@administrators_only
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """撤销."""
    removal = get_object_or_404(queries.removals(request.scope), pk=pk)
    member = verbs.undo(removal, actor=request.scope)
    links = [("查看团员", reverse("members:detail", args=[member.pk]))]
    notices.success(
        request, f"已撤销，{removal.account.name}的团籍回到“{removal.branch.short_name}”。", *links
    )
    return redirect("removal:detail", pk=pk)


@require_safe
@administrators_only
def overage(request: HttpRequest) -> HttpResponse:
    """超龄团员: those of 28 preselected for 超龄离团, and below them those who soon will be."""
    today, scope = timezone.localdate(), request.scope
    near = queries.direct(scope)
    context = {
        "due": list(todo.due_among(near, today=today)[: rules.MOST]),
        "asked": list(queries.overage(near, today=today).filter(queries.being_removed())[: rules.MOST]),
        "soon": list(queries.soon(near, today=today)[: rules.MOST]),
        "today": today,
        "given": Given(RemovalReason.OVERAGE),
        "most": rules.MOST,
    }
    return render(request, "removal/overage.html", context)
