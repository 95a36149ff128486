"""组织关系转接: the list, the case, and each act on it (§6)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from orgs.guard import administrators_only
from zhtj.lib import notices
from zhtj.lib.paging import page_of

from . import lists, pages, queries, rules, workflow
from .enums import Act, State
from .forms import AgreeForm, AssignForm, ReturnForm, SeenForm
from .letters import queries as letters
from .models import Transfer
from .workflow import Word


def _seen(request: HttpRequest, pk: int) -> Transfer:
    """The case, if it is seen from here; everything else looks as if it did not exist."""
    return get_object_or_404(queries.visible(request.scope), pk=pk)


@require_safe
@administrators_only
def index(request: HttpRequest) -> HttpResponse:
    """What waits here, what is under way on either side, and what is over."""
    tab = lists.tab_of(request.GET.get("tab", ""))
    found = lists.cases(request.scope, tab)
    page = page_of(found, request.GET, by=("newest",), total=found.count())
    context = {
        "tab": tab,
        "tabs": lists.tabs(request.scope, tab),
        "page": page,
        "rows": lists.rows(page.rows, request.scope),
        "may_bring_in": rules.may_bring_in(request.scope.root),
    }
    return render(request, "transfers/list.html", context)


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The case page of all three: the person, the outgoing and the incoming side."""
    return _page(request, _seen(request, pk))


def _page(request: HttpRequest, transfer: Transfer, *, status: int = 200, **forms: SeenForm) -> HttpResponse:
    shown = SeenForm.shown(transfer)
    case = pages.case(transfer, request.scope, now=timezone.now())
    assignable = case.may[Act.ASSIGN.value] and transfer.target is not None
    context = {
        "case": case,
        "crumbs": crumbs(transfer, request),
        "transfer": transfer,
        "own": request.scope.account_id == transfer.account_id,
        "next": pages.next_for_person(transfer),
        "again": pages.again(transfer, request.scope),
        "travels": pages.TRAVELS,
        "stays": pages.STAYS,
        "letters": letters.of_case(transfer, request.scope, today=timezone.localdate()),
        "agree_form": AgreeForm(initial=shown),
        "return_form": ReturnForm(initial=shown),
        "seen_form": SeenForm(initial=shown),
        "assign_form": AssignForm(initial=shown, target=transfer.target) if assignable else None,
        **forms,
    }
    return render(request, "transfers/detail.html", context, status=status)


@require_POST
def agree(request: HttpRequest, pk: int) -> HttpResponse:
    """同意 for whatever this seat decides now: one side, or both."""
    transfer, form = _seen(request, pk), AgreeForm(request.POST)
    case = pages.case(transfer, request.scope, now=timezone.now())
    remark = form.cleaned_data["remark"] if form.is_valid() else ""
    what = case.agree or (Act.AGREE_OUT if transfer.state == State.OUT else Act.AGREE_IN)
    return _done(
        request, workflow.act(form.as_seen(transfer), what, actor=request.scope, word=Word(remark=remark))
    )


@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """退回, with a reason."""
    transfer, form = _seen(request, pk), ReturnForm(request.POST)
    if not form.is_valid():
        return _page(request, transfer, status=422, return_form=form)
    word = Word(form.cleaned_data["code"], form.cleaned_data["remark"])
    return _done(request, workflow.act(form.as_seen(transfer), Act.RETURN, actor=request.scope, word=word))


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """撤回."""
    transfer = SeenForm(request.POST).as_seen(_seen(request, pk))
    return _done(request, workflow.act(transfer, Act.WITHDRAW, actor=request.scope))


@require_POST
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    """提醒, once a day."""
    transfer = SeenForm(request.POST).as_seen(_seen(request, pk))
    workflow.act(transfer, Act.REMIND, actor=request.scope)
    notices.success(request, "已提醒，办理方的管理员会在操作中心看到。")
    return redirect("transfers:detail", pk=pk)


@require_POST
@administrators_only
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """分配团支部."""
    transfer = _seen(request, pk)
    if transfer.state != State.ASSIGN or transfer.target is None:
        return _done(request, workflow.act(transfer, Act.ASSIGN, actor=request.scope))
    form = AssignForm(request.POST, target=transfer.target)
    if not form.is_valid():
        return _page(request, transfer, status=422, assign_form=form)
    word = Word(branch=form.chosen)
    return _done(request, workflow.act(form.as_seen(transfer), Act.ASSIGN, actor=request.scope, word=word))


def _done(request: HttpRequest, transfer: Transfer) -> HttpResponse:
    """Say what has happened and what comes next; whoever no longer sees the case goes to the list."""
    said = {
        State.IN: "已同意转出，接下来等转入方同意。",
        State.ASSIGN: "已同意转入，请为其分配团支部。",
        State.DONE: f"转接已完成，{transfer.account.name}的团籍已转到“{transfer.landed or transfer.outside_name}”。",
        State.RETURNED: "已退回，本人和发起方可以看到原因，改正后可以重新发起。",
        State.WITHDRAWN: f"已撤回，团籍没有变动{_letters_void(transfer)}，需要时可以重新发起。",
    }
    notices.success(request, said.get(State(transfer.state), "已办理。"))
    return redirect("transfers:detail", pk=transfer.pk)


def _letters_void(transfer: Transfer) -> str:
    """A letter ends with the case it is about (§6.8)."""
    ended = transfer.state == State.WITHDRAWN and transfer.letters.exists()
    return "，已开具的介绍信作废" if ended else ""


def crumbs(transfer: Transfer, request: HttpRequest) -> list[tuple[str, str]]:
    """From the list, or the person's own page, to the case."""
    own = request.scope.account_id == transfer.account_id
    above = ("关系转接", reverse("me:transfer")) if own else ("组织关系转接", reverse("transfers:list"))
    return [above, ("办理情况" if own else transfer.account.name, "")]
