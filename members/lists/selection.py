"""Whom a bulk act is about: the rows ticked, or all that the list's conditions let through."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.http import HttpRequest, QueryDict

from accounts.models import Account
from orgs.models import Post
from orgs.scope import Scope
from zhtj.lib.verdict import YES, Verdict, no

from .. import queries
from . import reading
from .asked import Asked, read
from .tables import Table

MOST = 500  # people in one bulk act other than an export
QUERY = "query"  # the list's own conditions, carried by forms
EVERY = "every"
ACCOUNTS, POSTS = "account", "posts"
NOBODY = no("没有选中任何人", cause="nobody", remedy="，请先在列表中勾选。")
TOO_MANY = no(f"一次最多选择 {MOST} 人", cause="too_many", remedy="，请缩小条件后分次办理。")


def ids(texts: Iterable[str]) -> set[int]:
    """The ids among what was sent."""
    return {int(each) for each in texts if each.isdecimal() and len(each) < 19}


def asked(request: HttpRequest, table: Table) -> Asked:
    """The list whose conditions a form carries."""
    return read(table, QueryDict(request.POST.get(QUERY, "")), scope=request.scope)


def chosen(request: HttpRequest, table: Table, *, now: datetime) -> list[int]:
    """The ids of the rows a form is about, in the order of the list; one more than MOST where they are too many."""
    if EVERY in request.POST:
        return reading.ids(asked(request, table), now=now, most=MOST)
    return picked(request, table)[: MOST + 1]


def picked(request: HttpRequest, table: Table) -> list[int]:
    """The ids of the rows that are ticked: people in 团员列表, posts in 团干部列表."""
    ticked = ids(request.POST.getlist(table.box))
    rows = table.rows(request.scope).filter(**{f"{table.box_field}__in": ticked})
    return list(rows.order_by(*table.order).values_list("pk", flat=True))


def boxes(table: Table, rows: list[int], scope: Scope) -> list[int]:
    """The ids that stand for these rows in forms."""
    return list(table.rows(scope).filter(pk__in=rows).values_list(table.box_field, flat=True))


def fits(rows: list[int]) -> Verdict:
    """Whether so many can be dealt with at once."""
    if not rows:
        return NOBODY
    return YES if len(rows) <= MOST else TOO_MANY


def people(request: HttpRequest, sent: QueryDict) -> list[Account]:
    """The people of the scope a form names, by account or by post, each once, by name."""
    posts = Post.objects.filter(pk__in=ids(sent.getlist(POSTS))).values("account")
    here = queries.people_within(request.scope)
    named = here.filter(pk__in=ids(sent.getlist(ACCOUNTS)))
    found = here.filter(pk__in=posts) | named
    return list(found.order_by("initials", "name", "pk"))
