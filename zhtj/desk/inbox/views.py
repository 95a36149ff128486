"""操作中心: list left, detail right, decisions singly and together, what others have to do, and the history."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from accounts import telling
from orgs import deciding, petition_queries, petitions
from orgs import kinds as kinds  # importing the package makes the kinds of petitions known
from orgs import todo as of_organizations
from orgs.enums import PetitionState
from orgs.guard import administrators_only
from orgs.models import Petition
from orgs.petition_views import CHANGES_RIGHTS
from zhtj.lib import notices
from zhtj.lib.paging import page_of
from zhtj.lib.todo import Todo
from zhtj.lib.verdict import Refused

from . import collect, history
from .forms import ReasonForm, chosen

TOLD = 5  # notices shown below the list; all of them stand in 个人中心


@require_safe
@administrators_only
def inbox(request: HttpRequest) -> HttpResponse:
    """What waits for the organisation acted for."""
    return _page(request, request.GET.get("kind", ""), request.GET.get("item", ""), ReasonForm())


def _page(
    request: HttpRequest,
    kind: str,
    key: str,
    form: ReasonForm,
    *,
    ticked: frozenset[int] = frozenset(),
    status: int = 200,
) -> HttpResponse:
    found = collect.items(request.scope, now=timezone.now())
    wanted = [each for each in found if each.kind == kind] or found
    shown = next((each for each in wanted if each.key == key), wanted[0] if wanted else None)
    context = {
        "tab": "inbox",
        "kinds": collect.kinds(found, kind),
        "kind": kind if wanted is not found else "",
        "total": len(found),
        "more": max(0, request.frame_counts.get("inbox", 0) - len(found)),
        "items": wanted,
        "decidable": any(each.decides for each in wanted),
        "alike": _alike(wanted),
        "shown": shown,
        "opened": bool(key),
        "form": form,
        "ticked": ticked,
        "told": telling.unread(request.scope.account_id)[:TOLD],
        **_case(request, shown),
    }
    return render(request, "desk/inbox.html", context, status=status)


def _alike(items: list[Todo]) -> int:
    """How many petitions can be chosen at a stroke: all, where they are of one kind and more than one."""
    found = Counter(each.kind for each in items if each.decides)
    return found.total() if len(found) == 1 and found.total() > 1 else 0


def _case(request: HttpRequest, shown: Todo | None) -> dict[str, Any]:
    """The petition behind the shown item: what would change and its course."""
    if shown is None or shown.decides is None:
        return {}
    petition = petition_queries.visible(request.scope).get(pk=shown.decides)
    kind = petitions.kind_of(petition)
    return {
        "petition": petition,
        "petition_kind": kind,
        "lines": kind.lines(petition),
        "course": petition_queries.course(petition),
    }


@require_safe
@administrators_only
def asked(request: HttpRequest) -> HttpResponse:
    """What this organisation has asked for and others still have to decide."""
    scope = request.scope
    items = of_organizations.petitions(scope, of_organizations.asked(scope))
    return render(request, "desk/inbox_asked.html", {"tab": "asked", "items": items})


@require_safe
@administrators_only
def decided(request: HttpRequest) -> HttpResponse:
    """What this organisation has decided, newest first."""
    page = page_of(history.decisions(request.scope), request.GET, by=("newest",))
    context = {"tab": "decided", "page": page, "rows": history.rows(request.scope, page.rows)}
    return render(request, "desk/inbox_decided.html", context)


@require_POST
@administrators_only
def approve(request: HttpRequest) -> HttpResponse:
    """同意 one, or all that are chosen."""
    try:
        outcomes = deciding.approve_all(chosen(request.POST, request.scope), actor=request.scope)
    except Refused as refused:
        notices.refuse(request, refused.verdict.message)
        return _back(request)
    _renew(request, outcomes)
    return _answer(request, outcomes, "同意")


@require_POST
@administrators_only
def send_back(request: HttpRequest) -> HttpResponse:
    """退回 one, or all that are chosen, with one reason."""
    form, found = ReasonForm(request.POST), chosen(request.POST, request.scope)
    if not form.is_valid():
        return _unreasoned(request, form, found)
    remark = form.cleaned_data["remark"]
    try:
        outcomes = deciding.send_back_all(found, remark=remark, actor=request.scope)
    except Refused as refused:
        notices.refuse(request, refused.verdict.message)
        return _back(request)
    return _answer(request, outcomes, "退回")


def _unreasoned(request: HttpRequest, form: ReasonForm, found: list[Petition]) -> HttpResponse:
    """The page once more: one is opened with the error at its field, several stay chosen."""
    kind = request.POST.get("kind", "")
    if len(found) == 1:
        return _page(request, kind, f"petition-{found[0].pk}", form, status=422)
    notices.refuse(request, "退回需要写明原因，请填写后再退回。")
    ticked = frozenset(each.pk for each in found)
    return _page(request, kind, "", ReasonForm(), ticked=ticked, status=422)


def _renew(request: HttpRequest, outcomes: list[deciding.Outcome]) -> None:
    """A change of rights gives the session of whoever agreed a new key."""
    done = [each.petition for each in outcomes if each.verdict]
    if any(each.kind in CHANGES_RIGHTS and each.state == PetitionState.APPROVED for each in done):
        request.session.cycle_key()


def _answer(request: HttpRequest, outcomes: list[deciding.Outcome], act: str) -> HttpResponse:
    """One is told in a sentence above the next item; several on a page that says what happened to each."""
    if len(outcomes) > 1:
        done = sum(bool(each.verdict) for each in outcomes)
        rows = [(each, _words(request, each)) for each in outcomes]
        context = {"tab": "", "rows": rows, "act": act, "done": done, "refused": len(outcomes) - done}
        return render(request, "desk/inbox_outcome.html", context)
    (outcome,) = outcomes
    link = ("查看申请", reverse("petitions:detail", args=[outcome.petition.pk]))
    tell = notices.success if outcome.verdict else notices.refuse
    tell(
        request,
        f"{outcome.petition.about}的{outcome.petition.get_kind_display()}：{_words(request, outcome)}",
        link,
    )
    return _back(request)


def _words(request: HttpRequest, outcome: deciding.Outcome) -> str:
    """What became of it, in a sentence."""
    petition: Petition = outcome.petition
    if not outcome.verdict:
        return outcome.verdict.message
    if petition.state == PetitionState.APPROVED:
        return "已同意，已经生效。"
    if petition.state == PetitionState.RETURNED:
        return "已退回，发起方可以看到原因。"
    return f"已同意，接下来{petition_queries.whose_turn(petition, request.scope)}。"


def _back(request: HttpRequest) -> HttpResponse:
    kind = request.POST.get("kind", "")
    query = f"?{urlencode({'kind': kind})}" if kind else ""
    return redirect(f"{reverse('desk:inbox')}{query}")
