"""修改资料 and 更正: the pages that write a person's data."""

from __future__ import annotations

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.models import Account
from orgs.guard import administrators_only
from orgs.models import Organization
from zhtj.lib import notices
from zhtj.lib.verdict import Refused, Verdict

from . import access, amend, queries
from .person_forms import CorrectionForm
from .profile_form import ProfileForm

FIELD_OF = {
    "registered": "number",
    "conflict": "name",
    "number_taken": "league_number",
    "secretary": "title",
    "gone": "branch",
    "not_superior": "branch",
}


def blame(form: Form, verdict: Verdict) -> None:
    """Put a refusal under the field it speaks of, else above the form."""
    cause = "registered" if verdict.cause.startswith("registered") else verdict.cause
    field = FIELD_OF.get(cause)
    form.add_error(field if field in form.fields else None, verdict.message)


def warn_of_number(request: HttpRequest, form: ProfileForm) -> None:
    """Say that a malformed 发展团员编号 was not stored; before 2016 nobody needs one."""
    if form.dropped_number:
        notices.warn(request, "填写的发展团员编号格式不符，没有保存。2016年以前入团的不需要编号。")


asks = require_http_methods(["GET", "HEAD", "POST"])


@asks
@administrators_only
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """修改资料, at once."""
    member = get_object_or_404(queries.member_within(request.scope), pk=pk)
    access.may_edit(request.scope, member).demand()
    form = ProfileForm(request.POST or None, initial=ProfileForm.initial_of(member), member=member)
    if request.method == "POST" and form.is_valid():
        try:
            changed = amend.amend(member, actor=request.scope, **form.facts)
        except Refused as refusal:
            blame(form, refusal.verdict)
        else:
            warn_of_number(request, form)
            notices.success(request, f"已修改{member.account}的资料。" if changed else "没有改动。")
            return redirect("members:detail", pk=member.pk)
    context = {"form": form, "member": member}
    return render(request, "members/edit.html", context, status=422 if form.is_bound else 200)


@asks
@administrators_only
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """更正姓名或身份证号码, by the direct superior, with a reason."""
    member = get_object_or_404(queries.member_within(request.scope), pk=pk)
    return correcting(request, member.account, member.branch, reverse("members:detail", args=[pk]))


def correcting(request: HttpRequest, account: Account, place: Organization, back: str) -> HttpResponse:
    """更正 of a person with or without 团籍, and back to his or her page."""
    access.may_correct(request.scope, account).demand()
    form = CorrectionForm(request.POST or None, initial={"name": account.name}, account=account)
    if request.method == "POST" and form.is_valid():
        try:
            changed = amend.correct(account, actor=request.scope, **form.cleaned_data)
        except Refused as refusal:
            blame(form, refusal.verdict)
        else:
            notices.success(request, "已更正，本人会收到通知。" if changed else "没有改动。")
            return redirect(back)
    context = {"form": form, "account": account, "place": place, "back": back}
    return render(request, "members/correct.html", context, status=422 if form.is_bound else 200)
