"""我的资料 of 个人中心: the sheet, asking for changes, asking for corrections."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from orgs.enums import PetitionKind, PetitionState
from orgs.models import Organization, Petition, Post
from zhtj.lib import notices
from zhtj.lib.verdict import Refused

from .. import access, queries
from . import correction, profile, sheet
from .asking import FORMS, AskForm, TitleForm
from .forms import OwnForm
from .topics import TOPICS

asks = require_http_methods(["GET", "HEAD", "POST"])
KINDS = (PetitionKind.PROFILE, PetitionKind.CORRECTION)


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """我的资料, each fact with 申请更正."""
    account = request.user
    member, posts = queries.membership_of(account), correction.posts_of(account)
    requests = Petition.objects.filter(account=account, kind__in=KINDS)
    context = {
        "account": account,
        "groups": sheet.groups(account, member, posts, today=timezone.localdate()),
        "home": access.home(account),
        "new_post": member is not None and all(post.organization_id != member.branch_id for post in posts),
        "pending": requests.filter(state=PetitionState.PENDING).order_by("pk"),
    }
    return render(request, "me/profile.html", context)


@asks
def edit(request: HttpRequest) -> HttpResponse:
    """修改: what is typed becomes one request; after a return the form comes back filled."""
    account = request.user
    member, before = queries.membership_of(account), _before(request)
    fields = profile.unwritten(before) if before else {}
    asked = profile.masked_phone(before) if before else ""
    shown = OwnForm.shown(account, member, fields)
    form = OwnForm(request.POST or None, initial=shown, account=account, member=member, asked_phone=asked)
    if request.method == "POST" and form.is_valid():
        try:
            petition = profile.ask(
                account, form.values, remark=form.cleaned_data["remark"], actor=request.scope
            )
        except Refused as refusal:
            form.add_error(None, refusal.verdict.message)
        else:
            return _asked(request, petition)
    context = {"form": form, "before": before, **_standing(account, PetitionKind.PROFILE)}
    return render(request, "me/edit.html", context, status=422 if form.is_bound else 200)


def _before(request: HttpRequest) -> Petition | None:
    """The earlier request of the person that is to be asked for again."""
    pk = request.GET.get("again", "")
    if not (pk.isdecimal() and len(pk) < 19):
        return None
    own = Petition.objects.filter(account=request.user, kind=PetitionKind.PROFILE)
    return own.exclude(state=PetitionState.PENDING).filter(pk=pk).first()


def _standing(account: Any, kind: PetitionKind) -> dict[str, Any]:
    """Whether the person may ask, and what is under way instead."""
    verdict = profile.may_ask(account, kind)
    waiting = Petition.objects.pending().filter(account=account, kind=kind).first() if not verdict else None
    return {"may_ask": verdict, "waiting": waiting}


@asks
def correct(request: HttpRequest, topic: str) -> HttpResponse:
    """申请更正 of what the person cannot change."""
    account, member = request.user, queries.membership_of(request.user)
    if topic not in FORMS or (topic == "branch" and member is None):
        raise Http404
    form = FORMS[topic](request.POST or None, account=account, member=member)
    return _correcting(request, topic, form, None)


@asks
def correct_post(request: HttpRequest, pk: int) -> HttpResponse:
    """申请更正 of one of the own posts."""
    own = Post.objects.filter(account=request.user, ended_at=None).select_related("organization", "account")
    post = get_object_or_404(own, pk=pk)
    return _of_post(request, post, post.organization)


@asks
def report_post(request: HttpRequest) -> HttpResponse:
    """A post in the own branch that was never registered."""
    member = queries.membership_of(request.user)
    if member is None:
        return redirect("me:profile")
    return _of_post(request, None, member.branch)


def _of_post(request: HttpRequest, post: Post | None, place: Organization) -> HttpResponse:
    member = queries.membership_of(request.user)
    form = TitleForm(request.POST or None, account=request.user, member=member, post=post, place=place)
    return _correcting(request, "title", form, place)


def _correcting(
    request: HttpRequest, topic: str, form: AskForm | TitleForm, place: Organization | None
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            petition = correction.ask(
                request.user,
                topic,
                old=form.old,
                new=form.new,
                remark=form.cleaned_data["remark"],
                organization=place,
                actor=request.scope,
            )
        except Refused as refusal:
            form.add_error(None, refusal.verdict.message)
        else:
            return _asked(request, petition)
    context = {
        "form": form,
        "topic": TOPICS[topic],
        "place": place,
        **_standing(request.user, PetitionKind.CORRECTION),
    }
    return render(request, "me/correct.html", context, status=422 if form.is_bound else 200)


def _asked(request: HttpRequest, petition: Petition) -> HttpResponse:
    if petition.state == PetitionState.APPROVED:
        notices.success(request, "已修改。您的上面没有别的管理员，所以马上生效。")
        return redirect("me:profile")
    notices.success(request, "已提交，同意后生效。这里可以看到办理到了哪一步，也可以撤回。")
    return redirect("petitions:detail", pk=petition.pk)
