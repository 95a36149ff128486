"""个人中心 → 关系转接: what to do next in one sentence, the cases so far, and 办理转入 by the person (§6.1)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from members.models import Member
from zhtj.lib import notices

from . import pages, queries, rules
from .enums import OPEN
from .forms import SeenForm
from .starting_views import start


def _member(request: HttpRequest) -> Member | None:
    rows = Member.objects.select_related("account", "branch__parent")
    return rows.filter(account=request.user).first()


@require_safe
def transfer(request: HttpRequest) -> HttpResponse:
    """The present case at the top, everything before below it."""
    cases = list(queries.of_person(request.scope.account_id))
    current = cases[0] if cases and (cases[0].state in OPEN or pages.again(cases[0], request.scope)) else None
    member = _member(request)
    context = {
        "member": member,
        "movable": rules.may_move(member, own=True) if member else None,
        "current": current,
        "case": pages.case(current, request.scope, now=timezone.now()) if current else None,
        "next": pages.next_for_person(current) if current else "",
        "again": bool(current) and current.state not in OPEN,
        "seen_form": SeenForm(initial=SeenForm.shown(current)) if current else None,
        "past": [(each, pages.badge(each)) for each in cases if each is not current],
    }
    return render(request, "me/transfer.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """办理转入: province, university, college, branch; then the reason."""
    member = _member(request)
    if member is None:
        notices.refuse(request, "您目前没有团籍，不用办理转接；请联系所在团支部录入您的资料。")
        return redirect("me:transfer")
    return start(request, member, base="me/transfer_new.html")
