"""The pages at the door: sign in, first sign-in, 忘记密码, 修改密码, sign out, and the captcha's own addresses."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhtj.lib import notices

from . import captchas, devices, entry, fields, passwords, reset, signin
from .forms import ChangeForm, FirstForm, ForgotForm, SignInForm
from .models import number_index

page = require_http_methods(["GET", "HEAD", "POST"])
NEXT_TIME = "下次请用身份证号码和新密码登录。"


@page
@sensitive_post_parameters()
@login_not_required
def sign_in(request: HttpRequest) -> HttpResponse:
    """登录 with ID number, password and captcha."""
    if request.user.is_authenticated:
        return redirect(entry.safe(request, request.GET.get("next", "")))
    if request.method != "POST":
        form = SignInForm(initial={"next": request.GET.get("next", "")})
        return entry.show_sign_in(request, form, lapsed=request.session.lapsed_account is not None)
    form = SignInForm(request.POST)
    if not form.is_valid():
        return entry.show_sign_in(request, form, problem=signin.WRONG if form.is_nobody else None)
    outcome = _try(request, **form.cleaned_data)
    then, kept = form.cleaned_data["next"], form.cleaned_data["kept"]
    if outcome.account is None:
        return entry.show_sign_in(request, form, problem=outcome.verdict)
    if outcome.first:
        return entry.half_open(request, outcome.account, then=then)
    return entry.admit(request, outcome.account, then=then, kept=kept)


def _try(request: HttpRequest, *, number: str, password: str, **others: object) -> signin.Outcome:
    known = devices.knows(request, number_index(number))
    return signin.sign_in(
        number=number, password=password, known_device=known, actor=request.scope, now=timezone.now()
    )


@page
@sensitive_post_parameters()
@login_not_required
def first_sign_in(request: HttpRequest) -> HttpResponse:
    """首次登录: full name and a new password, before anything else."""
    state = entry.waiting_for_name(request)
    if state is None:
        return redirect("accounts:sign_in")
    form = FirstForm(request.POST or None)
    if form.is_valid():
        name, password = form.cleaned_data["name"], form.cleaned_data["new_password"]
        outcome = signin.set_first_password(
            state["account"], name=name, password=password, actor=request.scope, now=timezone.now()
        )
        if outcome.account is not None:
            messages.success(request, f"密码已设置，您已登录。{NEXT_TIME}")
            return entry.admit(request, outcome.account, then=state["then"])
        if outcome.verdict.cause in ("closed", "expired", "ended"):
            request.session.flush()
            return entry.show_sign_in(request, SignInForm(), problem=outcome.verdict)
        form.refuse(outcome.verdict, {"name": "name"})
    return render(request, "accounts/first_sign_in.html", {"form": form})


@page
@sensitive_post_parameters()
@login_not_required
def forgot(request: HttpRequest) -> HttpResponse:
    """忘记密码: a new password with a 重置密码验证码."""
    form = ForgotForm(request.POST or None)
    if not form.is_valid():
        return render(request, "accounts/forgot.html", {"form": form})
    given = form.cleaned_data
    outcome = reset.redeem(
        number=given["number"],
        code=given["code"],
        password=given["new_password"],
        actor=request.scope,
        now=timezone.now(),
    )
    if outcome.account is not None:
        messages.success(request, f"新密码已设置，您已登录。{NEXT_TIME}")
        return entry.admit(request, outcome.account)
    problem = outcome.verdict if outcome.verdict.cause in ("code", "waiting") else None
    if problem is None:
        form.refuse(outcome.verdict, {})
    return render(request, "accounts/forgot.html", {"form": form, "problem": problem})


@page
@sensitive_post_parameters()
def change_password(request: HttpRequest) -> HttpResponse:
    """系统设置 → 修改密码."""
    form = ChangeForm(request.POST or None)
    if form.is_valid():
        old, new = form.cleaned_data["old_password"], form.cleaned_data["new_password"]
        verdict = signin.change_password(
            request.user, old=old, new=new, actor=request.scope, now=timezone.now()
        )
        if verdict:
            update_session_auth_hash(request, request.user)
            done = "密码已修改。您在其他设备上的登录已经退出。"
            notices.success(request, done, ("回到首页", resolve_url(settings.LOGIN_REDIRECT_URL)))
            return redirect("accounts:change_password")
        form.refuse(verdict, {"old_password": "old_password", "waiting": "old_password"})
    return render(request, "accounts/change_password.html", {"form": form})


@require_POST
@sensitive_post_parameters()
@login_not_required
def check_password(request: HttpRequest) -> JsonResponse:
    """The rules that need the person, for the list beside the field; nothing is kept or logged."""
    return JsonResponse(passwords.answers(request.POST.get("password", ""), entry.facts_about(request)))


@require_POST
@login_not_required
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session and empty the browser's cache of what it showed."""
    if request.user.is_authenticated:
        signin.sign_out(actor=request.scope)
    logout(request)
    messages.success(request, "您已退出登录。")
    response = redirect("accounts:sign_in")
    response["Clear-Site-Data"] = '"cache", "storage"'
    response["Cache-Control"] = "no-store"
    return response


@require_GET
@login_not_required
def captcha_image(request: HttpRequest, key: str) -> HttpResponse:
    """The sum as a picture; 410 when it has been taken."""
    text = captchas.asked(key)
    if text is None:
        return HttpResponse(status=410)
    return HttpResponse(captchas.picture(text), content_type="image/png")


@require_GET
@login_not_required
def captcha_words(request: HttpRequest, key: str) -> HttpResponse:
    """The same sum in words: for the script as data, otherwise as a page of its own."""
    text = captchas.asked(key)
    question = captchas.in_words(text) if text else ""
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        return JsonResponse({"question": question or "这道题已过期，请换一张"})
    context = {"question": question}
    return render(request, "accounts/captcha_words.html", context, status=200 if text else 410)


@require_GET
@login_not_required
def captcha_new(request: HttpRequest) -> JsonResponse:
    """Another challenge for 换一张."""
    key = captchas.create()
    return JsonResponse({"key": key, **fields.addresses(key)})
