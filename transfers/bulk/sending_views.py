"""办理转出 for many: bring the people, say why and where to, see the plan, begin them as one act (§6.1)."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members.lists.selection import ids
from orgs import picker
from orgs.guard import administrators_only
from orgs.scope import Scope
from zhtj.lib import notices
from zhtj.lib.sheets import Unreadable
from zhtj.lib.verdict import Refused

from .. import starting_views
from ..models import PeopleList
from . import lists, pages, plan, reading
from . import sending as begin
from .forms import BringForm, CommonForm
from .lists import Purpose

EACH, OUTSIDE = "each", starting_views.OUTSIDE
HEADINGS = {Purpose.SEND: "批量办理转出", Purpose.STATUS: "查询办理情况"}
asks = require_http_methods(["GET", "HEAD", "POST"])


def own_list(request: HttpRequest, pk: int, purpose: str) -> PeopleList:
    """A list of this person; everybody else's looks as if it did not exist."""
    return get_object_or_404(lists.of(request.scope).filter(purpose=purpose), pk=pk)


def crumbs(people: PeopleList, step: str = "") -> list[tuple[str, str]]:
    """From the lists to this one, and to the step taken in it."""
    address = reverse("transfers:sending", args=[people.pk])
    above = [(HEADINGS[Purpose.SEND], reverse("transfers:many")), (people.source, address if step else "")]
    return [*above, (step, "")] if step else above


@asks
@administrators_only
def many(request: HttpRequest) -> HttpResponse:
    """The people ticked in 团员列表, or a list pasted or uploaded here."""
    if request.POST.getlist("account"):
        return _chosen(request)
    return bring(request, Purpose.SEND, "transfers:sending")


def _chosen(request: HttpRequest) -> HttpResponse:
    accounts = ids(request.POST.getlist("account"))
    people = lists.keep_chosen(accounts, source=f"团员列表中选择的 {len(accounts)} 人", actor=request.scope)
    return redirect("transfers:sending", pk=people.pk)


def bring(request: HttpRequest, purpose: str, then: str) -> HttpResponse:
    """Paste or upload; beside it, the lists of the last days."""
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = BringForm(*data, purpose=purpose)
    if form.is_bound and form.is_valid():
        try:
            return redirect(then, pk=_kept(form, purpose, request.scope).pk)
        except (Refused, Unreadable) as refusal:
            form.refuse(refusal.verdict)
    recent = lists.of(request.scope).filter(purpose=purpose).order_by("-pk")[:20]
    context = {
        "form": form,
        "recent": recent,
        "purpose": purpose,
        "days": settings.TRANSFER_LIST_DAYS,
        "most": lists.MOST,
        "crumbs": [("组织关系转接", reverse("transfers:list")), (HEADINGS[purpose], "")],
    }
    return render(request, "transfers/bulk/bring.html", context, status=422 if form.errors else 200)


def _kept(form: BringForm, purpose: str, scope: Scope) -> PeopleList:
    file = form.cleaned_data["file"]
    lists.may_keep(scope, 1, purpose).demand()  # before a file is opened
    if file:
        brought, source = reading.from_file(file.read(), file.name), file.name
    else:
        brought, source = reading.from_text(form.cleaned_data["pasted"]), "粘贴的名单"
    return lists.keep_brought(brought, purpose, source=source, actor=scope)


@asks
@administrators_only
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """The reason and its details for all; the target for all from the picker, or each line its own."""
    people = own_list(request, pk, Purpose.SEND)
    common, asked = lists.common(people), _asked(request, people)
    if not asked:
        return _pick(request, people, "transfers/bulk/settle.html", {"crumbs": crumbs(people)})
    target = picker.chosen(asked) if asked not in (EACH, OUTSIDE) else None
    if target is None and asked not in (EACH, OUTSIDE):
        return redirect(request.path)
    initial = CommonForm.initial_of_common(common)
    form = CommonForm(request.POST or None, target=target, each=asked == EACH, initial=initial)
    if request.method == "POST" and form.is_valid():
        lists.settle(people, form.common, actor=request.scope)
        return redirect("transfers:sending", pk=pk)
    context = {"people": people, "form": form, "target": target, "each": asked == EACH}
    context["crumbs"] = crumbs(people)
    return render(request, "transfers/bulk/settle.html", context, status=422 if form.errors else 200)


def _asked(request: HttpRequest, people: PeopleList) -> str:
    """What was picked; else what the list says already; lines that name their own target need no other."""
    if asked := request.GET.get("organization", ""):
        return asked
    if {"pick", "at", "q"} & set(request.GET):
        return ""
    common = lists.common(people)
    if common.target or common.outside:
        return str(common.target or OUTSIDE)
    own = all(each.said or each.target for each in lists.entries(people))
    return EACH if own or common.reason else ""


def _pick(request: HttpRequest, people: PeopleList, template: str, more: dict) -> HttpResponse:
    asked = {**request.GET.dict(), "only": "targets"}
    view = picker.look(asked, address=request.scope.address, now=timezone.now())
    context = {"people": people, "picker": view, "picker_name": "organization", **more}
    return render(request, template, context, status=200 if view.verdict else 429)


@require_safe
@administrators_only
def sending(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan: what would happen to each line now."""
    people = own_list(request, pk, Purpose.SEND)
    if not lists.common(people).reason:
        return redirect("transfers:settle", pk=pk)
    now = timezone.now()
    found = plan.make(people, actor=request.scope, now=now)
    group = pages.group_of(request.GET.get("group", ""), found)
    context = {
        "people": people,
        "common": lists.common(people),
        "plan": found,
        "tiles": pages.tiles(found, group),
        "group": group,
        "said": pages.SAID[group],
        "page": pages.page(found, group, request.GET, actor=request.scope, now=now),
        "effects": pages.effects(found),
        "crumbs": crumbs(people),
    }
    return render(request, "transfers/bulk/sending.html", context)


@asks
@administrators_only
def aim(request: HttpRequest, pk: int, at: int) -> HttpResponse:
    """The target of one line, and of all that write the same 全称 that no organisation bears."""
    people = own_list(request, pk, Purpose.SEND)
    entries = lists.entries(people)
    entry = next((each for each in entries if each.at == at), None)
    if entry is None:
        return redirect("transfers:sending", pk=pk)
    sent = request.POST if request.method == "POST" else request.GET
    target = picker.chosen(sent.get("organization", ""))
    trail = {"entry": entry, "crumbs": crumbs(people, "选择去向")}
    if target is None:
        return _pick(request, people, "transfers/bulk/aim.html", trail)
    same = [each.at for each in entries if each.at == at or _same(each, entry)]
    if request.method != "POST":
        context = {"people": people, "target": target, "count": len(same), **trail}
        return render(request, "transfers/bulk/aim.html", context)
    lists.aim(people, same, target, actor=request.scope)
    notices.success(request, f"已为 {len(same)} 行选择去向“{target.full_name}”。")
    return redirect("transfers:sending", pk=pk)


def _same(one: lists.Entry, other: lists.Entry) -> bool:
    return bool(one.said) and one.said == other.said and not one.target


@require_POST
@administrators_only
def leave_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a line off the list; nobody's case changes."""
    people = own_list(request, pk, Purpose.SEND)
    ats = ids(request.POST.getlist("line"))
    lists.leave_out(people, ats, actor=request.scope)
    notices.success(request, f"已从名单中去掉 {len(ats)} 行，没有办理任何事。")
    return redirect("transfers:sending", pk=pk)


@require_POST
@administrators_only
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """发起: everybody the button announced, or nobody."""
    people = own_list(request, pk, Purpose.SEND)
    try:
        batch = begin.send(people, stamp=request.POST.get("stamp", ""), actor=request.scope)
    except Refused as refusal:
        notices.refuse(request, refusal.verdict.message)
        return redirect("transfers:sending", pk=pk)
    notices.success(request, "已发起，每人一件转接；进展都在这一页。")
    return redirect("transfers:batch", batch=batch)


@require_POST
@administrators_only
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """删除: the list is forgotten; nobody's case changes."""
    people = get_object_or_404(lists.of(request.scope), pk=pk)
    lists.drop(people, actor=request.scope)
    notices.success(request, "这份名单已删除，转接没有任何改变。")
    return redirect("transfers:many" if people.purpose == Purpose.SEND else "transfers:statuses")
