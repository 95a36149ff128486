"""管理员变更: the two seats of an organisation, adding and changing, and the 交接清单."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Account
from orgs import administrators, invitations, post_rules, queries, seat_rules, seating
from orgs.enums import PetitionKind, PetitionState
from orgs.guard import administrators_only
from orgs.models import Organization, Petition, Post
from orgs.scope import Scope
from orgs.views import crumbs, within
from zhtj.lib import notices
from zhtj.lib.verdict import Refused

from .checklist import checklist, is_last_member
from .forms import ChangeForm

page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@administrators_only
def own(request: HttpRequest) -> HttpResponse:
    """The own organisation's seats."""
    return show(request, request.scope.root.pk)


@require_safe
@administrators_only
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The seats of one organisation with what this administrator may do about them."""
    scope, organization = request.scope, within(request, pk)
    seats = list(seat_rules.seats_of(organization).values())
    pending = organization.petitions.pending().filter(kind=PetitionKind.SEATS).first()
    context = {
        "organization": organization,
        "seats": seats,
        "free": len(seating.free_seats(organization)),
        "pending": pending,
        "may_change": seat_rules.may_change(scope, organization),
        "at_once": seat_rules.decides(scope, organization),
        "own": scope.is_own(organization),
        "crumbs": crumbs(organization, scope, "管理员变更"),
    }
    return render(request, "seats/show.html", context)


@page
@sensitive_post_parameters("password")
@administrators_only
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """添加管理员: somebody for a free seat; where there is none, the page of the seats says so."""
    organization = within(request, pk)
    verdict = seat_rules.has_room(organization, organization.seats.count())
    if not verdict and request.method != "POST":
        notices.refuse(request, verdict.message)
        return redirect("seats:show", pk=organization.pk)
    return _change(request, organization, None)


@page
@sensitive_post_parameters("password")
@administrators_only
def change(request: HttpRequest, pk: int, account: int) -> HttpResponse:
    """Somebody in place of one administrator, or a seat that stays empty."""
    organization = within(request, pk)
    seat = seat_rules.seats_of(organization).get(account)
    if seat is None:
        raise Http404
    return _change(request, organization, seat.post.account)


def _change(request: HttpRequest, organization: Organization, leaver: Account | None) -> HttpResponse:
    scope, now = request.scope, timezone.now()
    seat_rules.may_change(scope, organization).demand()
    form = _form(request, organization, leaver)
    if form.is_valid() and form.confirms(now=now):
        try:
            petition = administrators.change(
                organization,
                leaver=leaver,
                successor=form.chosen,
                actor=scope,
                alone=leaver is not None and is_last_member(organization, leaver),
                remark=form.cleaned_data["remark"],
            )
        except Refused as refused:
            form.add_error(None, refused.verdict.message)
        else:
            return _done(request, petition, organization)
    context = _context(request, organization, leaver) | {"form": form}
    return render(request, "seats/change.html", context, status=422 if form.errors else 200)


def _form(request: HttpRequest, organization: Organization, leaver: Account | None) -> ChangeForm:
    scope = request.scope
    may_be_empty = leaver is not None and (
        _from_above(scope, organization)
        or bool(
            seat_rules.not_the_last(organization, leaver, None, alone=is_last_member(organization, leaver))
        )
    )
    handing = leaver is not None and leaver.pk == scope.account_id
    return ChangeForm(
        request.POST or None,
        request=request,
        cadres=_candidates(organization),
        may_be_empty=may_be_empty,
        handing=handing,
    )


def _from_above(scope: Scope, organization: Organization) -> bool:
    return organization.parent is not None and seat_rules.decides(scope, organization)


def _candidates(organization: Organization) -> list[Post]:
    """The cadres without a seat, whose accounts are open."""
    posts = queries.holders(organization).filter(seat=None, account__closed_at=None)
    return list(posts)


def _context(request: HttpRequest, organization: Organization, leaver: Account | None) -> dict:
    scope = request.scope
    return {
        "organization": organization,
        "leaver": leaver,
        "handing": leaver is not None and leaver.pk == scope.account_id,
        "at_once": seat_rules.decides(scope, organization),
        "items": checklist(organization, now=timezone.now()) if leaver else [],
        "own": scope.is_own(organization),
        "may_post": post_rules.may_manage(scope, organization),
        "may_invite": invitations.may_invite(scope, organization),
        "crumbs": crumbs(organization, scope, "管理员变更"),
    }


def _done(request: HttpRequest, petition: Petition, organization: Organization) -> HttpResponse:
    """To the 交接清单 where somebody left, else to the case; a change of rights gives the session a new key."""
    if petition.state == PetitionState.APPROVED:
        request.session.cycle_key()
        notices.success(request, f"“{organization.short_name}”的管理员已变更，马上生效。")
    else:
        notices.success(request, "申请已发出。办结之前管理员不变。")
    from_above = _from_above(request.scope, organization)
    if petition.state == PetitionState.APPROVED and from_above and petition.payload["leaver"]:
        return redirect("seats:checklist", pk=organization.pk)
    return redirect("petitions:detail", pk=petition.pk)


@require_safe
@administrators_only
def handover(request: HttpRequest, pk: int) -> HttpResponse:
    """交接清单 of one organisation, before and after a change."""
    organization = within(request, pk)
    context = {
        "organization": organization,
        "seats": list(seat_rules.seats_of(organization).values()),
        "items": checklist(organization, now=timezone.now()),
        "own": request.scope.is_own(organization),
        "crumbs": crumbs(organization, request.scope, "交接清单"),
    }
    return render(request, "seats/checklist.html", context)
