"""The page of an organisation's registration code, for its direct superior (§4)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from orgs import seating
from orgs.guard import administrators_only
from orgs.models import Organization
from orgs.views import crumbs, within
from zhtj.lib import notices

from . import codes, queries, rules


def _below(request: HttpRequest, pk: int) -> Organization:
    """The organisation, if its codes may be seen here."""
    organization = within(request, pk)
    rules.may_see(request.scope, organization).demand()
    return organization


@require_safe
@administrators_only
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The valid code with path and expiry, or the way to one; every showing is on record."""
    organization, now = _below(request, pk), timezone.now()
    seats = organization.seats.count()
    code = queries.valid_code(organization, now=now)
    context = {
        "organization": organization,
        "code": code,
        "text": codes.show(code, actor=request.scope) if code else "",
        "state": queries.states([organization], {organization.pk: seats}, now=now)[organization.pk],
        "seats": seats,
        "may_issue": rules.may_issue(request.scope, organization, free=seating.free_seats(organization)),
        "crumbs": crumbs(organization, request.scope, "管理员注册码"),
    }
    return render(request, "regcodes/show.html", context)


@require_POST
@administrators_only
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """单个分配."""
    codes.issue(_below(request, pk), actor=request.scope)
    notices.success(request, "已分配管理员注册码。请把它交给指定的人，让他（她）在有效期内注册。")
    return redirect("regcodes:show", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def reissue(request: HttpRequest, pk: int) -> HttpResponse:
    """重新分配, after a page that says what will happen."""
    organization = _below(request, pk)
    rules.may_issue(request.scope, organization).demand()
    if request.method == "POST":
        codes.reissue(organization, actor=request.scope)
        notices.success(request, "已重新分配，原来的注册码不能再用。请把新的注册码交给指定的人。")
        return redirect("regcodes:show", pk=pk)
    code = queries.valid_code(organization, now=timezone.now())
    if code is None:
        return redirect("regcodes:show", pk=pk)
    context = {
        "organization": organization,
        "code": code,
        "crumbs": crumbs(organization, request.scope, "重新分配"),
    }
    return render(request, "regcodes/reissue.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def void(request: HttpRequest, pk: int) -> HttpResponse:
    """作废, after a page that says what will happen; where no code is valid, the page of the code says so."""
    organization = _below(request, pk)
    if request.method != "POST" and queries.valid_code(organization, now=timezone.now()) is None:
        notices.refuse(request, codes.NOTHING.message)
        return redirect("regcodes:show", pk=pk)
    if request.method == "POST":
        codes.void(organization, actor=request.scope)
        notices.success(request, "注册码已作废。需要时可以再次分配。")
        return redirect("regcodes:show", pk=pk)
    context = {"organization": organization, "crumbs": crumbs(organization, request.scope, "作废注册码")}
    return render(request, "regcodes/void.html", context)
