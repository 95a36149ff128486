"""号段: numbers of the own register that subordinates give out (§6.8)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from orgs.guard import administrators_only
from zhtj.lib import notices
from zhtj.lib.paging import page_of
from zhtj.lib.verdict import Refused

from . import numbers, queries, rules
from .forms import RangeForm


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def index(request: HttpRequest) -> HttpResponse:
    """The ranges given and held; a further one is given here."""
    root = request.scope.root
    rules.may_number(request.scope, root).demand()
    form = RangeForm(request.POST or None, holders=queries.holders(root))
    if form.is_valid():
        data = form.cleaned_data
        try:
            given = numbers.give(root, data["holder"], data["first"], data["last"], actor=request.scope)
        except Refused as refused:
            form.refuse(refused.verdict)
        else:
            notices.success(
                request, f"已把 {given.first:06d}–{given.last:06d} 号分给“{given.holder.short_name}”。"
            )
            return redirect("letters:ranges")
    context = {
        "form": form,
        "page": page_of(queries.ranges_given(root), request.GET, by=("pk",)),
        "held": list(numbers.held(root).select_related("register")),
        "crumbs": [("介绍信登记簿", reverse("letters:list")), ("号段", "")],
    }
    return render(request, "letters/ranges.html", context, status=422 if form.errors else 200)


@require_POST
@administrators_only
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """收回 what is not used."""
    given = get_object_or_404(queries.ranges_given(request.scope.root), pk=pk)
    numbers.take_back(given, actor=request.scope)
    notices.success(request, f"已收回“{given.holder.short_name}”未用的编号，由本组织接着使用。")
    return redirect("letters:ranges")
