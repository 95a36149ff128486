"""One petition of any kind: whose turn, what would change, the course, and the acts of this viewer."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from zhtj.lib import notices
from zhtj.lib.verdict import Refused

from . import kinds as kinds  # importing the package makes the kinds known
from . import petition_queries, petitions
from .enums import PetitionKind, PetitionState
from .models import Petition
from .petition_forms import ReturnForm, SeenForm

View = Callable[[HttpRequest, int], HttpResponse]
OVERTAKEN = (petitions.MOVED_ON.cause, "closed")
CHANGES_RIGHTS = (PetitionKind.SEATS, PetitionKind.INVITATION)


def seen(request: HttpRequest, pk: int) -> Petition:
    """The petition, if this viewer sees it; otherwise 404."""
    return get_object_or_404(petition_queries.visible(request.scope), pk=pk)


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The case page."""
    petition = seen(request, pk)
    return page(request, petition)


def page(
    request: HttpRequest,
    petition: Petition,
    form: ReturnForm | None = None,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """The case page with the form of 退回, and what a kind's own act of agreeing brings with it."""
    kind = petitions.kind_of(petition)
    lines = kind.lines(petition)
    context = {
        "petition": petition,
        "form": form or ReturnForm(initial={"turn": petition.turn}),
        "kind": kind,
        "again": _again(request, petition),
        "state": petition_queries.badge(petition),
        "turn": petition_queries.whose_turn(petition, request.scope),
        "lines": lines,
        "accept": more.pop("accept", None) or kind.form(petition, lines),
        "course": petition_queries.course(petition),
        "may_decide": petitions.may_decide(request.scope, petition),
        "may_withdraw": petitions.may_withdraw(request.scope, petition),
        "covers": request.scope.covers(petition.organization),
        "mine": petition.turn_account_id == request.scope.account_id,
        **more,
    }
    return render(request, "petitions/detail.html", context, status=status)


def _again(request: HttpRequest, petition: Petition) -> str:
    """Where this viewer asks once more: the person it is about, or the organisation's own administrators."""
    kind = petitions.kind_of(petition)
    if petition.account_id == request.scope.account_id and (way := kind.again(petition)):
        return way
    return kind.afresh(petition) if request.scope.is_own(petition.organization) else ""


def shows_what_is(act: View) -> View:
    """For acts: where somebody was faster, the case as it is now says so; other refusals go their way."""

    @wraps(act)
    def acting(request: HttpRequest, pk: int) -> HttpResponse:
        try:
            return act(request, pk)
        except Refused as refused:
            if refused.verdict.cause not in OVERTAKEN:
                raise
            notices.refuse(request, refused.verdict.message)
            return page(request, seen(request, pk), status=403)

    return acting


def _next(request: HttpRequest, petition: Petition) -> list[notices.Link]:
    """Back to what else waits for whoever has just decided."""
    as_person = petition.account_id == request.scope.account_id or request.scope.root is None
    return [("返回操作中心", reverse("me:inbox" if as_person else "desk:inbox"))]


@require_POST
@shows_what_is
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """同意."""
    petition = SeenForm(request.POST).seen(seen(request, pk))
    petition = petitions.approve(petition, actor=request.scope)
    links = _next(request, petition)
    if petition.state == PetitionState.APPROVED:
        _renew(request, petition)
        notices.success(request, f"已同意，{petition.get_kind_display()}已经生效。", *links)
    else:
        turn = petition_queries.whose_turn(petition, request.scope)
        notices.success(request, f"已同意。接下来{turn}。", *links)
    return redirect("petitions:detail", pk=pk)


@require_POST
@shows_what_is
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """退回, with a reason."""
    petition, form = seen(request, pk), ReturnForm(request.POST)
    if not form.is_valid():
        return page(request, petition, form, status=422)
    petitions.send_back(form.seen(petition), actor=request.scope, remark=form.cleaned_data["remark"])
    notices.success(request, "已退回，发起方可以看到原因。", *_next(request, petition))
    return redirect("petitions:detail", pk=pk)


@require_POST
@shows_what_is
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """撤回."""
    petitions.withdraw(SeenForm(request.POST).seen(seen(request, pk)), actor=request.scope)
    notices.success(request, "已撤回，没有任何改变。")
    return redirect("petitions:detail", pk=pk)


def _renew(request: HttpRequest, petition: Petition) -> None:
    """A change of rights gives the session of whoever agreed a new key."""
    if petition.kind in CHANGES_RIGHTS:
        request.session.cycle_key()
