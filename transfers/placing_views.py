"""分配到团支部: choose the branch for the people ticked, see in numbers what will happen, then do it (§6.3)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.models import Account
from members import placing_rules
from members.forms import PlaceForm
from members.models import Member
from orgs.enums import Category
from orgs.guard import administrators_only
from orgs.models import Organization, Post
from orgs.scope import Scope
from orgs.views import within
from zhtj.lib import notices
from zhtj.lib.verdict import YES

from . import placing

SHOWN = 200  # names on the page; all of them go


def listing(branch: Organization) -> str:
    """The address of the member list of one branch."""
    return f"{reverse('members:list')}?branch={branch.pk}"


def _people(request: HttpRequest, source: Organization) -> list[Account]:
    """Those of the branch that were ticked, or all of them, by name."""
    texts = request.POST.get("chosen", "").split(",") + request.POST.getlist("account")
    here = Account.objects.filter(member__branch=source).order_by("initials", "name", "pk")
    return list(here if "all" in request.POST else here.filter(pk__in=_ids(texts)))


def _ids(texts: list[str]) -> set[int]:
    return {int(each) for each in texts if each.isdecimal() and len(each) < 19}


@require_POST
@administrators_only
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """First the branch is chosen, then the confirm page; nothing is written yet."""
    source = within(request, pk)
    placing_rules.may_place_from(request.scope, source).demand()
    people = _people(request, source)
    if not people:
        notices.refuse(request, placing_rules.NOBODY.message)
        return redirect(listing(source))
    able, context = _chosen(request.scope, source, people)
    sent = request.POST if "branch" in request.POST else None
    form = PlaceForm(sent, source=source, initial={"chosen": ",".join(str(each.pk) for each in able)})
    context["form"] = form
    if able and form.is_bound and form.is_valid():
        context |= {"target": form.target, "effects": _effects(source, form.target, able)}
        return render(request, "transfers/place_confirm.html", context)
    return render(request, "transfers/place.html", context, status=422 if form.errors else 200)


def _chosen(scope: Scope, source: Organization, people: list[Account]) -> tuple[list[Account], dict]:
    """Those who can go, and what both pages show of them and of those who cannot."""
    ids = {each.pk for each in people}
    tied, own = placing_rules.tied_to(source, ids), {scope.account_id} & ids
    held = set(Member.objects.filter(account__in=ids).exclude(held="").values_list("account", flat=True))
    able = [each for each in people if each.pk not in {*tied, *held, *own}]
    verdicts = (
        placing_rules.may_leave(source, ids),
        placing_rules.not_held(held) if held else YES,
        placing.not_oneself(scope, own),
    )
    context = {
        "source": source,
        "total": len(able),
        "able": able[:SHOWN],
        "refusals": [each.message for each in verdicts if not each],
        "back": listing(source),
        "crumbs": [("团员列表", reverse("members:list")), (source.short_name, listing(source)), ("分配", "")],
    }
    return able, context


def _effects(source: Organization, target: Organization, able: list[Account]) -> list[str]:
    """One line for each fact that is there."""
    lines = [f"{len(able)} 名团员从“{source.short_name}”转入“{target.full_name}”，即时生效"]
    if posts := Post.objects.filter(organization=source, ended_at=None, account__in=able).count():
        lines.append(f"{posts} 个在“{source.short_name}”的团内职务终止")
    if seats := source.seats.filter(post__account__in=able).count():
        lines.append(f"{seats} 名管理员失去对“{source.short_name}”的管理权限")
    left = Member.objects.filter(branch=source).count() - len(able)
    lines.append(f"“{source.short_name}”还有 {left} 名团员" if left else f"“{source.short_name}”不再有团员")
    return [
        *lines,
        "账号、密码和发展团员编号不变，两个团支部都保留记录",
        "每人留下一份“支部调整”的转接记录，本人收到通知",
    ]


@require_POST
@administrators_only
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Do it, and say what comes next."""
    source = within(request, pk)
    placing_rules.may_place_from(request.scope, source).demand()
    form = PlaceForm(request.POST, source=source)
    if not form.is_valid():
        notices.refuse(request, "没有选择人或团支部，什么都没有变动，请重新选择。")
        return redirect(listing(source))
    ids = _ids(form.cleaned_data["chosen"].split(","))
    moved = placing.assign(ids, source, form.target, actor=request.scope)
    links = [("查看团员", listing(form.target))]
    emptied = not Member.objects.filter(branch=source).exists()
    if emptied and source.category == Category.PENDING_BRANCH:
        links.append(("删除空的待接转团支部", reverse("structure:close", args=[source.pk])))
    notices.success(request, f"已把 {len(moved)} 名团员分配到“{form.target.full_name}”。", *links)
    return redirect("members:list") if emptied else redirect(listing(source))
