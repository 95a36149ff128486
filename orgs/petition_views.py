"""One petition of any kind: whose turn, what would change, the course, and the acts of this viewer."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from zhtj.lib import notices

from . import kinds as kinds  # importing the package makes the kinds known
from . import petition_queries, petitions
from .enums import PetitionKind, PetitionState
from .models import Petition
from .petition_forms import ReturnForm, SeenForm

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


@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """同意."""
    petition = SeenForm(request.POST).seen(seen(request, pk))
    petition = petitions.approve(petition, actor=request.scope)
    if petition.state == PetitionState.APPROVED:
        _renew(request, petition)
        notices.success(request, f"已同意，{petition.get_kind_display()}已经生效。")
    else:
        turn = petition_queries.whose_turn(petition, request.scope)
        notices.success(request, f"已同意。接下来{turn}。")
    return redirect("petitions:detail", pk=pk)


@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """退回, with a reason."""
    petition, form = seen(request, pk), ReturnForm(request.POST)
    if not form.is_valid():
        return page(request, petition, form, status=422)
    petitions.send_back(form.seen(petition), actor=request.scope, remark=form.cleaned_data["remark"])
    notices.success(request, "已退回，发起方可以看到原因。")
    return redirect("petitions:detail", pk=pk)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """撤回."""
    petitions.withdraw(SeenForm(request.POST).seen(seen(request, pk)), actor=request.scope)
    notices.success(request, "已撤回，没有任何改变。")
    return redirect("petitions:detail", pk=pk)


def _renew(request: HttpRequest, petition: Petition) -> None:
    """A change of rights gives the session of whoever agreed a new key."""
    if petition.kind in CHANGES_RIGHTS:
        request.session.cycle_key()
