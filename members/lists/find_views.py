"""按身份证号码查找: leads to the person's page, or says where somebody outside the scope is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts import idcard
from orgs.guard import administrators_only
from zhtj.lib.verdict import Refused, Verdict, no

from . import finding
from .forms import FindForm

NOT_HERE = no(
    "您的管理范围内没有这个号码",
    cause="not_here",
    remedy="。补充姓名后，可以查到此人的团籍在哪里。",
)
NOT_BY_LEAGUE_NUMBER = no(
    "您的管理范围内没有这个发展团员编号",
    cause="not_here",
    remedy="。在范围之外查找，请填写身份证号码和姓名。",
)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("number", "name")
@administrators_only
def find(request: HttpRequest) -> HttpResponse:
    """The exact search; what was typed stays in the form where nobody was found."""
    form = FindForm(request.POST or None)
    context = {"form": form, "crumbs": [("团员列表", reverse("members:list")), ("按身份证号码查找", "")]}
    if not form.is_valid():
        return render(request, "members/find.html", context, status=422 if form.errors else 200)
    number, name = form.cleaned_data["number"], form.cleaned_data["name"]
    if url := finding.inside(request.scope, number):
        return redirect(url)
    verdict = _enough(number, name)
    try:
        verdict.demand()
        context["found"] = finding.outside(name, number, actor=request.scope, now=timezone.now())
    except Refused as refused:
        context["nobody"] = refused.verdict.message
    return render(request, "members/find.html", context)


def _enough(number: str, name: str) -> Verdict:
    """Beyond the scope both the ID number and the name are needed."""
    if len(number) != idcard.LENGTH:
        return NOT_BY_LEAGUE_NUMBER
    return Verdict(True) if name else NOT_HERE
