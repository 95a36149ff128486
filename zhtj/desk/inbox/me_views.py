"""操作中心 of the person: invitations and other things to answer, and the own requests with whose turn it is."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Account
from orgs import petition_queries, vacancies
from orgs.models import Petition
from zhtj.lib.paging import page_of


def own(account: Account) -> QuerySet[Petition]:
    """The petitions the person asked for or that are about the person, for paging newest first by `newest`."""
    found = Petition.objects.filter(Q(opened_by=account.pk) | Q(account=account))
    found = found.select_related("organization", "turn_organization", "turn_account")
    return found.annotate(newest=-F("pk"))


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """What waits for the person, then everything asked for so far."""
    scope = request.scope
    page = page_of(own(request.user), request.GET, by=("newest",))
    waiting = [each.turn_organization for each in page.rows if each.turn_organization]
    acting = vacancies.acting_for(waiting)
    context = {
        "awaiting": petition_queries.awaiting_person(request.user),
        "page": page,
        "rows": [
            (each, petition_queries.badge(each), petition_queries.whose_turn(each, scope, acting))
            for each in page.rows
        ],
    }
    return render(request, "me/inbox.html", context)
