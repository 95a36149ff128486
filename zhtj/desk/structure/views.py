"""Deleting, bringing back, merging and relocating organisations, each rehearsed before it is done (§2)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.confirming import ConfirmingForm
from orgs import kinds as kinds  # importing the package makes the kinds known
from orgs import move_rules, petition_queries, picker, rehearsal, relocation
from orgs.enums import Level, PetitionKind
from orgs.guard import administrators_only
from orgs.kinds.relocation import target_of
from orgs.models import Organization, TreeJob
from orgs.views import crumbs, within
from zhtj.desk import closing, merging, reopening, rules
from zhtj.desk.models import Closing
from zhtj.lib import notices
from zhtj.lib.paging import page_of
from zhtj.lib.verdict import Refused

from . import effects, queries
from .forms import MergeForm, RelocateForm, TypedForm

page = require_http_methods(["GET", "HEAD", "POST"])


@page
@sensitive_post_parameters("password")
@administrators_only
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """删除组织, named in numbers; the 简称 is typed, and for a branch with members the password."""
    organization = within(request, pk)
    rules.may_close(request.scope, organization).demand()
    sent = request.POST if request.method == "POST" else None
    typed = TypedForm(sent, organization=organization)
    asks = effects.member_count(organization) > 0
    password = ConfirmingForm(sent, request=request) if asks else None
    sound = typed.is_valid() and (password is None or password.is_valid())
    now = timezone.now()
    if sound and (password is None or password.confirms(now=now)):
        done = closing.close(organization, actor=request.scope)
        return _closed(request, done)
    context = {
        "organization": organization,
        "what": f"删除“{organization.short_name}”：",
        "effects": effects.of_closing(organization),
        "password": password if password is not None and password.fields else None,
        "typed_form": typed if typed.is_bound else None,
        "crumbs": crumbs(organization, request.scope, "删除组织"),
    }
    return render(request, "structure/close.html", context, status=200 if sent is None else 422)


def _closed(request: HttpRequest, done: Closing) -> HttpResponse:
    """Say what happened, how to take it back, and where the members are."""
    links = [("撤销", reverse("structure:reopen", args=[done.pk]))]
    if done.into is not None:
        links.insert(0, ("查看团员", f"{reverse('members:list')}?branch={done.into.pk}"))
    count = len(done.kept["members"])
    if done.kind == Closing.Kind.MERGED:
        text = f"已把“{done.organization.short_name}”并入“{done.into.full_name}”，{count} 名团员已转入。"
    elif done.into is not None:
        text = f"已删除“{done.organization.full_name}”，{count} 名团员在待接转团支部等待转接。"
    else:
        text = f"已删除“{done.organization.full_name}”。"
    notices.success(request, text, *links)
    return redirect("orgs:detail", pk=done.organization.parent_id)


@require_safe
@administrators_only
def closed(request: HttpRequest) -> HttpResponse:
    """已删除的组织: what was deleted or merged below, and until when it can be taken back."""
    scope = request.scope
    found = queries.closings(scope)
    shown = page_of(found, request.GET, by=("newest",), total=found.count())
    context = {
        "page": shown,
        "lines": queries.lines(scope, shown.rows, now=timezone.now()),
        "crumbs": crumbs(scope.root, scope, "已删除的组织"),
    }
    return render(request, "structure/closed.html", context)


@page
@administrators_only
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """撤销 of a deletion or merger: who comes back, and who has moved on since."""
    found = get_object_or_404(queries.closings(request.scope), pk=pk)
    rules.may_reopen(request.scope, found, now=timezone.now()).demand()
    if request.method == "POST":
        people = reopening.reopen(found, actor=request.scope)
        away = f"另有 {len(people.away)} 名已经转走，没有变动。" if people.away else ""
        text = f"已恢复“{found.organization.full_name}”，{len(people.back)} 名团员回到这里。{away}"
        notices.success(request, text)
        return redirect("orgs:detail", pk=found.organization_id)
    people = reopening.returning(found)
    context = {
        "closing": found,
        "effects": effects.of_undoing(found, people),
        "away": people.people_away(),
        "crumbs": crumbs(found.organization.parent, request.scope, "撤销删除"),
    }
    return render(request, "structure/reopen.html", context)


@page
@sensitive_post_parameters("password")
@administrators_only
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """合并团支部: choose the other branch, see what will happen, settle what cannot be twice."""
    source = within(request, pk)
    rules.may_merge_from(request.scope, source).demand()
    chosen = picker.chosen(request.GET.get("organization", ""))
    if chosen is None or not request.scope.covers(chosen):
        problem = rules.may_merge(request.scope, source, chosen).message if chosen else ""
        return _pick(request, source, at=source.parent, only="branches", problem=problem)
    target = within(request, chosen.pk)
    verdict = rules.may_merge(request.scope, source, target)
    sent = request.POST if request.method == "POST" else None
    form = MergeForm(sent, request=request, asked=merging.questions(source, target))
    if verdict and _sound(form):
        try:
            return _closed(request, merging.merge(source, target, form.settlement, actor=request.scope))
        except Refused as refused:
            form.refuse(refused.verdict)
    context = {
        "organization": source,
        "target": target,
        "verdict": verdict,
        "form": form,
        "effects": effects.of_merger(source, target) if verdict else [],
        "crumbs": crumbs(source, request.scope, "合并团支部"),
    }
    return render(request, "structure/merge.html", context, status=422 if form.errors else 200)


def _sound(form: MergeForm) -> bool:
    """A pair without questions, and a fresh password, leave an empty form: the button alone is the answer."""
    return form.is_bound and form.is_valid() and form.confirms(now=timezone.now())


def _pick(
    request: HttpRequest, organization: Organization, *, at: Organization, only: str, problem: str = ""
) -> HttpResponse:
    """The organisation picker for what `organization` can be merged into or moved below, opened at `at`."""
    moves = only == "superiors"
    asked = {"at": str(at.pk)} | request.GET.dict() | {"only": only, "but": str(organization.pk)}
    context = {
        "organization": organization,
        "problem": problem,
        "picker": picker.look(asked, address=request.scope.address, now=timezone.now()),
        "picker_name": "organization",
        "crumbs": crumbs(organization, request.scope, "申请组织迁移" if moves else "合并团支部"),
    }
    return render(request, f"structure/{'relocate' if moves else 'merge'}_pick.html", context)


def _first_look(organization: Organization) -> Organization:
    """Where other superiors like the present one are; a province is not looked beyond."""
    parent = organization.parent
    leads = parent.is_leading_body and parent.level <= Level.PROVINCE
    return parent if leads or parent.parent is None else parent.parent


@page
@administrators_only
def relocate_own(request: HttpRequest) -> HttpResponse:
    """申请组织迁移 for the organisation acted for."""
    return relocate(request, request.scope.root.pk)


@page
@administrators_only
def relocate(request: HttpRequest, pk: int) -> HttpResponse:
    """申请组织迁移: choose the new superior, look at the rehearsal, ask."""
    organization = within(request, pk)
    move_rules.may_ask(request.scope, organization).demand()
    pending = organization.petitions.pending().filter(kind=PetitionKind.RELOCATION).first()
    if pending is not None:
        return redirect("petitions:detail", pk=pending.pk)
    target = picker.chosen(request.GET.get("organization", ""))
    if target is None:
        return _pick(request, organization, at=_first_look(organization), only="superiors")
    verdict = move_rules.may_go(organization, target)
    form = RelocateForm(request.POST or None)
    if verdict and form.is_valid():
        remark = form.cleaned_data["remark"]
        petition = relocation.ask(organization, target, actor=request.scope, remark=remark)
        turn = petition_queries.whose_turn(petition, request.scope)
        notices.success(request, f"迁移申请已发出。接下来{turn}。")
        return redirect("petitions:detail", pk=petition.pk)
    context = _rehearsed(request, organization, target) | {
        "verdict": verdict,
        "form": form,
        "crumbs": crumbs(organization, request.scope, "申请组织迁移"),
    }
    return render(request, "structure/relocate.html", context, status=422 if form.errors else 200)


def _rehearsed(request: HttpRequest, organization: Organization, target: Organization) -> dict:
    """What the piece with the rehearsal shows."""
    stands = move_rules.may_stand(organization, target)
    return {
        "organization": organization,
        "target": target,
        "rehearsal": rehearsal.of_move(organization, target, viewer=request.scope) if stands else None,
        "members": effects.members_below(organization),
    }


@require_safe
def rehearse(request: HttpRequest, pk: int) -> HttpResponse:
    """The rehearsal as of now, for everybody who sees the petition."""
    visible = petition_queries.visible(request.scope).filter(kind=PetitionKind.RELOCATION)
    petition = get_object_or_404(visible.pending(), pk=pk)
    target = target_of(petition)
    if target is None:
        raise Refused(move_rules.GONE)
    context = _rehearsed(request, petition.organization, target) | {
        "petition": petition,
        "verdict": move_rules.may_go(petition.organization, target),
    }
    return render(request, "structure/rehearse.html", context)


@require_safe
@administrators_only
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a rename in the background is; htmx asks for the piece alone."""
    found = get_object_or_404(
        TreeJob.objects.filter(request.scope.q("organization__path")).select_related("organization__parent"),
        pk=pk,
    )
    if request.htmx and found.is_open:
        return render(request, "structure/_job.html", {"job": found})
    context = {"job": found, "crumbs": crumbs(found.organization, request.scope, "组织更名")}
    response = render(request, "structure/job.html", context)
    if request.htmx:
        response["HX-Refresh"] = "true"
    return response
