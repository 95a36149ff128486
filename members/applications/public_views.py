"""The pages of whoever applies: branch, personal data, 受理号; then the state, 撤回, and sending it again (§3).

Nothing is stored between the steps, nothing personal stands in an address, and nobody is told whose ID is known.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from orgs import picker
from zhtj.lib import notices
from zhtj.lib.verdict import Refused, no

from .. import registered
from ..models import Application, ApplicationKind, ApplicationState, ReturnReason
from . import applying, door, rules, states
from . import content as contents
from .door import Chosen
from .forms import ApplyForm, CorrectForm, StateForm

LAPSED = no("这一步停留得太久", cause="lapsed", remedy="，请重新开始。")

page = require_http_methods(["GET", "HEAD", "POST"])


@page
@sensitive_post_parameters()
@login_not_required
def apply(request: HttpRequest, kind: str) -> HttpResponse:
    """The branch from the picker, then all personal data at once, then the 受理号."""
    if request.user.is_authenticated and hasattr(request.user, "member"):
        return _registered(request, kind)
    if request.method == "POST":
        return _submit(request, kind)
    chosen = door.chosen(request.GET.get("organization", ""))
    if chosen is None:
        return _pick(request, kind)
    verdict = rules.may_apply(chosen.branch)
    if not verdict:
        notices.refuse(request, verdict.message)
        return redirect(request.path)
    return _form(request, kind, chosen, ApplyForm(kind=kind))


def _registered(request: HttpRequest, kind: str) -> HttpResponse:
    """Somebody signed in who has a 团籍 hears it at once: about oneself there is nothing to keep secret."""
    context = {
        "kind": ApplicationKind(kind),
        "member": request.user.member,
        "ways": registered.to_member(signed_in=True),
    }
    return render(request, "applications/registered.html", context)


def _pick(request: HttpRequest, kind: str) -> HttpResponse:
    asked = {**request.GET.dict(), "only": "branches"}
    view = picker.look(asked, address=request.scope.address, now=timezone.now())
    context = {"kind": ApplicationKind(kind), "picker": view, "picker_name": "organization"}
    return render(request, "applications/pick.html", context, status=200 if view.verdict else 429)


def _submit(request: HttpRequest, kind: str) -> HttpResponse:
    chosen = door.reopened(request.POST.get("token", ""))
    if chosen is None:
        notices.warn(request, LAPSED.message)
        return redirect(request.path)
    form = ApplyForm(request.POST, kind=kind)
    if form.is_valid():
        try:
            application = door.submit(
                chosen.branch,
                ApplicationKind(kind),
                form.content,
                actor=request.scope,
                now=timezone.now(),
            )
        except Refused as refused:
            form.add_error(None, refused.verdict.message)
        else:
            return render(request, "applications/receipt.html", _receipt(application, form))
    return _form(request, kind, chosen, form)


def _receipt(application: Application, form: ApplyForm) -> dict[str, Any]:
    """What is to be kept; sent again by mistake, the page fails at its captcha and makes no second application."""
    return {
        "application": application,
        "kind": ApplicationKind(application.kind),
        "content": form.content,
        "dropped": form.dropped_number,
        "deciders": states.deciders(application.branch),
    }


def _form(request: HttpRequest, kind: str, chosen: Chosen, form: ApplyForm) -> HttpResponse:
    context = {
        "form": form,
        "kind": ApplicationKind(kind),
        "organization": chosen.branch,
        "token": chosen.token,
    }
    return render(request, "applications/apply.html", context, status=422 if form.is_bound else 200)


@page
@sensitive_post_parameters()
@login_not_required
def state(request: HttpRequest) -> HttpResponse:
    """ID and 受理号 show what became of the application; sent by POST, so that neither stands in an address."""
    form = StateForm(request.POST or None)
    if form.is_valid():
        data = form.cleaned_data
        try:
            found = door.find(data["number"], data["receipt"], actor=request.scope, now=timezone.now())
        except Refused as refused:
            form.add_error(None, refused.verdict.message)
        else:
            return _shown(request, found)
    return render(request, "applications/state.html", {"form": form}, status=422 if form.is_bound else 200)


def _shown(request: HttpRequest, application: Application) -> HttpResponse:
    """Where it is, who decides, and what the applicant can do."""
    returned = application.state == ApplicationState.RETURNED
    known = returned and application.reason == ReturnReason.REGISTERED
    context = {
        "application": application,
        "badge": states.badge(application),
        "since": application.decided_at or application.submitted_at,
        "token": door.shown_token(application),
        "deciders": states.deciders(application.branch),
        "may_withdraw": rules.may_withdraw(application),
        "may_resend": rules.may_resend(application),
        "ways": registered.to_member(signed_in=False) if known else (),
    }
    return render(request, "applications/shown.html", context)


@require_POST
@sensitive_post_parameters("token")
@login_not_required
def withdraw(request: HttpRequest) -> HttpResponse:
    """撤回, after a page that says what will happen."""
    application = door.shown(request.POST.get("token", ""))
    if application is None:
        return _start_again(request)
    if "sure" not in request.POST:
        context = {"application": application, "token": door.shown_token(application)}
        return render(request, "applications/withdraw.html", context)
    applying.withdraw(application, actor=request.scope, now=timezone.now())
    notices.success(request, "申请已撤回。需要时可以重新申请。")
    return redirect("regcodes:choose")


@require_POST
@sensitive_post_parameters()
@login_not_required
def correct(request: HttpRequest) -> HttpResponse:
    """A returned application filled in again and sent; it keeps its 受理号."""
    application = door.shown(request.POST.get("token", ""))
    if application is None:
        return _start_again(request)
    rules.may_resend(application).demand()
    known = contents.of(application)
    data = request.POST if "send" in request.POST else None
    shown = CorrectForm.refilled(known) if known else {}
    form = CorrectForm(data, kind=application.kind, known=known, initial=shown)
    if form.is_valid():
        applying.resend(application, form.content, actor=request.scope, now=timezone.now())
        notices.success(request, "申请已重新提交，受理号不变。")
        return redirect("applications:state")
    context = {"application": application, "form": form, "token": door.shown_token(application)}
    return render(request, "applications/correct.html", context, status=422 if form.is_bound else 200)


def _start_again(request: HttpRequest) -> HttpResponse:
    notices.warn(request, "这一页停留得太久，请重新填写身份证号码和受理号。")
    return redirect("applications:state")
