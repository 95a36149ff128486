"""Creating organisations one by one, and finding them in the picker."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from zhtj.lib import notices
from zhtj.lib.verdict import Refused

from . import lifecycle, naming, picker, queries, rules
from .forms import CreateForm
from .guard import administrators_only
from .models import Organization

page = require_http_methods(["GET", "HEAD", "POST"])
NO_PREVIEW = {"full_name": "", "problem": ""}  # also where a field says already what is wrong


def within(request: HttpRequest, pk: object) -> Organization:
    """The organisation of this id in the scope; everything else looks as if it did not exist."""
    return get_object_or_404(Organization.objects.within(request.scope).select_related("parent"), pk=pk)


def asked_parent(request: HttpRequest) -> Organization:
    """Below which organisation: the one asked for, or the own one."""
    asked = request.POST.get("parent") or request.GET.get("parent") or ""
    return within(request, int(asked) if asked.isdecimal() else request.scope.root.pk)


def crumbs(organization: Organization, scope, last: str) -> list[tuple[str, str]]:
    """The path of the organisation, with links where the scope reaches, and the page's own name."""
    steps = [
        (each.short_name, reverse("orgs:detail", args=[each.pk]) if scope.covers(each) else "")
        for each in queries.path_of(organization)
    ]
    return [*steps, (last, "")]


@page
@administrators_only
def create_one(request: HttpRequest) -> HttpResponse:
    """创建下级组织 one at a time, the second tab; without JavaScript the 全称 is shown by the button 预览全称."""
    parent = asked_parent(request)
    rules.may_found(request.scope, parent).demand()
    form = CreateForm(
        request.POST or None, parent=parent, initial={"category": _usual_category(request, parent)}
    )
    preview = request.method == "POST" and "preview" in request.POST
    if form.is_valid() and not preview:
        given = form.cleaned_data
        try:
            made = lifecycle.found(
                parent,
                short_name=given["short_name"],
                category=given["category"],
                level=given["level"],
                actor=request.scope,
            )
        except Refused as refused:
            form.refuse(refused.verdict)
        else:
            return _founded(request, made)
    context = {"form": form, "parent": parent, "crumbs": crumbs(parent, request.scope, "创建下级组织")}
    context |= NO_PREVIEW if form.errors else _preview(parent, request.POST)
    return render(
        request, "orgs/create_one.html", context, status=422 if form.errors and not preview else 200
    )


def _usual_category(request: HttpRequest, parent: Organization) -> str:
    """The one just created, else that of all subordinates so far, else the only one possible."""
    possible = rules.categories_below(parent)
    if (asked := request.GET.get("category", "")) in possible:
        return asked
    there = set(queries.children(parent).order_by().values_list("category", flat=True).distinct())
    usual = (there & set(possible)) or set(possible)
    return usual.pop() if len(usual) == 1 else ""


def _founded(request: HttpRequest, made: Organization) -> HttpResponse:
    """Say the generated name and lead to the code, or back to the superior that is acted for."""
    again = f"{reverse('orgs:create_one')}?parent={made.parent_id}&category={made.category}"
    links = [] if "next" in request.GET else [("继续创建", again)]
    if request.scope.is_direct_superior_of(made):
        links.insert(0, ("分配注册码", reverse("regcodes:show", args=[made.pk])))
    notices.success(request, f"已创建“{made.full_name}”。接下来为它分配管理员注册码。", *links)
    if "next" in request.GET:
        return redirect(again)
    if request.scope.is_direct_superior_of(made):
        return redirect("desk:subordinates")
    return redirect("orgs:detail", pk=made.parent_id)


@require_safe
@administrators_only
def preview(request: HttpRequest) -> HttpResponse:
    """The 全称 that the typed 简称 would give, as a piece of the page."""
    parent = asked_parent(request)
    rules.may_found(request.scope, parent).demand()
    return render(request, "orgs/_preview.html", _preview(parent, request.GET))


def _preview(parent: Organization, given) -> dict:
    """What the preview piece shows: a 全称, a problem, or nothing yet."""
    category, short_name = given.get("category", ""), "".join(given.get("short_name", "").split())
    if not short_name or category not in rules.categories_below(parent):
        return NO_PREVIEW
    verdict = naming.name_problem(category, short_name)
    full_name = lifecycle.planned_name(parent, category, short_name)
    if verdict:
        verdict = rules.name_free(parent, short_name, full_name)
    return {"full_name": full_name if verdict else "", "problem": verdict.message}


@require_safe
@login_not_required
def pick(request: HttpRequest) -> HttpResponse:
    """The list of the picker as a piece of a page, for everybody: 全称 and 类别 and nothing else."""
    view = picker.look(request.GET, address=request.scope.address, now=timezone.now())
    context = {"picker": view, "picker_name": "organization"}
    return render(request, "orgs/_picker_list.html", context, status=200 if view.verdict else 429)
