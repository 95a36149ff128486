"""The public pages of 管理员注册: organisation and post, code, personal data (§4).

Nothing is stored between the steps; organisation, post and code travel sealed in the page.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import entry as door
from accounts.models import Account
from orgs import picker
from orgs.models import Organization, Seat
from zhtj.lib import notices
from zhtj.lib.verdict import Refused, no
from zhtj.scoping import SEAT_KEY

from . import entry, passing, redeem
from .forms import CodeForm, OwnForm, PersonForm, TitleForm
from .passing import Passed

LAPSED = no("这一步停留得太久", cause="lapsed", remedy="，请从选择组织重新开始。")

page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@login_not_required
def choose(request: HttpRequest) -> HttpResponse:
    """The ways to register."""
    return render(request, "regcodes/choose.html")


@page
@login_not_required
def organization(request: HttpRequest) -> HttpResponse:
    """Step 1: the organisation from the picker, then the post there."""
    asked = request.POST if request.method == "POST" else request.GET
    chosen = picker.chosen(asked.get("organization", ""))
    if chosen is None:
        view = picker.look(request.GET, address=request.scope.address, now=timezone.now())
        context = {"picker": view, "picker_name": "organization"}
        return _answer(request, "organization", context, status=200 if view.verdict else 429)
    form = TitleForm(request.POST or None, organization=chosen)
    if form.is_valid():
        passed = Passed(chosen.pk, title=form.cleaned_data["title"])
        return _ask_code(request, passed, CodeForm(), chosen)
    return _answer(request, "organization", {"organization": chosen, "form": form})


@page
@sensitive_post_parameters("code", "token")
@login_not_required
def code(request: HttpRequest) -> HttpResponse:
    """Step 2: the code for the chosen organisation; without one, the code says which organisation it opens."""
    passed = passing.opened(request.POST.get("token", ""))
    if request.POST.get("token") and passed is None:
        return _start_again(request)
    chosen = passed.organization() if passed else None
    form = CodeForm(request.POST if "code" in request.POST else None)
    if not form.is_valid():
        return _ask_code(request, passed, form, chosen)
    try:
        found = entry.check(
            form.cleaned_data["code"], organization=chosen, actor=request.scope, now=timezone.now()
        )
    except Refused as refused:
        form.add_error("code", refused.verdict.message)
        return _ask_code(request, passed, form, chosen)
    onward = Passed(found.organization_id, title=passed.title if passed else "", code=found.code)
    return _ask_person(request, onward, found.organization) if onward.title else _ask_title(request, onward)


@require_POST
@sensitive_post_parameters("token")
@login_not_required
def title(request: HttpRequest) -> HttpResponse:
    """After a code typed first: the organisation it opens, and the post there."""
    passed = passing.opened(request.POST.get("token", ""))
    chosen = passed.organization() if passed and passed.code else None
    if passed is None or chosen is None:
        return _start_again(request)
    form = TitleForm(request.POST, organization=chosen)
    if not form.is_valid():
        return _ask_title(request, passed, form)
    onward = Passed(passed.organization_id, title=form.cleaned_data["title"], code=passed.code)
    return _ask_person(request, onward, chosen)


@require_POST
@sensitive_post_parameters()
@login_not_required
def person(request: HttpRequest) -> HttpResponse:
    """Step 3: all personal data at once; done, the person is signed in as administrator."""
    passed = passing.opened(request.POST.get("token", ""))
    chosen = passed.organization() if passed and passed.code and passed.title else None
    if passed is None or chosen is None:
        return _start_again(request)
    form = _person_form(request, chosen, request.POST)
    if not form.is_valid():
        return _ask_person(request, passed, chosen, form)
    try:
        seat = _redeem(request, passed, chosen, form)
    except Refused as refused:
        form.show(refused.verdict)
        return _ask_person(request, passed, chosen, form)
    return _admit(request, seat)


def _person_form(request: HttpRequest, chosen: Organization, data: Any = None) -> PersonForm | OwnForm:
    if request.user.is_authenticated:
        return OwnForm(data, organization=chosen, account=request.user)
    return PersonForm(data, organization=chosen)


def _redeem(request: HttpRequest, passed: Passed, chosen: Organization, form: PersonForm | OwnForm) -> Seat:
    claim = redeem.Claim(organization=chosen, code=passed.code)
    office, now = form.office(passed.title), timezone.now()
    if isinstance(form, PersonForm):
        password = form.cleaned_data["new_password"]
        return redeem.register(
            claim, person=form.person(), office=office, password=password, actor=request.scope, now=now
        )
    assert isinstance(request.user, Account), "only signed-in people get the short form"
    return redeem.register_signed_in(
        claim,
        account=request.user,
        phone=form.cleaned_data.get("phone", ""),
        profile=form.profile(),
        office=office,
        actor=request.scope,
        now=now,
    )


def _admit(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Sign the new administrator in, acting in the new seat, under a new session key."""
    response = door.admit(request, seat.post.account, then=reverse("desk:home"))
    request.session[SEAT_KEY] = seat.pk
    notices.success(request, f"注册完成。您现在是“{seat.organization.full_name}”的管理员。")
    return response


def _ask_code(
    request: HttpRequest, passed: Passed | None, form: CodeForm, chosen: Organization | None
) -> HttpResponse:
    token = passed.sealed() if passed else ""
    return _answer(request, "code", {"form": form, "organization": chosen, "token": token, "passed": passed})


def _ask_title(request: HttpRequest, passed: Passed, form: TitleForm | None = None) -> HttpResponse:
    chosen = passed.organization()
    if chosen is None:
        return _start_again(request)
    form = form or TitleForm(organization=chosen)
    return _answer(request, "title", {"form": form, "organization": chosen, "token": passed.sealed()})


def _ask_person(
    request: HttpRequest, passed: Passed, chosen: Organization, form: PersonForm | OwnForm | None = None
) -> HttpResponse:
    form = form or _person_form(request, chosen)
    context = {
        "form": form,
        "organization": chosen,
        "title": passed.title,
        "token": passed.sealed(),
        "signed_in": isinstance(form, OwnForm),
    }
    return _answer(request, "person", context)


def _start_again(request: HttpRequest) -> HttpResponse:
    notices.warn(request, LAPSED.message)
    return redirect("regcodes:organization")


def _answer(request: HttpRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    form = context.get("form")
    if form is not None and form.errors:
        status = 422
    return render(request, f"regcodes/{name}.html", context, status=status)
