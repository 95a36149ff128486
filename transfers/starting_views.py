"""办理转出 and 办理转入: who, where to, why; then the case begins (§6.1). Nothing personal is kept between the steps."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from members import queries as people
from members.models import Member
from orgs import picker
from orgs.guard import administrators_only
from orgs.models import Organization
from zhtj.lib import notices
from zhtj.lib.verdict import Refused

from . import opening, rules, seeking, workflow
from .enums import State
from .forms import FindForm, WishForm
from .models import Transfer

OUTSIDE = "outside"
asks = require_http_methods(["GET", "HEAD", "POST"])


@asks
@administrators_only
def out(request: HttpRequest, pk: int) -> HttpResponse:
    """办理转出 of one member of the scope."""
    member = get_object_or_404(people.member_within(request.scope), pk=pk)
    return start(request, member, base="transfers/start.html")


def start(
    request: HttpRequest, member: Member, *, base: str, follows: Transfer | None = None
) -> HttpResponse:
    """The steps of beginning a case: the target from the picker, then the reason; for the person and for a side."""
    verdict = rules.may_move(member, own=request.scope.account_id == member.account_id)
    if not verdict:
        return render(request, base, {"member": member, "refused": verdict.message})
    chosen, outside = _target(request, follows)
    if chosen is None and not outside:
        return _pick(request, member, base)
    if chosen is not None and not (fits := rules.may_target(member.branch, chosen)):
        notices.refuse(request, fits.message)
        return redirect(request.path)
    initial = WishForm.initial_of(follows) if follows else None
    form = WishForm(request.POST or None, target=chosen, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            transfer = opening.build(member, form.wish, actor=request.scope, follows=follows)
            transfer = workflow.start(transfer, actor=request.scope)
        except Refused as refusal:
            form.refuse(refusal.verdict)
        else:
            notices.success(request, f"已发起：{transfer.get_state_display()}。")
            return redirect("transfers:detail", pk=transfer.pk)
    context = {"member": member, "target": chosen, "form": form, "follows": follows}
    return render(request, base, context, status=422 if form.errors else 200)


def _target(request: HttpRequest, follows: Transfer | None) -> tuple[Organization | None, bool]:
    """What was picked, or whether it lies outside the system; a case sent again brings its own target along."""
    asked = request.GET.get("organization", "")
    if asked == OUTSIDE:
        return None, True
    if not asked and follows is not None and "pick" not in request.GET:
        return follows.target if not follows.outside else None, bool(follows.outside)
    return picker.chosen(asked), False


def _pick(request: HttpRequest, member: Member, base: str) -> HttpResponse:
    asked = {**request.GET.dict(), "only": "targets"}
    view = picker.look(asked, address=request.scope.address, now=timezone.now())
    context = {"member": member, "picker": view, "picker_name": "organization", "outside": OUTSIDE}
    context["outside_places"] = list(settings.TRANSFER_OUTSIDE.values())
    return render(request, base, context, status=200 if view.verdict else 429)


@asks
@sensitive_post_parameters()
@administrators_only
def bring_in(request: HttpRequest) -> HttpResponse:
    """办理转入: found by 姓名 and 身份证号码 together, and asked for at once; before consent nothing more is shown."""
    form = FindForm(request.POST or None)
    wish = WishForm(request.POST if request.method == "POST" else None, target=request.scope.root)
    if request.method == "POST" and form.is_valid() and wish.is_valid():
        try:
            member = seeking.find(**form.cleaned_data, actor=request.scope, now=timezone.now())
            transfer = opening.build(member, wish.wish, actor=request.scope)
            transfer = workflow.start(transfer, actor=request.scope)
        except Refused as refusal:
            # The other branch is not named before it has agreed (§6.1).
            verdict = seeking.TIED if refusal.verdict.cause == seeking.TIED.cause else refusal.verdict
            form.add_error(None, verdict.message)
        else:
            notices.success(request, f"已请{transfer.account.name}的团支部同意转出，对方同意后即可转入。")
            return redirect("transfers:detail", pk=transfer.pk)
    may = rules.may_bring_in(request.scope.root)
    context = {"form": form, "wish": wish, "target": request.scope.root, "may": may}
    return render(
        request, "transfers/bring_in.html", context, status=422 if form.errors or wish.errors else 200
    )


@asks
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """修改后重新发起: a returned, withdrawn or lapsed case begins anew, filled in as it was (§6.4)."""
    found = Transfer.objects.filter(pk=pk).exclude(state=State.DONE).select_related("target__parent")
    mine = found.filter(account=request.scope.account_id) | found.within(request.scope)
    follows = get_object_or_404(mine)
    member = get_object_or_404(
        Member.objects.select_related("account", "branch__parent"), account=follows.account_id
    )
    return start(request, member, base="transfers/start.html", follows=follows)
