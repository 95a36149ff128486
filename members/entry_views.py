"""添加团员: people entered one by one, and what only the database knows, asked while typing (§5 Adding)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts import idcard
from accounts.enums import PoliticalStatus, SignInState
from accounts.limits import Limit
from accounts.models import number_index
from orgs import post_rules
from orgs.guard import administrators_only
from orgs.models import Organization
from zhtj.lib import crypto, notices
from zhtj.lib.verdict import Refused, Verdict, no

from . import access, entry, queries, registered
from .models import Member
from .person_forms import EntryForm
from .person_views import blame, warn_of_number

CHECKS = Limit("entry_check", 200, 10)
WAITS = no("核对太频繁", cause="waiting", remedy="，添加时会再核对。")


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@administrators_only
def add(request: HttpRequest) -> HttpResponse:
    """添加团员 into the own branch or a direct one."""
    scope, ways = request.scope, ()
    branches = queries.enterable(scope)
    if not branches:
        return render(request, "members/add.html", {"form": None})
    form = EntryForm(request.POST or None, initial=_begun(request, branches), branches=branches, scope=scope)
    if form.is_valid():
        try:
            member = entry.enter(form.chosen_branch, form.entered, actor=scope, now=timezone.now())
        except Refused as refusal:
            blame(form, refusal.verdict)
            ways = registered.ways_of(refusal.verdict)
        else:
            warn_of_number(request, form)
            return _added(request, member)
    context = {"form": form, "ways": ways}
    return render(request, "members/add.html", context, status=422 if form.is_bound else 200)


def _begun(request: HttpRequest, branches: list[Organization]) -> dict[str, str]:
    """What the form begins with: the branch, and of the person what is so for nearly everybody there."""
    asked = request.GET.get("branch", "")
    chosen = next((each for each in branches if str(each.pk) == asked or len(branches) == 1), None)
    begun = {"branch": asked, "political_status": PoliticalStatus.LEAGUE}
    return begun | ({"education": queries.usual_education(chosen)} if chosen else {})


def _added(request: HttpRequest, member: Member) -> HttpResponse:
    """To the person's page, or to the next person of the same branch."""
    again = f"{reverse('members:add')}?branch={member.branch_id}"
    page = reverse("members:detail", args=[member.pk])
    if "next" in request.POST:
        notices.success(request, added_words(member), ("查看", page))
        return redirect(again)
    notices.success(request, added_words(member), ("继续添加下一名", again))
    return redirect(page)


def added_words(member: Member) -> str:
    """What was done, and how the person signs in now."""
    if member.account.sign_in_state == SignInState.INITIAL:
        return f"已添加{member.account}，初始密码是身份证号码后八位。"
    return f"已添加{member.account}，仍用原来的密码登录。"


@require_POST
@sensitive_post_parameters("number")
@administrators_only
def check(request: HttpRequest) -> HttpResponse:
    """Whether the ID just typed is registered, as a piece of the page; nothing is recorded of the question."""
    key = crypto.blind_index(str(request.scope.account_id), field="entry_check")
    if CHECKS.charge(key, now=timezone.now()):
        return render(request, "members/_known.html", {"found": WAITS}, status=429)
    return render(request, "members/_known.html", {"found": _found(request)})


def _found(request: HttpRequest) -> Verdict | None:
    """身份证已注册 for the organisation the person was to be entered into."""
    number, pk = idcard.normalise(request.POST.get("number", "")), request.POST.get("organization", "")
    if not idcard.problem(number, today=timezone.localdate()) or not pk.isdecimal() or len(pk) > 18:
        return None
    organization = get_object_or_404(
        Organization.objects.within(request.scope).select_related("parent"), pk=pk
    )
    if not access.may_enter(request.scope, organization):
        post_rules.may_manage(request.scope, organization).demand()
    members = Member.objects.filter(account__id_index=number_index(number)).select_related("branch")
    member = members.first()
    return member and registered.to_administrator(request.scope, organization, member)
