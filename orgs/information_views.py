"""组织信息: read and changed by the own administrators, edited by the direct superior's (§2)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from zhtj.lib import notices
from zhtj.lib.verdict import Refused

from . import changes, completeness, facts, information, petition_queries, petitions, rules
from .enums import PetitionKind
from .guard import administrators_only
from .information import Information, Outcome
from .information_form import SECRETARY, InformationForm
from .models import Organization, Petition
from .secretary import Registration
from .views import crumbs, page, within


@require_safe
@administrators_only
def info(request: HttpRequest) -> HttpResponse:
    """组织信息 of the organisation acted for: what is there, what is missing, what waits."""
    organization = within(request, request.scope.root.pk)
    missing = completeness.missing(organization)
    context = {
        "organization": organization,
        "identity": facts.identity(organization),
        "secretary": facts.secretary(completeness.secretary_of(organization)),
        "information": facts.information(organization),
        "missing": missing,
        "pending": changes.pending(organization),
        "at_once": rules.changes_at_once(request.scope, organization),
        "may_change": rules.may_change_information(request.scope, organization),
        "crumbs": crumbs(organization, request.scope, "组织信息"),
    }
    return render(request, "orgs/info.html", context)


@page
@sensitive_post_parameters(*SECRETARY)
@administrators_only
def info_edit(request: HttpRequest) -> HttpResponse:
    """The own administrators fill in what is required; after the first completion they ask the superior."""
    scope, organization = request.scope, within(request, request.scope.root.pk)
    rules.may_change_information(scope, organization).demand()
    waiting = changes.pending(organization)
    if waiting is not None and not rules.changes_at_once(scope, organization):
        return redirect("petitions:detail", pk=waiting.pk)
    renames = not rules.completes_first(scope, organization) or bool(rules.may_edit(scope, organization))
    again = _before(request, organization)
    form = InformationForm(request.POST or None, organization=organization, renames=renames, again=again)
    return _answer(request, organization, form, back=reverse("orgs:info"))


def _before(request: HttpRequest, organization: Organization) -> Information | None:
    """What the organisation asked for in the returned or withdrawn request that is to be asked again."""
    pk = request.GET.get("again", "")
    if not (pk.isdecimal() and len(pk) < 19):
        return None
    own = Petition.objects.filter(
        organization=organization, kind=PetitionKind.INFO, state__in=petitions.UNDONE
    )
    petition = own.filter(pk=pk).first()
    return information.from_payload(petition.payload) if petition else None


@page
@sensitive_post_parameters(*SECRETARY)
@administrators_only
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """编辑组织 by whoever may at once; what is not known yet may stay empty."""
    organization = within(request, pk)
    rules.may_edit(request.scope, organization).demand()
    form = InformationForm(request.POST or None, organization=organization, whole=False)
    return _answer(request, organization, form, back=reverse("orgs:detail", args=[pk]))


def _answer(
    request: HttpRequest, organization: Organization, form: InformationForm, *, back: str
) -> HttpResponse:
    """Change what was sent, or show the form."""
    scope = request.scope
    if form.is_valid():
        try:
            done = changes.change(organization, form.information, actor=scope, now=timezone.now())
        except Refused as refused:
            form.refuse(refused.verdict)
        else:
            return _changed(request, done, form.cleaned_data.get("short_name"), back=back)
    context = {
        "form": form,
        "organization": organization,
        "at_once": rules.changes_at_once(scope, organization),
        "back": back,
        "crumbs": crumbs(organization, scope, "编辑组织信息"),
    }
    return render(request, "orgs/edit.html", context, status=422 if form.errors else 200)


def _changed(request: HttpRequest, done: Outcome, short_name: str | None, *, back: str) -> HttpResponse:
    """Say what came of it, and lead on."""
    organization = done.organization
    if done.petition is not None:
        turn = petition_queries.whose_turn(done.petition, request.scope)
        notices.success(request, f"修改申请已发出。接下来{turn}，同意后生效。")
        return redirect("petitions:detail", pk=done.petition.pk)
    if not done.changed:
        notices.success(request, "没有需要保存的改动。")
        return redirect(back)
    notices.success(request, f"已保存“{organization.full_name}”的信息，马上生效。")
    if done.registration:
        _tell(request, organization, done.registration)
    if short_name and short_name != organization.short_name:  # too many names for one page: a job
        return redirect("structure:job", pk=organization.tree_jobs.latest("pk").pk)
    return redirect(back)


def _tell(request: HttpRequest, organization: Organization, done: Registration) -> None:
    """What registering the 书记 did besides, and what is left to do."""
    name, former = done.post.account.name, done.former
    if done.new_account:
        text = f"已为书记{name}建立账号，初始密码为身份证号码后八位，首次登录后自己设置密码。"
        notices.success(request, text)
    if done.appointed and organization.is_branch:
        state = f"{name}还没有团籍" if done.new_account else f"{name}如果还没有团籍"
        text = f"{state}，现在只是团干部。未满28周岁的，请添加为本团支部的团员；其他人保持不变。"
        notices.warn(request, text, ("添加团员", reverse("members:add")))
    if done.kept_phone:
        notices.warn(request, f"{name}的手机号码以本人账号已登记的为准，没有更改。")
    if former is not None:
        kept = hasattr(former, "seat")
        rest = "仍是管理员，团内职务改为“其他”" if kept else "不再担任书记，账号保留"
        notices.warn(request, f"原书记{former.account.name}{rest}。")
