"""团员列表 and 团干部列表: one page for both."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from orgs.guard import administrators_only

from . import reading, saved, shown
from .asked import read
from .forms import FindForm
from .kinds import TABLES

ACTS = {"members": shown.member_acts, "cadres": shown.cadre_acts}


@require_safe
@administrators_only
def index(request: HttpRequest, kind: str) -> HttpResponse:
    """The list of the organisation acted for and everything below it; a bare address opens the default view.

    With `open` the only one found is opened at once.
    """
    table, views = TABLES[kind], saved.of(request.scope.account_id, kind)
    default = next((each for each in views if each.is_default), None)
    if default and not request.GET:
        return redirect(request.path + saved.address(default))
    asked = read(table, request.GET, scope=request.scope)
    found = reading.listing(asked, request.GET, now=timezone.now())
    if "open" in request.GET and found.page.total == 1:
        return redirect(shown.address(asked, found.lines[0]))
    context = shown.context(request, asked, found, views) | ACTS[kind](request.scope, asked)
    return render(request, f"{table.url_name}/list.html", context | {"find": FindForm(auto_id="find_%s")})
