"""个人中心: the own data, branch, posts and history of the person signed in."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import entry
from orgs import petition_queries, vacancies

from . import queries
from . import watchers as seeing


@require_safe
@login_not_required
def start(request: HttpRequest) -> HttpResponse:
    """The root address: administrators begin in 管理中心, others in 个人中心, visitors where they can sign in."""
    if not request.user.is_authenticated:
        return redirect("accounts:first_sign_in" if entry.waiting_for_name(request) else "accounts:sign_in")
    return redirect("desk:home" if request.scope.root else "me:home")


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """个人首页; also for somebody without 团籍 or post."""
    account = request.user
    member = queries.membership_of(account)
    context = {
        "account": account,
        "awaiting": petition_queries.awaiting_person(account),
        "member": member,
        "acting": vacancies.acting_words(member.branch) if member else "",
        "age": queries.age(account.birth_date, today=timezone.localdate()),
        "posts": queries.all_posts(account),
        "history": queries.history(account),
        "cards": queries.cards(member.branch) if member else [],
        "reveals": queries.reveals(account),
    }
    return render(request, "me/home.html", context)


@require_safe
def watchers(request: HttpRequest) -> HttpResponse:
    """谁能看到我: which organisations see the person, through whom, and what each may do."""
    return render(request, "me/watchers.html", {"watchers": seeing.watchers(request.user)})


@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """我的经历: every belonging and every post, newest first."""
    account = request.user
    context = {"history": queries.history(account), "posts": queries.all_posts(account)}
    return render(request, "me/history.html", context)
