"""疑似重复, the comparison of two accounts, the merger and its undo."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import names
from accounts.models import Account
from orgs.guard import administrators_only
from orgs.scope import Scope
from zhtj.audit.record import record
from zhtj.lib import notices
from zhtj.lib.verdict import Refused

from .. import queries
from ..models import Merger
from . import hints, pages, rules, verbs
from .forms import MergeForm, TwoNumbersForm

NOBODY = (
    "没有找到可以比较的两个账号：两人都须在您的管理范围内，或者一人在、另一人姓名和出生日期都相同。"
    "请对照身份证核对两个号码，或请共同的上级办理。"
)


def _pair(scope: Scope, one: int, other: int) -> tuple[Account, Account]:
    """Two living accounts in the scope; or one of them, and a stranger of the same name and birth date.

    Anything else looks as if it did not exist.
    """
    people = Account.objects.filter(pk__in=(one, other), merged_into=None)
    found = people.select_related("member__branch__parent").in_bulk()
    inside = _inside(scope, found)
    if len(found) != 2 or not inside:
        raise Http404
    pair = found[one], found[other]
    if inside == 1 and not _alike(*pair):
        raise Http404
    return pair


def _inside(scope: Scope, ids: Iterable[int]) -> int:
    return queries.people_within(scope).filter(pk__in=list(ids)).count()


def _alike(one: Account, other: Account) -> bool:
    return names.same(one.name, other.name) and one.birth_date == other.birth_date


def mergers(scope: Scope) -> QuerySet[Merger]:
    """The mergers whose people belong to the scope now."""
    within = queries.people_within(scope).values("pk")
    found = Merger.objects.filter(Q(kept__in=within) | Q(absorbed__in=within))
    return found.select_related("kept", "absorbed").order_by("-pk")


@require_safe
@administrators_only
def index(request: HttpRequest) -> HttpResponse:
    """Pairs that may be one person, and the mergers of the last days."""
    return _index(request, TwoNumbersForm())


def _index(request: HttpRequest, form: TwoNumbersForm) -> HttpResponse:
    scope, now = request.scope, timezone.now()
    many = hints.too_many(scope)
    context = {
        "form": form,
        "too_many": many,
        "pairs": [] if many else [pages.pair(each, scope) for each in hints.hints(scope)],
        "mergers": [(each, rules.may_undo(scope, each, now=now)) for each in mergers(scope)[:20]],
    }
    return render(request, "merging/index.html", context, status=422 if form.errors else 200)


@require_POST
@administrators_only
def find(request: HttpRequest) -> HttpResponse:
    """Two numbers lead to the comparison; those of nobody here are not told apart from unknown ones."""
    form = TwoNumbersForm(request.POST)
    if not form.is_valid():
        return _index(request, form)
    found = [Account.objects.with_number(form.cleaned_data[name]).first() for name in ("first", "second")]
    record("merging.sought", actor=request.scope, organization=request.scope.root)
    try:
        one, other = _pair(request.scope, *(each.pk if each else 0 for each in found))
    except (Http404, KeyError):
        form.add_error(None, NOBODY)
        return _index(request, form)
    return redirect("merging:compare", one=one.pk, other=other.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def compare(request: HttpRequest, one: int, other: int) -> HttpResponse:
    """Both accounts side by side, and the decisions."""
    pair = _pair(request.scope, one, other)
    known = _inside(request.scope, (one, other)) == 2
    form = MergeForm(request.POST or None, pair=pair, known=known)
    if request.method == "POST" and form.is_valid():
        try:
            done = verbs.merge(form.choice, actor=request.scope)
        except Refused as refusal:
            form.add_error(None, refusal.verdict.message)
        else:
            return _done(request, done)
    context = {
        "form": form,
        "pair": pair,
        "lines": pages.lines(pair, request.scope, known=known),
        "allowed": rules.may_ask(request.scope, *pair),
        "others": rules.turns(request.scope, *pair)[0],
        "crumbs": [("疑似重复", reverse("merging:index")), (pair[0].name, "")],
    }
    return render(request, "merging/compare.html", context, status=422 if form.errors else 200)


def _done(request: HttpRequest, done: object) -> HttpResponse:
    if isinstance(done, Merger):
        notices.success(request, f"已合并{done.kept.name}的两个账号，30 天内可以在这里撤销。")
        return redirect("merging:index")
    notices.success(request, "已发起合并，另一方同意后生效。")
    return redirect("petitions:detail", pk=done.pk)  # type: ignore[attr-defined]


@require_POST
@administrators_only
def apart(request: HttpRequest, one: int, other: int) -> HttpResponse:
    """不是同一人."""
    verbs.tell_apart(*_pair(request.scope, one, other), actor=request.scope)
    notices.success(request, "已记下他们是两个人，以后不再提示。")
    return redirect("merging:index")


@require_POST
@administrators_only
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """撤销合并."""
    merger = get_object_or_404(mergers(request.scope), pk=pk)
    left = verbs.undo(merger, actor=request.scope)
    kept = f"合并之后又改动过的没有恢复：{'、'.join(left)}。" if left else ""
    notices.success(request, f"已撤销合并，{merger.kept.name}的两个账号恢复原样。{kept}")
    return redirect("merging:index")
