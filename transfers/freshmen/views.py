"""新生接收台: who waits to be received, for a class, for papers; agreeing, placing and checking off for many (§6.7)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from members.documents import receiving
from members.lists.selection import ids
from members.models import PaperKind
from orgs.guard import administrators_only
from orgs.models import Organization
from orgs.views import within
from zhtj.lib import notices
from zhtj.lib.paging import page_of
from zhtj.lib.verdict import Refused

from ..bulk import deciding
from ..papers_views import say
from . import checking, pages, people, placing, rules
from .forms import ClassListForm, DayForm, MarkForm, PapersFilter, PlaceForm
from .placing import Plan


def receiving_at(request: HttpRequest, pk: int) -> Organization:
    """The organisation whose newcomers are received; Refused where others receive them."""
    organization = within(request, pk)
    rules.may_receive(request.scope, organization).demand()
    return organization


def crumbs(organization: Organization, *last: str) -> list[tuple[str, str]]:
    """From the desk to what was done on it."""
    return [("新生接收台", reverse("freshmen:show", args=[organization.pk])), *((each, "") for each in last)]


@require_safe
@administrators_only
def own(request: HttpRequest) -> HttpResponse:
    """The desk of the organisation acted for."""
    return show(request, request.scope.root.pk)


@require_safe
@administrators_only
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Who waits for 同意转入."""
    organization = receiving_at(request, pk)
    head = pages.head(organization, "show", request.scope)
    found = people.waiting(head.at, request.scope)
    page = page_of(found, request.GET, size=100, total=found.count())
    context = {"head": head, "page": page, "rows": pages.coming(page.rows)}
    return render(request, "freshmen/show.html", context)


@require_POST
@administrators_only
def agree(request: HttpRequest, pk: int) -> HttpResponse:
    """同意转入 all that are ticked, each by itself."""
    organization = receiving_at(request, pk)
    chosen = deciding.seen(request.POST.getlist("case"), request.scope)
    if not (verdict := deciding.fits(chosen)):
        notices.refuse(request, verdict.message)
        return redirect("freshmen:show", pk=pk)
    outcomes = deciding.agree_all(chosen, actor=request.scope, now=timezone.now())
    context = {
        "organization": organization,
        "rows": [(each, deciding.words(each)) for each in outcomes],
        "done": sum(bool(each.verdict) for each in outcomes),
        "refused": sum(not each.verdict for each in outcomes),
        "crumbs": crumbs(organization, "办理结果"),
    }
    return render(request, "freshmen/agreed.html", context)


# -- classes ----------------------------------------------------------------------------------------


@require_safe
@administrators_only
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Who waits for a class."""
    return _assigning(request, receiving_at(request, pk))


def _assigning(
    request: HttpRequest, organization: Organization, *, pasted: ClassListForm | None = None
) -> HttpResponse:
    head = pages.head(organization, "assign", request.scope)
    page = pages.page_of_rows(placing.waiting(head.at, request.scope), request.GET)
    context = {
        "head": head,
        "page": page,
        "form": PlaceForm(at=head.at),
        "all_form": PlaceForm(at=head.at, auto_id="all_%s"),
        "most": placing.MOST,
        "pasted": pasted or ClassListForm(),
    }
    return render(request, "freshmen/assign.html", context, status=422 if pasted else 200)


@require_POST
@administrators_only
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Where those ticked would go; nothing has happened yet."""
    organization = receiving_at(request, pk)
    at = people.desk(organization)
    everybody, form = placing.waiting(at, request.scope), PlaceForm(request.POST, at=at)
    wanted = set(request.POST.getlist("who"))
    chosen = everybody if "every" in request.POST else [each for each in everybody if each.key in wanted]
    if not chosen or not form.is_valid():
        said = placing.NOBODY.message if not chosen else "请选择班级团支部。"
        notices.refuse(request, said)
        return redirect("freshmen:assign", pk=pk)
    asked = form.cleaned_data["branch"]
    even = asked == PlaceForm.EVENLY
    made = placing.evenly(chosen, at.fresh) if even else placing.to_one(chosen, form.classes[asked])
    return _planned(request, organization, made)


@require_POST
@administrators_only
def plan_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Where those of a pasted list would go; nothing is kept of it."""
    organization, form = receiving_at(request, pk), ClassListForm(request.POST)
    if not form.is_valid():
        return _assigning(request, organization, pasted=form)
    at = people.desk(organization)
    made = placing.by_list(form.cleaned_data["pasted"], at, placing.waiting(at, request.scope))
    if not made.rows:
        form.add_error("pasted", "没有找到姓名或身份证号码，请每行写一个人和班级。")
        return _assigning(request, organization, pasted=form)
    return _planned(request, organization, made)


def _planned(request: HttpRequest, organization: Organization, made: Plan) -> HttpResponse:
    context = {
        "organization": organization,
        "plan": made,
        "most": placing.MOST,
        "crumbs": crumbs(organization, "分配班级"),
    }
    return render(request, "freshmen/plan.html", context)


@require_POST
@administrators_only
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """分配: everybody as the plan said, or nobody."""
    organization = receiving_at(request, pk)
    try:
        count = placing.carry_out(
            organization, placing.read(request.POST.get("pairs", "")), actor=request.scope
        )
    except Refused as refusal:
        notices.refuse(request, refusal.verdict.message)
    else:
        notices.success(request, f"已分配 {count} 人，本人和班级团支部可以看到。")
    return redirect("freshmen:assign", pk=pk)


# -- papers -----------------------------------------------------------------------------------------


@require_safe
@administrators_only
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The tick sheet of papers."""
    return _sheet(request, receiving_at(request, pk))


def _sheet(
    request: HttpRequest,
    organization: Organization,
    *,
    wrong: DayForm | None = None,
    mark: MarkForm | None = None,
) -> HttpResponse:
    """The sheet; after a wrong form with everything as it was sent."""
    head, form = pages.head(organization, "papers", request.scope), PapersFilter(request.GET)
    form.full_clean()
    found = pages.sheet_of(head.at, form.cleaned_data, now=timezone.now())
    page = page_of(found, request.GET, size=pages.SIZE, total=found.count())
    context = {
        "head": head,
        "page": page,
        "filter": form,
        "filtered": any(form.cleaned_data.values()),
        "rows": pages.sheets(page.rows, said=request.POST.getlist("paper")),
        "kinds": PaperKind,
        "day": DayForm(request.POST or None),
        "mark": mark or MarkForm(prefix="mark"),
        "wrong": wrong,
        "ticked": set(request.POST.getlist("account")),
    }
    return render(request, "freshmen/papers.html", context, status=422 if wrong else 200)


@require_POST
@administrators_only
def tick(request: HttpRequest, pk: int) -> HttpResponse:
    """登记 what was changed on the sheet."""
    organization, form = receiving_at(request, pk), DayForm(request.POST)
    if not form.is_valid():
        return _sheet(request, organization, wrong=form)
    return _received(request, organization, receiving.read(request.POST.getlist("paper")), form)


@require_POST
@administrators_only
def mark(request: HttpRequest, pk: int) -> HttpResponse:
    """The same papers of everybody ticked; what was changed on the sheet beside them is kept with them."""
    organization = receiving_at(request, pk)
    form, sheet_form = MarkForm(request.POST, prefix="mark"), DayForm(request.POST)
    for each in (form, sheet_form):
        if not each.is_valid():
            return _sheet(request, organization, wrong=each, mark=form)
    accounts, kinds = ids(request.POST.getlist("account")), form.cleaned_data["kinds"]
    day = form.cleaned_data["received_on"] or timezone.localdate()
    marked = checking.alike(accounts, kinds, form.cleaned_data["word"], day=day)
    changed = receiving.read(request.POST.getlist("paper"))
    beside = [each for each in changed if each.account not in accounts or each.kind not in kinds]
    return _received(request, organization, [*marked, *beside], sheet_form)


def _received(
    request: HttpRequest, organization: Organization, ticks: list[receiving.Tick], form: DayForm
) -> HttpResponse:
    back = f"{reverse('freshmen:papers', args=[organization.pk])}?{request.GET.urlencode()}"
    try:
        done = checking.receive(
            organization, ticks, received_on=form.cleaned_data["received_on"], actor=request.scope
        )
    except Refused as refusal:
        notices.refuse(request, refusal.verdict.message)
    else:
        say(request, done)
    return redirect(back)
