"""介绍信: the register, one letter, issuing, voiding, issuing again, 回执, printing (§6.8)."""

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

from .. import queries as transfers
from ..models import Letter, Transfer
from . import exporting, issuing, parties, printing, queries, receipts, rules
from .forms import FilterForm, IssueForm, ReceiptForm, ReissueForm, VoidForm
from .public_views import base

page = require_http_methods(["GET", "HEAD", "POST"])


def _seen(request: HttpRequest, pk: int) -> Letter:
    """The letter, if it is seen from here; everything else looks as if it did not exist."""
    return get_object_or_404(queries.visible(request.scope), pk=pk)


@require_safe
@administrators_only
def index(request: HttpRequest) -> HttpResponse:
    """介绍信登记簿."""
    scope, today = request.scope, timezone.localdate()
    form = FilterForm(request.GET, years=queries.years(scope))
    found = queries.register(scope, form.wanted, today=today)
    total = found.order_by()[: queries.COUNTED].count()
    listed = page_of(found, request.GET, by=("newest",), total=total)
    context = {
        "form": form,
        "page": listed,
        "rows": [queries.row(each, today=today) for each in listed.rows],
        "filtered": form.wanted != queries.Wanted(),
        "may_number": rules.may_number(scope, scope.root),
    }
    return render(request, "letters/list.html", context)


@require_POST
@administrators_only
def excel(request: HttpRequest) -> HttpResponse:
    """The same rows as a workbook."""
    scope, today = request.scope, timezone.localdate()
    wanted = FilterForm(request.POST, years=queries.years(scope)).wanted
    found = queries.register(scope, wanted, today=today).order_by("newest")
    raw = exporting.register(found, actor=scope, today=today)
    return exports.download(raw, f"介绍信登记簿（{today:%Y-%m-%d}）.xlsx")


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter: what it says, where it stands, and what this reader may do."""
    letter, scope = _seen(request, pk), request.scope
    replaced = Letter.objects.filter(replaces=letter).first()
    context = {
        "letter": letter,
        "row": queries.row(letter, today=timezone.localdate()),
        "facts": queries.facts(letter),
        "replaced_by": replaced,
        "may_print": rules.may_print(scope, letter),
        "may_void": rules.may_void(scope, letter),
        "may_reissue": rules.may_reissue(scope, letter),
        "may_receipt": rules.may_receipt(scope, letter),
        "crumbs": crumbs(request, letter),
    }
    return render(request, "letters/detail.html", context)


@page
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """开具介绍信 for a case, after a page that says what will stand on it."""
    case: Transfer = get_object_or_404(transfers.visible(request.scope), pk=pk)
    living = case.letters.living().first()
    offices = parties.parties(case)
    if request.method == "POST":
        letter = issuing.issue(case, addressee=IssueForm(request.POST).asked(), actor=request.scope)
        notices.success(request, f"已开具介绍信{letter.shown_number}，请下载打印、盖章后交给本人。")
        return redirect("letters:detail", pk=letter.pk)
    rules.may_issue(request.scope, case, offices=offices, living=living).demand()
    context = {
        "transfer": case,
        "offices": offices,
        "form": IssueForm(initial={"addressee": offices.addressee.pk if offices.addressee else None}),
        "effects": _effects(case, offices),
        "crumbs": [
            ("组织关系转接", reverse("transfers:list")),
            (case.account.name, reverse("transfers:detail", args=[pk])),
            ("开具介绍信", ""),
        ],
    }
    return render(request, "letters/issue.html", context)


def _effects(case: Transfer, offices: parties.Parties) -> list[str]:
    target = case.target.full_name if offices.addressee else offices.addressee_name
    return [
        f"由“{offices.issuer.full_name}”开给“{offices.addressee_name}”",
        f"内容：{case.account.name}由“{case.source.full_name}”转往“{target}”",
        f"从今天起 {issuing.days()} 天内有效，编号由系统按顺序给出，不重复使用",
        "收到对方的纸质回执后，在介绍信的页面上登记"
        if case.landing in rules.AWAY
        else "介绍信不影响网上转接：对方在网上同意后自动填写回执",
    ]


@page
def void(request: HttpRequest, pk: int) -> HttpResponse:
    """作废, with the reason."""
    letter = _seen(request, pk)
    rules.may_void(request.scope, letter).demand()
    form = VoidForm(request.POST or None)
    if form.is_valid():
        issuing.void(letter, form.cleaned_data["reason"], actor=request.scope)
        notices.success(request, f"介绍信{letter.shown_number}已作废，编号不再使用。")
        return redirect("letters:detail", pk=pk)
    context = {
        "letter": letter,
        "form": form,
        "what": f"作废介绍信{letter.shown_number}（{letter.name}）",
        "submit": "作废",
        "effects": ["查验时显示“已作废”，编号不再使用", "网上转接照常进行，需要时可以再开一张"],
        "crumbs": crumbs(request, letter, "作废"),
    }
    return render(request, "letters/confirm.html", context, status=422 if form.errors else 200)


@page
def reissue(request: HttpRequest, pk: int) -> HttpResponse:
    """换开: the old one void, a new one under a new number."""
    letter = _seen(request, pk)
    rules.may_reissue(request.scope, letter).demand()
    form = ReissueForm(request.POST or None)
    if form.is_valid():
        new = issuing.reissue(letter, form.cleaned_data["reason"], actor=request.scope)
        notices.success(request, f"已换开为介绍信{new.shown_number}，{letter.shown_number}已作废。")
        return redirect("letters:detail", pk=new.pk)
    context = {
        "letter": letter,
        "form": form,
        "what": f"换开介绍信{letter.shown_number}（{letter.name}）",
        "submit": "换开",
        "effects": [f"{letter.shown_number}作废，新的一张用新编号", f"新的介绍信 {issuing.days()} 天内有效"],
        "crumbs": crumbs(request, letter, "换开"),
    }
    return render(request, "letters/confirm.html", context, status=422 if form.errors else 200)


@page
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """登记回执 that came back on paper."""
    letter = _seen(request, pk)
    rules.may_receipt(request.scope, letter).demand()
    form = ReceiptForm(request.POST or None, letter=letter)
    if form.is_valid():
        try:
            receipts.keep(letter, form.receipt, actor=request.scope)
        except Refused as refused:
            form.refuse(refused.verdict)
        else:
            notices.success(request, f"已登记介绍信{letter.shown_number}的回执。")
            return redirect("letters:detail", pk=pk)
    context = {"letter": letter, "form": form, "crumbs": crumbs(request, letter, "登记回执")}
    return render(request, "letters/receipt.html", context, status=422 if form.errors else 200)


@require_POST
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter as PDF; on record."""
    letter = _seen(request, pk)
    raw = printing.document([letter], base=base(request), actor=request.scope)
    return printing.download(raw, f"介绍信{letter.number:06d}.pdf")


@require_safe
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The three parts as a page to print; on record like the PDF."""
    letter = _seen(request, pk)
    (words,) = printing.sheets([letter], base=base(request), how="page", actor=request.scope)
    context = {
        "letter": letter,
        "sheet": words,
        "qr": printing.qr(words),
        "where": base(request).partition("://")[2],
        "crumbs": crumbs(request, letter, "打印"),
    }
    return render(request, "letters/sheet.html", context)


def crumbs(request: HttpRequest, letter: Letter, *further: str) -> list[tuple[str, str]]:
    """From the register, or the person's own case, to the letter and on."""
    if request.scope.root is not None and request.scope.covers(letter.issuer):
        above = ("介绍信登记簿", reverse("letters:list"))
    else:
        above = ("关系转接", reverse("transfers:detail", args=[letter.transfer_id]))
    here = reverse("letters:detail", args=[letter.pk]) if further else ""
    return [above, (letter.shown_number, here), *((each, "") for each in further)]
