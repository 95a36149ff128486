"""What the pages of mergers show of two people; of somebody outside the scope no more than the name of the province."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import Account
from orgs.scope import Scope

from .. import access, facts, queries
from ..roster.facts import Facts, place_of, provinces
from .hints import Hint
from .joining import FACTS
from .kind import said
from .rules import turns


@dataclass(frozen=True)
class Pair:
    """One hint as a line of the list; `decides` says whether this seat can do something about it."""

    one: Account
    other: Account
    common: str
    places: tuple[str, str]
    decides: bool


def pair(hint: Hint, scope: Scope) -> Pair:
    """A hint with both places in words."""
    one, other = hint.one, hint.other
    return Pair(
        one, other, hint.common, (place(one, scope), place(other, scope)), turns(scope, one, other)[1]
    )


def place(account: Account, scope: Scope) -> str:
    """The branch or posts of somebody; outside the scope only as much as rosters tell (§5)."""
    if hasattr(account, "member"):
        member = account.member
        if scope.covers(member.branch):
            return queries.place(member.branch, scope.root)
        return place_of(Facts(provinces=provinces([account])), member, scope)
    posts = list(access.standings([account])[0].account.living_posts)  # type: ignore[attr-defined]
    seen = [
        f"{post.organization.short_name}{post.title}" for post in posts if scope.covers(post.organization)
    ]
    return "、".join(seen) or "没有团籍"


def lines(two: tuple[Account, Account], scope: Scope, *, known: bool) -> list[tuple[str, str, str]]:
    """The comparison: label and the two values; of somebody the reader does not see only what tells people apart."""
    rows = [
        ("账号", *(said(each) for each in two)),
        ("出生年月", *(f"{each.birth_date:%Y-%m}" for each in two)),
        ("性别", *(each.get_sex_display() for each in two)),
        ("团籍", *(place(each, scope) if hasattr(each, "member") else "没有团籍" for each in two)),
    ]
    if not known:
        return rows
    for name in ("joined", "number"):
        values = [_of_member(name, each) for each in two]
        rows.append((facts.LABELS[name], values[0], values[1]))
    for name in FACTS:
        values = [facts.words(name, facts.stored(name, each, None)) for each in two]
        if any(values):
            rows.append((facts.LABELS[name], values[0], values[1]))
    return rows


def _of_member(name: str, account: Account) -> str:
    member = getattr(account, "member", None)
    return facts.words(name, facts.stored(name, account, member)) if member else ""
