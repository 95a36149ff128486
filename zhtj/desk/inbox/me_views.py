"""操作中心 of the person: what to answer and what was told; 我的申请: the own requests with whose turn it is."""

from __future__ import annotations

from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts import telling
from accounts.models import Account, Notice
from orgs import petition_queries, petitions, vacancies
from orgs.models import Petition
from zhtj.lib import notices
from zhtj.lib.paging import page_of


def own(account: Account) -> QuerySet[Petition]:
    """The petitions the person asked for or that are about the person, for paging newest first by `newest`."""
    found = Petition.objects.filter(Q(opened_by=account.pk) | Q(account=account))
    found = found.select_related("organization", "turn_organization", "turn_account", "account")
    return found.annotate(newest=-F("pk"))


def told(account: Account) -> QuerySet[Notice]:
    """The person's notices, for paging unread first, then newest."""
    seen = ExpressionWrapper(Q(read_at__isnull=False), output_field=BooleanField())
    return telling.of(account).annotate(seen=seen, newest=-F("pk"))


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """What waits for the person, then everything told so far."""
    page = page_of(told(request.user), request.GET, by=("seen", "newest"))
    context = {
        "awaiting": petition_queries.awaiting_person(request.user),
        "page": page,
        "unread": any(each.read_at is None for each in page.rows),
    }
    return render(request, "me/inbox.html", context)


@require_POST
def take_as_read(request: HttpRequest) -> HttpResponse:
    """全部标为已读."""
    if count := telling.take_as_read(request.user):
        notices.success(request, f"{count} 条通知已标为已读。")
    return redirect("me:inbox")


@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """我的申请: everything asked for so far."""
    page = page_of(own(request.user), request.GET, by=("newest",))
    acting = vacancies.acting_for([each.turn_organization for each in page.rows if each.turn_organization])
    rows = [
        (
            each,
            petition_queries.badge(each),
            petition_queries.whose_turn(each, request.scope, acting),
            petitions.kind_of(each).again(each) if each.account_id == request.user.pk else "",
        )
        for each in page.rows
    ]
    return render(request, "me/requests.html", {"page": page, "rows": rows})
