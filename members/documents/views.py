"""团员档案 for administrators: who lacks what over a scope, one person's checklist, the certificate, marking many."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from orgs.guard import administrators_only
from zhtj.lib import exports, notices
from zhtj.lib.paging import page_of
from zhtj.lib.verdict import Refused

from ..models import Member
from ..queries import member_within
from . import exporting, keeping, queries, rules
from .forms import CertificateForm, FilterForm, MarkForm, ScanForm, checklist

NAMED = 3  # of those left out
page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@administrators_only
def index(request: HttpRequest) -> HttpResponse:
    """Who lacks what in the organisation acted for and everything below it."""
    return _listing(request, MarkForm())


def _listing(request: HttpRequest, mark: MarkForm, status: int = 200) -> HttpResponse:
    form = FilterForm(request.GET)
    found = queries.members(request.scope, form.wanted)
    total = found.order_by()[: queries.COUNTED].count()
    listed = page_of(found, request.GET, by=queries.ORDER, total=total)
    context = {
        "form": form,
        "mark": mark,
        "page": listed,
        "rows": [(each, queries.arranged(each.account.papers.all())) for each in listed.rows],
        "kinds": queries.PaperKind,
        "ticked": set(request.POST.getlist("account")),
        "filtered": form.wanted != queries.Wanted(),
        "here": reverse("documents:list"),
    }
    return render(request, "documents/list.html", context, status=status)


@require_POST
@administrators_only
def excel(request: HttpRequest) -> HttpResponse:
    """The same rows as a workbook."""
    found = queries.members(request.scope, FilterForm(request.POST).wanted).order_by(*queries.ORDER)
    raw = exporting.papers(found, actor=request.scope)
    return exports.download(raw, f"团员档案（{timezone.localdate():%Y-%m-%d}）.xlsx")


@require_POST
@administrators_only
def mark(request: HttpRequest) -> HttpResponse:
    """The same papers of everybody ticked."""
    form = MarkForm(request.POST)
    if not form.is_valid():
        return _listing(request, form, status=422)
    people = list(queries.chosen(request.scope, request.POST.getlist("account"))[: keeping.MOST + 1])
    try:
        marked = keeping.mark(people, form.cleaned_data["kinds"], form.kept, actor=request.scope)
    except Refused as refusal:
        form.add_error(None, refusal.verdict.message)
        return _listing(request, form, status=422)
    words = "、".join(queries.PaperKind(kind).label for kind in form.cleaned_data["kinds"])
    notices.success(request, f"已标记 {len(marked)} 人的{words}。")
    if left := [each.account.name for each in people if each not in marked]:
        named = "、".join(left[:NAMED]) + ("等" if len(left) > NAMED else "")
        notices.warn(
            request, f"{named} {len(left)} 人没有标记：不由您登记。本人的档案由另一名管理员或直接上级登记。"
        )
    query = request.GET.urlencode()
    return redirect(f"{reverse('documents:list')}{'?' if query else ''}{query}")


@page
@administrators_only
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One person's checklist; whoever keeps it changes all five at once."""
    member = get_object_or_404(member_within(request.scope), pk=pk)
    sheet = queries.sheet(member.account)
    sent = request.POST if request.method == "POST" else None
    if sent is not None:
        rules.may_keep(request.scope, member).demand()
    forms = checklist(sheet.papers, sent, certified=sheet.certificate is not None)
    wrong = [each for each in forms if not each.is_valid()]
    if sent is not None and not wrong:
        papers = {each.kind.value: each.kept for each in forms}
        keeping.keep(member, papers, actor=request.scope)
        notices.success(request, f"已保存{member.account.name}的团员档案。")
        return redirect("documents:detail", pk=pk)
    return show(request, member, forms, ScanForm(), sheet)


def show(
    request: HttpRequest, member: Member, forms: list, upload: ScanForm, sheet: queries.Sheet
) -> HttpResponse:
    """The page of one person with its two forms, and what is wrong with them."""
    scope = request.scope
    context = {
        "member": member,
        "sheet": sheet,
        "forms": forms,
        "scans": [(each, queries.state_of(each)) for each in sheet.scans],
        "upload": upload,
        "faults": [
            (bound.id_for_label, f"{each.kind.label}：{bound.label}", text)
            for each in forms
            for bound in each
            for text in bound.errors
        ],
        "may_keep": rules.may_keep(scope, member),
        "may_read": rules.may_keep_in(scope, member.branch),
        "may_delete": rules.may_delete(scope, member),
        "crumbs": [("团员档案", reverse("documents:list")), (member.account.name, "")],
    }
    wrong = upload.errors or any(each.errors for each in forms)
    return render(request, "documents/detail.html", context, status=422 if wrong else 200)


@page
@administrators_only
def certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """入团证明 in place of missing papers."""
    member = get_object_or_404(member_within(request.scope), pk=pk)
    rules.may_keep(request.scope, member).demand()
    known = queries.sheet(member.account).certificate
    sent = request.POST if request.method == "POST" else None
    form = CertificateForm(sent, certificate=known, born=member.account.birth_date)
    if form.is_valid():
        keeping.certify(member, form.given, actor=request.scope)
        notices.success(request, "已登记入团证明，缺少的材料可以标记为“已出具证明”。")
        return redirect("documents:detail", pk=pk)
    context = {
        "member": member,
        "form": form,
        "crumbs": [
            ("团员档案", reverse("documents:list")),
            (member.account.name, reverse("documents:detail", args=[pk])),
            ("入团证明", ""),
        ],
    }
    return render(request, "documents/certificate.html", context, status=422 if form.errors else 200)
