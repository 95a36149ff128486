"""One member's page, and what is secret about a person."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import reset
from orgs.guard import administrators_only

from . import access, queries
from .forms import ReasonForm
from .private import WHAT, issue_reset_code, reveal
from .removal.rules import may_remove_from


@require_safe
@administrators_only
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One member: facts, posts, history, and what this administrator may do."""
    scope, today = request.scope, timezone.localdate()
    member = get_object_or_404(queries.member_within(scope), pk=pk)
    context = {
        "member": member,
        "account": member.account,
        "age": queries.age(member.account.birth_date, today=today),
        "state": queries.sign_in_badge(member.account, now=timezone.now()),
        "overage": queries.is_overage(member, today=today),
        "posts": queries.all_posts(member.account),
        "history": queries.history(member.account),
        "may_edit": access.may_edit(scope, member),
        "may_correct": access.may_correct(scope, member.account),
        "may_reset": access.may_reset(scope, member.account),
        "reset_out": reset.is_outstanding(member.account, now=timezone.now()),
        "may_remove": may_remove_from(scope, member.branch),
        "crumbs": queries.crumbs(scope, member),
    }
    return render(request, "members/detail.html", context)


@require_POST
@administrators_only
def reveal_number(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """A full number, shown once on this page; the log row is written first."""
    member = get_object_or_404(queries.member_within(request.scope), pk=pk)
    form = ReasonForm(request.POST)
    context = {"member": member, "form": form, "what": what, "label": WHAT[what]}
    if not form.is_valid():
        return render(request, "members/reveal.html", context, status=422)
    full = reveal(member, what, reason=form.cleaned_data["reason"], actor=request.scope)
    return render(request, "members/reveal.html", {**context, "full": full})


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def reset_code(request: HttpRequest, pk: int) -> HttpResponse:
    """Makes a 重置密码验证码 and shows it once with a slip to print; asks first where that takes one away.

    Lists send `at_once` where none is out; one made meanwhile is asked about all the same.
    """
    account = get_object_or_404(queries.people_within(request.scope), pk=pk)
    access.may_reset(request.scope, account).demand()
    now = timezone.now()
    context = {
        "account": account,
        "home": queries.home_of(account),
        "hours": settings.RESET_CODE_HOURS,
        "back": queries.address_of(request.scope, account),
        "out": reset.is_outstanding(account, now=now),
    }
    if request.method == "POST" and not ("at_once" in request.POST and context["out"]):
        context["code"] = issue_reset_code(account, actor=request.scope, now=now)
        context["expires_at"] = now + timedelta(hours=settings.RESET_CODE_HOURS)
    return render(request, "members/reset_code.html", context)
