"""What became of those sent together, how far the people of a list are, and many cases decided at once (§6.4)."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members.lists.selection import ids
from orgs.guard import administrators_only
from zhtj.lib import exports, notices
from zhtj.lib.paging import page_of, page_of_list
from zhtj.lib.verdict import Refused

from .. import lists as rows_of
from ..forms import AgreeForm
from ..models import Transfer
from ..workflow import Word
from . import batches, deciding, pages, sending_views, statuses
from .forms import AssignManyForm, ReturnManyForm
from .lists import Purpose

SIZE = 50


# -- those sent together ------------------------------------------------------------------------------


@require_safe
@administrators_only
def batch(request: HttpRequest, batch: UUID) -> HttpResponse:
    """States as tiles, rows, and what can be done next."""
    found, state = batches.cases(request.scope, batch), request.GET.get("state", "")
    if not found.exists():
        raise Http404
    wanted = batches.newest_first(found, state)
    page = page_of(wanted, request.GET, by=("newest",), size=SIZE, total=wanted.count())
    first = found.order_by("pk").first()
    context = {
        "batch": batch,
        "first": first,
        "state": state,
        "tiles": batches.tiles(found, state),
        "page": page,
        "rows": rows_of.rows(page.rows, request.scope),
        "may_retry": batches.may_retry(found),
        "under_way": batches.under_way(found),
        "letters": pages.letters(batch),
        "crumbs": [("批量办理转出", reverse("transfers:many")), ("一起发起的转接", "")],
    }
    return render(request, "transfers/bulk/batch.html", context)


@require_POST
@administrators_only
def batch_excel(request: HttpRequest, batch: UUID) -> HttpResponse:
    """The rows of the state shown as a workbook, numbers masked."""
    found = batches.newest_first(batches.cases(request.scope, batch), request.POST.get("state", ""))
    rows = list(found.order_by("pk"))
    if not rows:
        raise Http404
    return exports.download(batches.workbook(rows, actor=request.scope), "一起发起的转接.xlsx")


@require_POST
@administrators_only
def batch_retry(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Those that came to nothing as a new list; the plan first, as always."""
    found = batches.cases(request.scope, batch)
    if not found.exists():
        raise Http404
    try:
        people = batches.retry(found, actor=request.scope)
    except Refused as refusal:
        notices.refuse(request, refusal.verdict.message)
        return redirect("transfers:batch", batch=batch)
    return redirect("transfers:sending", pk=people.pk)


# -- how far the people of a list are -----------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def statuses_new(request: HttpRequest) -> HttpResponse:
    """Paste or upload the list to ask after."""
    return sending_views.bring(request, Purpose.STATUS, "transfers:status")


@require_safe
@administrators_only
def status(request: HttpRequest, pk: int) -> HttpResponse:
    """Every line with the case as it is now."""
    people = sending_views.own_list(request, pk, Purpose.STATUS)
    rows = statuses.look(people, actor=request.scope, now=timezone.now())
    standing = statuses.standing_of(request.GET.get("standing", ""), rows)
    wanted = [each for each in rows if each.standing == standing]
    context = {
        "people": people,
        "tiles": statuses.tiles(rows, standing),
        "standing": standing,
        "said": statuses.SAID[standing],
        "page": page_of_list(wanted, request.GET, key=lambda row: row.found.entry.at, size=SIZE),
        "wanted": wanted,
        "crumbs": [("查询办理情况", reverse("transfers:statuses")), (people.source, "")],
    }
    return render(request, "transfers/bulk/status.html", context)


@require_POST
@administrators_only
def status_excel(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole list as a workbook."""
    people = sending_views.own_list(request, pk, Purpose.STATUS)
    rows = statuses.look(people, actor=request.scope, now=timezone.now())
    return exports.download(statuses.workbook(people, rows, actor=request.scope), "转接办理情况.xlsx")


# -- many decided together ----------------------------------------------------------------------------


def _seen(request: HttpRequest) -> list[Transfer]:
    return deciding.seen(request.POST.getlist("case"), request.scope)


def _refusal(request: HttpRequest, chosen: list[Transfer]) -> HttpResponse | None:
    """Back to the list where nothing, or too much, was chosen."""
    verdict = deciding.fits(chosen)
    if verdict:
        return None
    notices.refuse(request, verdict.message)
    return redirect("transfers:list")


@require_POST
@administrators_only
def decide(request: HttpRequest) -> HttpResponse:
    """Who can be agreed to, sent back or assigned, before anything is done."""
    chosen = _seen(request)
    return _refusal(request, chosen) or _plan(request, chosen)


def _together(request: HttpRequest, chosen: list[Transfer]) -> list[Transfer]:
    """All that were chosen at first, of which a form on the page names only those it can act on."""
    everything = deciding.seen(request.POST.getlist("chosen"), request.scope)
    return everything if deciding.fits(everything) else chosen


def _plan(request: HttpRequest, chosen: list[Transfer], *, status: int = 200, **forms) -> HttpResponse:
    found = deciding.choices(chosen, scope=request.scope, now=timezone.now())
    assigning = forms.pop("assigning", None)
    context = {
        "choices": found,
        "agreeable": [each for each in found if each.may_agree],
        "returnable": [each for each in found if each.may_return],
        "effects": deciding.effects(found),
        "unable": [each for each in found if not each.able],
        "groups": [
            (target, group, _assign_form(target, assigning))
            for target, group in deciding.targets(found).items()
        ],
        "agree_form": AgreeForm(),
        "return_form": ReturnManyForm(),
        "crumbs": [("组织关系转接", reverse("transfers:list")), ("一起办理", "")],
        **forms,
    }
    return render(request, "transfers/bulk/decide.html", context, status=status)


def _assign_form(target, sent: AssignManyForm | None) -> AssignManyForm:
    return sent if sent is not None and sent.target == target else AssignManyForm(target=target)


@require_POST
@administrators_only
def decide_agree(request: HttpRequest) -> HttpResponse:
    """同意 all that are chosen."""
    chosen = _seen(request)
    if refusal := _refusal(request, chosen):
        return refusal
    return _told(request, deciding.agree_all(chosen, actor=request.scope, now=timezone.now()), "同意")


@require_POST
@administrators_only
def decide_return(request: HttpRequest) -> HttpResponse:
    """退回 all that are chosen, with one reason."""
    form, chosen = ReturnManyForm(request.POST), _seen(request)
    if refusal := _refusal(request, chosen):
        return refusal
    if not form.is_valid():
        return _plan(request, _together(request, chosen), status=422, return_form=form)
    word = Word(form.cleaned_data["code"], form.cleaned_data["remark"])
    return _told(request, deciding.return_all(chosen, word, actor=request.scope), "退回")


@require_POST
@administrators_only
def decide_assign(request: HttpRequest) -> HttpResponse:
    """分配 all that are chosen to one branch of the organisation they were sent to."""
    chosen, wanted = _seen(request), ids(request.POST.getlist("target"))
    target = next((each.target for each in chosen if each.target_id in wanted), None)
    if target is None or not deciding.fits(chosen):
        return _refusal(request, chosen) or redirect("transfers:list")
    form = AssignManyForm(request.POST, target=target)
    form.target = target
    if not form.is_valid():
        return _plan(request, _together(request, chosen), status=422, assigning=form)
    return _told(request, deciding.assign_all(chosen, form.chosen, actor=request.scope), "分配")


def _told(request: HttpRequest, outcomes: list[deciding.Outcome], act: str) -> HttpResponse:
    """What became of each, and the way on with those chosen at first that can still be acted on."""
    done = sum(bool(each.verdict) for each in outcomes)
    chosen = deciding.seen(request.POST.getlist("chosen"), request.scope)
    rest = deciding.left(chosen, outcomes, scope=request.scope, now=timezone.now())
    context = {
        "rest": rest,
        "rows": [(each, deciding.words(each)) for each in outcomes],
        "act": act,
        "done": done,
        "refused": len(outcomes) - done,
        "crumbs": [("组织关系转接", reverse("transfers:list")), ("办理结果", "")],
    }
    return render(request, "transfers/bulk/outcome.html", context)
