"""重置密码验证码 for many: who can and who cannot, then one slip each, shown once (§3)."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts.confirming import ConfirmingForm
from accounts.models import Account
from orgs.guard import administrators_only
from zhtj.lib import notices
from zhtj.lib.verdict import YES, Verdict, no

from . import access, queries
from .lists import selection
from .private import Slip, issue_reset_codes

MOST = 500
NOBODY = no("没有选中任何人", cause="nobody", remedy="，请先在列表中勾选。")
TOO_MANY = no(f"一次最多 {MOST} 人", cause="too_many", remedy="，请分次办理。")


class SlipsForm(ConfirmingForm):
    """The chosen people, as one field, with the password where it was given too long ago."""

    chosen = forms.CharField(widget=forms.HiddenInput)


def _people(request: HttpRequest, texts: list[str]) -> list[Account]:
    """Those of the scope among these ids, each once, by name."""
    ids = {int(each) for each in texts if each.isdecimal() and len(each) < 19}
    return list(queries.people_within(request.scope).filter(pk__in=ids).order_by("initials", "name", "pk"))


def _fits(people: list[Account]) -> Verdict:
    if not people:
        return NOBODY
    return YES if len(people) <= MOST else TOO_MANY


@require_POST
@administrators_only
def plan(request: HttpRequest) -> HttpResponse:
    """Who gets a code and who does not, with the reason; nothing is written yet."""
    people = selection.people(request, request.POST)
    verdict = _fits(people)
    if not verdict:
        notices.refuse(request, verdict.message)
        return redirect("members:list")
    chosen = ",".join(str(each.pk) for each in people)
    return _plan(request, people, SlipsForm(request=request, initial={"chosen": chosen}))


def _plan(request: HttpRequest, people: list[Account], form: SlipsForm, status: int = 200) -> HttpResponse:
    verdicts = access.resettable(request.scope, people)
    slips = [Slip(each, verdicts[each.pk]) for each in people]
    context = {
        "form": form,
        "able": [each for each in slips if each.verdict],
        "unable": [each for each in slips if not each.verdict],
        "hours": settings.RESET_CODE_HOURS,
    }
    return render(request, "members/reset_codes.html", context, status=status)


@require_POST
@sensitive_post_parameters("password")
@administrators_only
def print_slips(request: HttpRequest) -> HttpResponse:
    """The codes, shown on this page only."""
    now, form = timezone.now(), SlipsForm(request.POST, request=request)
    people = _people(request, request.POST.get("chosen", "").split(","))
    _fits(people).demand()
    if not form.is_valid() or not form.confirms(now=now):
        return _plan(request, people, form, status=422)
    slips = issue_reset_codes(people, actor=request.scope, now=now)
    context = {
        "slips": [each for each in slips if each.code],
        "unable": [each for each in slips if not each.code],
        "expires_at": now + timedelta(hours=settings.RESET_CODE_HOURS),
        "hours": settings.RESET_CODE_HOURS,
        "address": request.build_absolute_uri(reverse("accounts:forgot")),
    }
    return render(request, "members/reset_slips.html", context)
