"""Saved views: the columns and conditions of a list kept under a name by one person, for that person alone."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.http import QueryDict

from accounts.models import Account
from orgs.scope import Scope
from zhtj.audit.record import record
from zhtj.lib.retry import retried
from zhtj.lib.verdict import YES, Refused, Verdict, no

from ..models import SavedView
from .asked import VIEW, Asked

MOST = 20
LONGEST = 20
QUERY = "query"  # the key of SavedView.query
GONE = no("没有这个视图", cause="gone", remedy="，可能已在别处删除，请刷新列表。")


@dataclass(frozen=True)
class Shown:
    """A saved view with the address that opens it."""

    view: SavedView
    url: str
    current: bool


def of(account: int | None, kind: str) -> list[SavedView]:
    """The person's views of one list, by name."""
    return list(SavedView.objects.filter(account=account, kind=kind).order_by("name"))


def address(view: SavedView) -> str:
    """The query that opens a view."""
    query = QueryDict(view.query.get(QUERY, ""), mutable=True)
    query[VIEW] = str(view.pk)
    return f"?{query.urlencode()}"


def shown(views: list[SavedView], opened: str) -> list[Shown]:
    """The views above the table; `opened` is the id in the address."""
    return [Shown(each, address(each), str(each.pk) == opened) for each in views]


def may_save(name: str, others: list[str]) -> Verdict:
    """A name of at most LONGEST characters, and not too many views; an existing name is written over."""
    if not name:
        return no("请填写视图名称", cause="empty", remedy="。")
    if len(name) > LONGEST:
        return no(f"视图名称最多 {LONGEST} 个字", cause="long", remedy="，请改短。")
    if name not in others and len(others) >= MOST:
        return no(f"最多保存 {MOST} 个视图", cause="many", remedy="，请先删除不用的。")
    return YES


@retried
@transaction.atomic
def save(asked: Asked, name: str, *, default: bool, actor: Scope) -> SavedView:
    """Keep what is shown now under a name, in place of what had the name before. Raises Refused."""
    mine, kind = _mine(actor, asked.table.kind), asked.table.kind
    may_save(name, [each.name for each in mine]).demand()
    if default:
        SavedView.objects.filter(account_id=actor.account_id, kind=kind).update(is_default=False)
    view = next((each for each in mine if each.name == name), None)
    if view is None:
        view = SavedView(account_id=actor.account_id, kind=kind, name=name)
    view.query = {QUERY: asked.query.urlencode()}
    view.is_default = default
    view.save()
    record("members.view_saved", actor=actor, organization=actor.root, detail={"list": kind})
    return view


@retried
@transaction.atomic
def delete(kind: str, name: str, *, actor: Scope) -> None:
    """Forget a view. Raises Refused."""
    view = _one(kind, name, actor)
    view.delete()
    record("members.view_deleted", actor=actor, organization=actor.root, detail={"list": kind})


@retried
@transaction.atomic
def make_default(kind: str, name: str, *, actor: Scope) -> None:
    """The view the list opens with; an empty name goes back to the usual one. Raises Refused."""
    view = _one(kind, name, actor) if name else None
    SavedView.objects.filter(account_id=actor.account_id, kind=kind).update(is_default=False)
    if view:
        SavedView.objects.filter(pk=view.pk).update(is_default=True)
    record("members.view_default", actor=actor, organization=actor.root, detail={"list": kind})


def _mine(actor: Scope, kind: str) -> list[SavedView]:
    """The person's views; the account is held, so that one default and MOST views hold against many requests."""
    Account.objects.select_for_update(no_key=True).get(pk=actor.account_id)
    return list(SavedView.objects.filter(account_id=actor.account_id, kind=kind))


def _one(kind: str, name: str, actor: Scope) -> SavedView:
    view = next((each for each in _mine(actor, kind) if each.name == name), None)
    if view is None:
        raise Refused(GONE)
    return view
