"""省级专库: the list, a person, a number shown as an act, and the way back (§6.2)."""

from __future__ import annotations

from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import names
from orgs import picker
from orgs.guard import administrators_only
from orgs.models import Organization
from zhtj.lib import notices
from zhtj.lib.paging import page_of
from zhtj.lib.verdict import Refused

from ..models import Stored
from . import rules, verbs
from .forms import ReasonForm, ReturnForm, SearchForm

HOME = ("省级专库", "stores:list")


def _stored(request: HttpRequest, pk: int) -> Stored:
    """Somebody of the own store; everything else looks as if it did not exist."""
    rows = Stored.objects.of(request.scope).select_related("account", "province", "branch", "returned_to")
    return get_object_or_404(rows, pk=pk)


def _found(request: HttpRequest, form: SearchForm) -> QuerySet[Stored]:
    form.full_clean()
    rows = Stored.objects.of(request.scope)
    if name := names.normalise(form.cleaned_data.get("name", "")):
        rows = rows.filter(account__name__startswith=name)
    wanted = form.cleaned_data.get("returned", "")
    if wanted == "":
        rows = rows.present()
    elif wanted == "yes":
        rows = rows.exclude(returned_at=None)
    return rows.select_related("account", "branch", "returned_to").annotate(newest=-F("pk"))


@require_safe
@administrators_only
def index(request: HttpRequest) -> HttpResponse:
    """Who is in the store; the unit stands on each person's page alone."""
    rules.may_look(request.scope).demand()
    form = SearchForm(request.GET)
    rows = _found(request, form)
    page = page_of(rows, request.GET, by=("newest",), total=rows.count())
    filtered = any(form.cleaned_data.values())
    return render(request, "stores/list.html", {"form": form, "page": page, "filtered": filtered})


@require_safe
@administrators_only
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One person; that the page was looked at is recorded."""
    stored = _stored(request, pk)
    context = {
        "stored": stored,
        "unit": verbs.look(stored, actor=request.scope),
        "may_return": rules.may_return(request.scope, stored),
        "pending": rules.pending(stored),
        "reason_form": ReasonForm(),
        "crumbs": [(HOME[0], reverse(HOME[1])), (stored.account.name, "")],
    }
    return render(request, "stores/detail.html", context)


@require_POST
@administrators_only
def reveal(request: HttpRequest, pk: int) -> HttpResponse:
    """The full number, shown once on this page."""
    stored, form = _stored(request, pk), ReasonForm(request.POST)
    context = {"stored": stored, "form": form}
    if not form.is_valid():
        return render(request, "stores/reveal.html", context, status=422)
    full = verbs.reveal(stored, reason=form.cleaned_data["reason"], actor=request.scope)
    return render(request, "stores/reveal.html", {**context, "full": full})


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    """办理转回: the branch first, then the request."""
    stored = _stored(request, pk)
    rules.may_return(request.scope, stored).demand()
    branch = picker.chosen(request.GET.get("organization", ""))
    if branch is not None and not (fits := rules.may_take(branch)):
        notices.refuse(request, fits.message)
        branch = None
    if branch is None:
        asked = {**request.GET.dict(), "only": "branches"}
        view = picker.look(asked, address=request.scope.address, now=timezone.now())
        return render(request, "stores/bring_back.html", {"stored": stored, "picker": view})
    return _asking(request, stored, branch)


def _asking(request: HttpRequest, stored: Stored, branch: Organization) -> HttpResponse:
    form = ReturnForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.bring_back(stored, branch, actor=request.scope, remark=form.cleaned_data["remark"])
        except Refused as refusal:
            form.add_error(None, refusal.verdict.message)
        else:
            notices.success(request, f"申请已发出，对方同意后{stored.account.name}的团籍转回。")
            return redirect("stores:detail", pk=stored.pk)
    context = {"stored": stored, "branch": branch, "form": form}
    return render(request, "stores/bring_back.html", context, status=422 if form.errors else 200)
