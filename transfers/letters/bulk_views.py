"""Many letters at once: those of the cases sent in one act, issued together and printed as one PDF (§6.8)."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from orgs.guard import administrators_only
from zhtj.lib import notices

from ..models import Transfer
from . import issuing, printing, queries
from .public_views import base


def _cases(request: HttpRequest, key: UUID) -> list[Transfer]:
    found = queries.batch(request.scope, key)
    if not found:
        raise Http404
    return found


@require_safe
@administrators_only
def batch(request: HttpRequest, key: UUID) -> HttpResponse:
    """Who has a letter, who can have one, who needs none and why."""
    plan = queries.plan(_cases(request, key), request.scope, today=timezone.localdate())
    context = {
        "key": key,
        "plan": plan,
        "rows": [queries.row(each, today=timezone.localdate()) for each in plan.letters],
        "crumbs": [("组织关系转接", reverse("transfers:list")), ("打印介绍信", "")],
    }
    return render(request, "letters/batch.html", context)


@require_POST
@administrators_only
def issue(request: HttpRequest, key: UUID) -> HttpResponse:
    """A letter for each of them that can have one."""
    result = issuing.issue_many(_cases(request, key), actor=request.scope)
    if result.letters:
        first, last = result.letters[0], result.letters[-1]
        notices.success(
            request,
            f"已开具 {len(result.letters)} 份介绍信（{first.shown_number}至{last.shown_number}），请打印、盖章后交给本人。",
        )
    else:
        notices.warn(request, "没有可以开具的介绍信。")
    return redirect("letters:batch", key=key)


@require_POST
@administrators_only
def pdf(request: HttpRequest, key: UUID) -> HttpResponse:
    """All letters of the act in one PDF; each is on record."""
    plan = queries.plan(_cases(request, key), request.scope, today=timezone.localdate())
    letters = [each for each in plan.letters if request.scope.covers(each.issuer)]
    raw = printing.document(letters, base=base(request), actor=request.scope)
    return printing.download(raw, f"介绍信（{len(letters)} 份）.pdf")
