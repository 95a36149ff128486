"""Scans of the 入团志愿书, and the person's own 团员档案."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Account
from orgs.guard import administrators_only
from zhtj.lib import notices
from zhtj.lib.verdict import Refused

from ..models import Member
from ..queries import member_within, membership_of
from . import queries, rules, scans, uploading, views
from .forms import ScanForm, checklist

CLOSED = "sandbox; default-src 'none'"


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """我的团员档案: what is known of the own papers, and the scan."""
    return _mine(request, ScanForm())


def _mine(request: HttpRequest, form: ScanForm, status: int = 200) -> HttpResponse:
    account = cast(Account, request.user)
    sheet = queries.sheet(account)
    context = {
        "member": membership_of(account),
        "sheet": sheet,
        "scans": [(each, queries.state_of(each)) for each in sheet.scans],
        "form": form,
    }
    return render(request, "documents/mine.html", context, status=status)


@require_POST
def upload_mine(request: HttpRequest) -> HttpResponse:
    """The own scan."""
    member = Member.objects.select_related("branch__parent", "account").filter(account=request.user).first()
    form = ScanForm(request.POST, request.FILES)
    if member is None:
        notices.refuse(request, "您现在没有团籍，不需要上传入团志愿书。")
        return redirect("documents:mine")
    if form.is_valid() and _kept(request, member, form):
        return redirect("documents:mine")
    return _mine(request, form, status=422)


@require_POST
@administrators_only
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """The scan of a member, by whoever keeps the papers."""
    member = get_object_or_404(member_within(request.scope), pk=pk)
    rules.may_upload(request.scope, member).demand()
    form = ScanForm(request.POST, request.FILES)
    if form.is_valid() and _kept(request, member, form):
        return redirect("documents:detail", pk=pk)
    sheet = queries.sheet(member.account)
    papers = checklist(sheet.papers, certified=sheet.certificate is not None)
    return views.show(request, member, papers, form, sheet)


def _kept(request: HttpRequest, member: Member, form: ScanForm) -> bool:
    try:
        scan = uploading.upload(member, form.cleaned_data["file"], actor=request.scope)
    except Refused as refusal:
        form.add_error("file", refusal.verdict.message)
        return False
    said = "已通过" if scan.approved_at else "等团支部的直接上级审批"
    notices.success(request, f"已上传入团志愿书扫描件，{said}。")
    return True


@require_POST
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The PDF as an attachment that runs nothing; who took it is on record."""
    scan = get_object_or_404(queries.scans(request.scope), pk=pk)
    rules.may_read(request.scope, scan, queries.branch_of(scan), scan.petition).demand()
    response = StreamingHttpResponse(scans.read(scan, actor=request.scope), content_type="application/pdf")
    response["Content-Length"] = str(scan.size)
    response["Content-Disposition"] = content_disposition_header(True, f"入团志愿书-{scan.account.name}.pdf")
    response["Content-Security-Policy"] = CLOSED
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
@administrators_only
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an approved scan away."""
    scan = get_object_or_404(queries.scans(request.scope), pk=pk)
    member = get_object_or_404(member_within(request.scope), account=scan.account_id)
    scans.delete(scan, member, actor=request.scope)
    notices.success(request, f"已删除{member.account.name}的入团志愿书扫描件，本人会收到通知。")
    return redirect("documents:detail", pk=member.pk)
