"""One cadre, adding, editing and ending a post."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from orgs import invitations, post_rules, posts
from orgs.guard import administrators_only
from orgs.models import Organization, Post
from orgs.views import within
from zhtj.lib import notices
from zhtj.lib.verdict import Refused, Verdict

from .. import access, registered
from ..forms import ReasonForm
from ..person_views import correcting
from ..private import WHAT
from ..queries import age, sign_in_badge
from ..registered import Way
from . import entry, queries
from .forms import AppointForm, CadreForm, OfficeForm

page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@administrators_only
def add_here(request: HttpRequest) -> HttpResponse:
    """添加团干部 of the own organisation."""
    return redirect("cadres:add", pk=request.scope.root.pk)


@page
@administrators_only
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """In a branch a member is appointed; elsewhere a person is entered."""
    organization = within(request, pk)
    if not organization.is_branch:
        return enter(request, pk)
    post_rules.may_manage(request.scope, organization).demand()
    members = queries.members_without_post(organization)
    begun = AppointForm.USUAL | {"member": request.GET.get("member", ""), "since": timezone.localdate()}
    form = AppointForm(request.POST or None, organization=organization, members=members, initial=begun)
    if form.is_valid():
        try:
            post = posts.give(form.chosen, organization, form.office, actor=request.scope)
        except Refused as refused:
            form.add_error("title", refused.verdict.message)
        else:
            return _added(request, post)
    context = {"form": form, "organization": organization, "crumbs": _crumbs(organization, "任命团干部")}
    return render(request, "cadres/appoint.html", context, status=422 if form.errors else 200)


@page
@administrators_only
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """A person without 团籍, with all fields."""
    organization = within(request, pk)
    post_rules.may_manage(request.scope, organization).demand()
    form = CadreForm(request.POST or None, organization=organization)
    ways: tuple[Way, ...] = ()
    if form.is_valid():
        try:
            post = entry.enter(organization, form.entered, actor=request.scope, now=timezone.now())
        except Refused as refused:
            form.add_error(_field_of(refused.verdict), refused.verdict.message)
            ways = _ways_on(refused.verdict, organization)
        else:
            return _added(request, post)
    context = {
        "form": form,
        "organization": organization,
        "ways": ways,
        "may_invite": invitations.may_invite(request.scope, organization),
        "crumbs": _crumbs(organization, "添加团干部"),
    }
    return render(request, "cadres/enter.html", context, status=422 if form.errors else 200)


def _field_of(verdict: Verdict) -> str:
    return "title" if verdict.cause in ("title", "secretary") else "number"


def _ways_on(verdict: Verdict, organization: Organization) -> tuple[Way, ...]:
    """The acts that lead on for somebody already registered, or registered in another place (§4)."""
    ways = {
        "cadre": Way("办理管理员变更", reverse("seats:show", args=[organization.pk])),
        "young": Way("添加团员", reverse("members:add")),
    }
    return (ways[verdict.cause],) if verdict.cause in ways else registered.ways_of(verdict)


def _added(request: HttpRequest, post: Post) -> HttpResponse:
    seats = ("办理管理员变更", reverse("seats:show", args=[post.organization_id]))
    notices.success(
        request, f"{post.account.name}已登记为{post.organization.short_name}{post.title}。", seats
    )
    return redirect("cadres:detail", pk=post.pk)


def _crumbs(organization: Organization, last: str) -> list[tuple[str, str]]:
    return [("团干部列表", reverse("cadres:list")), (organization.short_name, ""), (last, "")]


def _cadre(request: HttpRequest, pk: int) -> Post:
    return get_object_or_404(queries.cadre_within(request.scope), pk=pk)


@require_safe
@administrators_only
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One cadre: the post, the person, and what this administrator may do."""
    scope, post = request.scope, _cadre(request, pk)
    account = post.account
    member = getattr(account, "member", None)
    context = {
        "post": post,
        "account": account,
        "member": member if member and scope.covers(member.branch) else None,
        "has_member": member is not None,
        "age": age(account.birth_date, today=timezone.localdate()),
        "state": sign_in_badge(account, now=timezone.now()),
        "former": queries.former_posts(account, scope),
        "may_change": post_rules.may_change(scope, post),
        "may_correct": member is None and access.may_correct(scope, account),
        "may_end": post_rules.may_end(scope, post),
        "may_reset": access.may_reset(scope, account),
        "crumbs": _crumbs(post.organization, account.name),
    }
    return render(request, "cadres/detail.html", context)


@page
@administrators_only
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The post; for somebody without 团籍 the person's data too."""
    post = _cadre(request, pk)
    post_rules.may_change(request.scope, post).demand()
    form = _edit_form(request, post)
    if form.is_valid():
        data: dict[str, Any] = {"profile": None, "phone": ""}
        if isinstance(form, CadreForm):
            data = {"profile": form.profile, "phone": form.cleaned_data["phone"]}
        try:
            post = entry.amend(post, form.office, **data, actor=request.scope, now=timezone.now())
        except Refused as refused:
            form.add_error("title", refused.verdict.message)
        else:
            notices.success(request, "已保存，马上生效。")
            return redirect("cadres:detail", pk=post.pk)
    context = {"form": form, "post": post, "crumbs": _crumbs(post.organization, f"修改{post.account.name}")}
    return render(request, "cadres/edit.html", context, status=422 if form.errors else 200)


def _edit_form(request: HttpRequest, post: Post) -> OfficeForm | CadreForm:
    member, data = getattr(post.account, "member", None), request.POST or None
    if member is None and entry.may_amend(request.scope, post.account, post.organization):
        shown = CadreForm.initial_of_cadre(post)
        return CadreForm(data, organization=post.organization, account=post.account, initial=shown)
    shown = OfficeForm.initial_of(post)
    joined = member.joined if member else post.account.league_joined
    return OfficeForm(data, organization=post.organization, joined=joined, initial=shown)


@page
@administrators_only
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """更正姓名或身份证号码 of a cadre without 团籍."""
    post = _cadre(request, pk)
    return correcting(request, post.account, post.organization, reverse("cadres:detail", args=[pk]))


@page
@administrators_only
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """终止职务, confirmed."""
    post = _cadre(request, pk)
    post_rules.may_end(request.scope, post).demand()
    if request.method == "POST":
        posts.end(post, actor=request.scope)
        notices.success(request, f"{post.account.name}的“{post.title}”职务已终止，历史记录保留。")
        return redirect("cadres:list")
    context = {"post": post, "effects": _effects(post), "crumbs": _crumbs(post.organization, "终止职务")}
    return render(request, "cadres/end.html", context)


def _effects(post: Post) -> list[str]:
    """What ending the post does, in the user's words."""
    account = post.account
    others = len(account.living_posts) - 1
    effects = [f"{account.name}不再担任{post.organization.short_name}{post.title}，历史记录保留"]
    if hasattr(account, "member"):
        return [*effects, "团籍不变"]
    if others:
        return [*effects, f"另外 {others} 个团内职务不变"]
    return [*effects, "没有团籍和其他团内职务，不再属于任何团组织；账号保留，可以重新录入或邀请"]


@require_POST
@administrators_only
def reveal_number(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """A full number, shown once on this page; the log row is written first."""
    post, form = _cadre(request, pk), ReasonForm(request.POST)
    context = {"post": post, "form": form, "label": WHAT[what]}
    if not form.is_valid():
        return render(request, "cadres/reveal.html", context, status=422)
    full = entry.reveal(post, what, reason=form.cleaned_data["reason"], actor=request.scope)
    return render(request, "cadres/reveal.html", {**context, "full": full})
