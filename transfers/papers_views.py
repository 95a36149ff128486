"""Checking off the papers of one case, by the incoming side (§6.8)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from members.documents import receiving
from orgs.guard import administrators_only
from zhtj.lib import notices
from zhtj.lib.verdict import Refused

from . import papers, queries
from .freshmen.forms import DayForm


@require_POST
@administrators_only
def receive(request: HttpRequest, pk: int) -> HttpResponse:
    """登记 what has arrived of one person's papers."""
    transfer, form = get_object_or_404(queries.visible(request.scope), pk=pk), DayForm(request.POST)
    papers.may_receive(request.scope, transfer).demand()
    if not form.is_valid():
        notices.refuse(request, str(next(iter(form.errors.values()))[0]))
        return redirect("transfers:detail", pk=pk)
    ticks, day = receiving.read(request.POST.getlist("paper")), form.cleaned_data["received_on"]
    try:
        done = papers.receive(transfer, ticks, received_on=day, actor=request.scope)
    except Refused as refusal:
        notices.refuse(request, refusal.verdict.message)
    else:
        say(request, done)
    return redirect("transfers:detail", pk=pk)


def say(request: HttpRequest, done: receiving.Received) -> None:
    """What was written, and why the rest was not."""
    if done.papers:
        notices.success(request, f"已登记 {done.people} 人的 {done.papers} 份材料，本人可以看到。")
    for message in dict.fromkeys(verdict.message for _, verdict in done.refused):
        count = sum(verdict.message == message for _, verdict in done.refused)
        notices.refuse(request, f"{count} 份没有登记：{message}")
