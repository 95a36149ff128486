"""What whoever decides does on the case page: agree to some fields, correct with a reason, look behind a mask."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from orgs import petition_views, petitions
from orgs.enums import PetitionKind
from orgs.models import Petition
from zhtj.lib import notices

from ..forms import ReasonForm
from ..private import WHAT
from . import correction, profile
from .forms import AcceptForm, ReasonedForm


def _asked(request: HttpRequest, pk: int, kind: PetitionKind, fits: Callable[[Petition], bool]) -> Petition:
    """The request of this kind; what the kind does not have does not exist."""
    petition = petition_views.seen(request, pk)
    if petition.kind != kind or not fits(petition):
        raise Http404
    return petition


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree to the ticked fields; the others are returned with a reason."""
    petition = _asked(request, pk, PetitionKind.PROFILE, lambda _: True)
    petitions.may_decide(request.scope, petition).demand()
    lines = petitions.kind_of(petition).lines(petition)
    form = AcceptForm(request.POST, lines=lines)
    if not form.is_valid():
        return petition_views.page(request, petition, status=422, accept=form)
    data = form.cleaned_data
    profile.accept(form.seen(petition), chosen=data["chosen"], remark=data["remark"], actor=request.scope)
    notices.success(request, f"已写入 {len(data['chosen'])} 项，本人会收到通知。")
    return redirect("petitions:detail", pk=pk)


@require_POST
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree to a correction of 姓名 or 身份证号码 with the reason that is logged."""
    petition = _asked(request, pk, PetitionKind.CORRECTION, lambda each: correction.topic_of(each).reasoned)
    petitions.may_decide(request.scope, petition).demand()
    form = ReasonedForm(request.POST)
    if not form.is_valid():
        return petition_views.page(request, petition, status=422, accept=form)
    correction.accept(form.seen(petition), reason=form.cleaned_data["reason"], actor=request.scope)
    notices.success(request, "已更正，本人会收到通知。")
    return redirect("petitions:detail", pk=pk)


@require_POST
def reveal(request: HttpRequest, pk: int) -> HttpResponse:
    """The full ID number in a request, shown once."""
    petition = _asked(request, pk, PetitionKind.CORRECTION, lambda each: correction.topic_of(each).secret)
    return _revealed(request, petition, "id", correction.reveal)


@require_POST
def reveal_phone(request: HttpRequest, pk: int) -> HttpResponse:
    """The full phone in a request, shown once."""
    petition = _asked(request, pk, PetitionKind.PROFILE, lambda each: "phone" in each.payload["fields"])
    return _revealed(request, petition, "phone", profile.reveal)


def _revealed(request: HttpRequest, petition: Petition, what: str, look: Callable[..., str]) -> HttpResponse:
    petitions.may_decide(request.scope, petition).demand()
    form = ReasonForm(request.POST)
    context = {"petition": petition, "form": form, "label": WHAT[what]}
    if not form.is_valid():
        return render(request, "requests/reveal.html", context, status=422)
    full = look(petition, reason=form.cleaned_data["reason"], actor=request.scope)
    return render(request, "requests/reveal.html", {**context, "full": full})
