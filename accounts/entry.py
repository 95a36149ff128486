"""What happens to session and cookies at the door: half-open, admitted, or shown the sign-in page again."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from . import devices, idcard, phones, resume, visits
from .forms import SignInForm
from .models import Account
from .passwords import Facts

HALF_OPEN = (
    "half_open"  # session key; until the first password is set, the person is nobody to every other page
)


def show_sign_in(request: HttpRequest, form: SignInForm, *, status: int = 200, **facts: Any) -> HttpResponse:
    """The sign-in page. `problem` is a verb's refusal, `lapsed` says that the session ended by time."""
    return render(request, "accounts/sign_in.html", {"form": form, **facts}, status=status)


def admit(request: HttpRequest, account: Account, *, then: str = "", kept: str = "") -> HttpResponse:
    """Open a session under a new key, remember the device, and go on: with the kept form, or to `then`, or home."""
    request.session.flush()
    login(request, account)
    visits.arrive(account, now=timezone.now())
    form = resume.open_kept(kept)
    if form is None:
        response = redirect(safe(request, then))
    else:
        own = form.account_id == account.pk
        context = {"kept": form if own else None, "home": resolve_url(settings.LOGIN_REDIRECT_URL)}
        response = render(request, "accounts/resume.html", context)
    devices.remember(request, response, account.id_index)
    return response


def half_open(request: HttpRequest, account: Account, *, then: str = "") -> HttpResponse:
    """Let the person with the initial password see the page for name and new password, and nothing else."""
    request.session.flush()
    request.session[HALF_OPEN] = {
        "account": account.pk,
        "until": int(time.time()) + settings.FIRST_SIGN_IN_MINUTES * 60,
        "then": safe(request, then) if then else "",
    }
    return redirect("accounts:first_sign_in")


def waiting_for_name(request: HttpRequest) -> dict[str, Any] | None:
    """The half-open state, or None where there is none or its time has passed."""
    state = request.session.get(HALF_OPEN)
    return state if state and state["until"] > time.time() else None


def safe(request: HttpRequest, then: str) -> str:
    """`then` when it is an address of ours, else home."""
    ours = url_has_allowed_host_and_scheme(then, {request.get_host()}, require_https=request.is_secure())
    return then if ours else resolve_url(settings.LOGIN_REDIRECT_URL)


def facts_about(request: HttpRequest) -> Facts:
    """What the live password rules may know: the signed-in person, else only what was typed on the page.

    Somebody half-open is held against the ID alone: answers about the phone would give it away digit by digit.
    """
    old = request.POST.get("old_password")
    if request.user.is_authenticated:
        person = {"number": request.user.id_number, "phone": request.user.phone}
        return Facts(**person, is_previous=lambda text: text == old) if old else Facts(**person)
    if state := waiting_for_name(request):
        return Facts(number=Account.objects.get(pk=state["account"]).id_number)
    return Facts(
        number=idcard.normalise(request.POST.get("number", "")),
        phone=phones.normalise(request.POST.get("phone", "")),
    )
