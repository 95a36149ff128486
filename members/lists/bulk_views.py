"""Bulk acts on the people of a list: all that match, confirmed first, and a post for one of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from orgs.guard import administrators_only
from zhtj.lib import notices

from ..models import Member
from . import reading, selection, shown
from .kinds import MEMBERS, TABLES

SHOWN = 200  # names on the page; the acts are about all of them


@require_POST
@administrators_only
def chosen(request: HttpRequest, kind: str) -> HttpResponse:
    """Who is meant, in numbers and names, with the acts that can follow; nothing is written."""
    table, now = TABLES[kind], timezone.now()
    asked, rows = selection.asked(request, table), selection.chosen(request, table, now=now)
    back = reverse(f"{table.url_name}:list") + asked.address
    verdict = selection.fits(rows)
    if not verdict:
        notices.refuse(request, verdict.message)
        return redirect(back)
    lines = list(reading.pieces(table, rows[:SHOWN], (), scope=request.scope, now=now))
    context = {
        "table": table,
        "asked": asked,
        "boxes": selection.boxes(table, rows, request.scope),
        "total": len(rows),
        "lines": lines,
        "back": back,
        "crumbs": [(table.title, back), ("批量办理", "")],
    }
    acts = shown.member_acts(request.scope, asked) if table is MEMBERS else {}
    return render(request, "lists/chosen.html", context | acts)


@require_POST
@administrators_only
def appoint(request: HttpRequest) -> HttpResponse:
    """登记职务 for the one member that is ticked."""
    members = list(Member.objects.filter(pk__in=selection.picked(request, MEMBERS)[:2]))
    if len(members) != 1:
        notices.refuse(request, "登记职务一次只能选择一人，请只勾选一位团员。")
        return redirect("members:list")
    member = members[0]
    return redirect(f"{reverse('cadres:add', args=[member.branch_id])}?member={member.pk}")
