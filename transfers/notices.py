"""Who is told what when a case enters a state: the person always, and whoever began it (§6.4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.urls import NoReverseMatch, reverse

from accounts import telling
from orgs.scope import Scope

from .enums import State
from .models import Transfer

SAID = {
    State.OUT: "您的组织关系转接已发起，等“{source}”同意转出。",
    State.IN: "您的组织关系转接等“{target}”同意转入。",
    State.ASSIGN: "“{target}”已同意转入，等其为您分配团支部。",
    State.DONE: "您的组织关系转接已完成。",
    State.RETURNED: "您的组织关系转接已退回，原因写在办理经过里，可以改正后重新发起。",
    State.WITHDRAWN: "您的组织关系转接已撤回。",
    State.LAPSED: "您的组织关系转接超过办理期限，已失效，可以重新发起。",
}


def tell(transfer: Transfer, *, actor: Scope, now: datetime) -> None:
    """Leave the notices of the present state, to everybody concerned but whoever acted."""
    tell_all([transfer], actor=actor, now=now)


def tell_all(transfers: Iterable[Transfer], *, actor: Scope, now: datetime) -> None:
    """`tell` for many cases, in one statement."""
    telling.tell_each([each for case in transfers for each in _said(case, actor)], now=now)


def _said(transfer: Transfer, actor: Scope) -> Iterator[tuple[int, str, str]]:
    """Who is told what, with the case's address."""
    people = [transfer.account_id]
    if transfer.opened_by is not None and not transfer.is_open:
        people.append(transfer.opened_by)
    target = transfer.target.short_name if transfer.target else transfer.outside_name
    own = SAID[State(transfer.state)].format(source=transfer.source.short_name, target=target)
    for pk in dict.fromkeys(people):
        if pk != actor.account_id:
            text = (
                own if pk == transfer.account_id else f"{transfer.account.name}：{own.removeprefix('您的')}"
            )
            yield pk, text, page(transfer)


def page(transfer: Transfer) -> str:
    """The case page's address."""
    try:
        return reverse("transfers:detail", args=[transfer.pk])
    except NoReverseMatch:
        return ""
