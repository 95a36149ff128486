"""邀请 a registered person: found by name and ID number, then offered a post (§4)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import Account
from orgs import invitations
from orgs.guard import administrators_only
from orgs.models import Organization
from orgs.views import within
from zhtj.lib import crypto, notices
from zhtj.lib.verdict import Refused

from .forms import OfficeForm, SearchForm

PURPOSE = "invitation"
MINUTES = 30  # how long the person found may be offered a post without another search


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("number")
@administrators_only
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Search; nothing but name and masked ID number of whom both are known is shown."""
    organization = within(request, pk)
    invitations.may_invite(request.scope, organization).demand()
    form = SearchForm(request.POST or None)
    if form.is_valid():
        try:
            account = invitations.find(
                organization, **form.cleaned_data, actor=request.scope, now=timezone.now()
            )
            invitations.fits(organization, account).demand()
        except Refused as refused:
            form.add_error(None, refused.verdict.message)
        else:
            return _offer(request, organization, account, OfficeForm(organization=organization))
    context = {"form": form, "organization": organization, "crumbs": _crumbs(organization)}
    return render(request, "cadres/invite.html", context, status=422 if form.errors else 200)


@require_POST
@administrators_only
def offer(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer the post to the person of the sealed search result."""
    organization = within(request, pk)
    account = _found(request, organization)
    if account is None:
        notices.refuse(request, "查找结果已过期，请重新查找。")
        return redirect("cadres:invite", pk=pk)
    form = OfficeForm(request.POST, organization=organization)
    if form.is_valid():
        try:
            petition = invitations.invite(organization, account, form.office, actor=request.scope)
        except Refused as refused:
            form.add_error(None, refused.verdict.message)
        else:
            notices.success(request, f"邀请已发出，等{account.name}在操作中心答复。")
            return redirect("petitions:detail", pk=petition.pk)
    return _offer(request, organization, account, form, status=422)


def _offer(
    request: HttpRequest, organization: Organization, account: Account, form: OfficeForm, status: int = 200
) -> HttpResponse:
    token = {"account": account.pk, "organization": organization.pk, "by": request.scope.account_id}
    context = {
        "form": form,
        "organization": organization,
        "account": account,
        "token": crypto.seal(token, purpose=PURPOSE),
        "brings_seat": invitations.brings_seat(organization),
        "crumbs": _crumbs(organization),
    }
    return render(request, "cadres/offer.html", context, status=status)


def _found(request: HttpRequest, organization: Organization) -> Account | None:
    """The account in the sealed result, made by this person for this organisation."""
    token = crypto.unseal(request.POST.get("found", ""), purpose=PURPOSE, max_age=MINUTES * 60)
    expected = {"organization": organization.pk, "by": request.scope.account_id}
    if token is None or any(token.get(key) != value for key, value in expected.items()):
        return None
    return Account.objects.filter(pk=token["account"]).first()


def _crumbs(organization: Organization) -> list[tuple[str, str]]:
    return [("团干部列表", reverse("cadres:list")), (organization.short_name, ""), ("邀请", "")]
