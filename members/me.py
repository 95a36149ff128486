"""个人中心: where a person begins, who sees him or her, and the history; 个人首页 is in zhtj.desk, for it shows other apps' rows."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts import entry

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
def watchers(request: HttpRequest) -> HttpResponse:
    """谁能看到我: which organisations see the person, through whom, and what each may do."""
    return render(request, "me/watchers.html", {"watchers": seeing.watchers(request.user)})


@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """我的经历: every belonging and every post, newest first."""
    account = request.user
    context = {"history": queries.history(account), "posts": queries.all_posts(account)}
    return render(request, "me/history.html", context)
