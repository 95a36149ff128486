"""One organisation's page, and the switch between seats."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from members import access, placing_rules
from orgs import facts, invitations, move_rules, post_rules, rules, seat_rules, vacancies
from orgs import queries as tree
from orgs.guard import administrators_only
from orgs.models import Organization
from orgs.views import crumbs
from regcodes import rules as code_rules
from zhtj.lib import notices
from zhtj.scoping import SEAT_KEY

from . import queries
from . import rules as desk_rules

FIRST_CHILDREN = 20


@require_safe
@administrators_only
def organization(request: HttpRequest, pk: int) -> HttpResponse:
    """One organisation of the scope: facts, who runs it, counts, and the first direct subordinates."""
    scope = request.scope
    shown = get_object_or_404(Organization.objects.within(scope).select_related("parent"), pk=pk)
    posts = list(tree.holders(shown))
    resets = access.resettable(scope, [post.account for post in posts])
    context = {
        "organization": shown,
        "identity": facts.identity(shown),
        "information": facts.information(shown),
        "figures": queries.figures(shown),
        "posts": [(post, resets[post.account_id]) for post in posts],
        "children": tree.children(shown)[:FIRST_CHILDREN],
        "acting": vacancies.acting_words(shown),
        "may_edit": rules.may_edit(scope, shown),
        "may_issue": code_rules.may_issue(scope, shown),
        "may_found": rules.may_found(scope, shown),
        "may_post": post_rules.may_manage(scope, shown),
        "may_invite": invitations.may_invite(scope, shown),
        "seats_url": reverse("seats:show", args=[pk]) if seat_rules.may_change(scope, shown) else "",
        "may_place": placing_rules.may_place_from(scope, shown),
        "may_close": desk_rules.may_close(scope, shown),
        "may_merge": desk_rules.may_merge_from(scope, shown),
        "may_relocate": move_rules.may_ask(scope, shown),
        "crumbs": crumbs(shown, scope, "")[:-1],
    }
    return render(request, "desk/organization.html", context)


@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Act in another of the own seats from now on, under a new session key; any other number changes nothing."""
    chosen = request.POST.get("seat", "")
    seat = next((each for each in request.scope.seats if str(each.pk) == chosen), None)
    if seat is None:
        raise Http404
    request.session[SEAT_KEY] = seat.pk
    request.session.cycle_key()
    notices.success(request, f"现在管理的组织：{seat.organization.full_name}。")
    return redirect("desk:home")
