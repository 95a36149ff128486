"""What the organisation picker shows: a search, or one level of the tree with the way back up.

Of any organisation only 全称 (in the way back its 简称) and 类别 appear, and addresses that ask much must wait (§8).
Asked with `only=branches` it offers 团支部 alone, with `only=targets` what a transfer may go to (§6.3); what lies
above is there to look below. With `only=superiors` branches are left out; `but` leaves out the one it is about.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q, Value

from accounts.limits import Limit, address_key
from zhtj.lib.paging import page_of
from zhtj.lib.verdict import YES, Verdict, no

from . import queries
from .enums import GRASSROOTS, Category
from .models import Organization

LOOKS = Limit("picker", 300, 1)
ABOVE = (Category.LEADING_BODY, *GRASSROOTS)
ONLY = {"branches": (Category.BRANCH,), "targets": (Category.BRANCH, *GRASSROOTS), "superiors": ABOVE}
LEVEL_SIZE = 50
FOUND_SIZE = 20


@dataclass(frozen=True)
class Picker:
    """One view of the picker. `rows` carry `children_total` and `pickable`; `trail` is the way down, empty while searching."""

    text: str = ""
    trail: list[Organization] = field(default_factory=list)
    rows: list[Organization] = field(default_factory=list)
    previous: str | None = None
    next: str | None = None
    only: str = ""
    but: str = ""
    verdict: Verdict = YES

    @property
    def at(self) -> Organization | None:
        """The organisation whose direct subordinates are shown."""
        return self.trail[-1] if self.trail else None

    @property
    def up(self) -> Organization | None:
        """One level higher."""
        return self.trail[-2] if len(self.trail) > 1 else None


def look(asked: Mapping[str, str], *, address: str | None, now: datetime) -> Picker:
    """What `asked` (q, at, after, before, only, but) wants to see; a refusal inside while the address has to wait."""
    until = LOOKS.charge(address_key(address or ""), now=now)
    if until:
        return Picker(verdict=no("查询太频繁", cause="waiting", remedy="，请一分钟后再试。"))
    text, only = asked.get("q", "").strip(), asked.get("only", "")
    only = only if only in ONLY else ""
    but = asked.get("but", "")
    but = but if but.isdecimal() else ""
    if text:
        return Picker(text=text, rows=_found(text, only, but), only=only, but=but)
    at = _at(asked.get("at", ""))
    if at is None:
        return Picker(only=only, but=but)
    page = page_of(_shown(only, but).filter(parent=at), asked, size=LEVEL_SIZE)
    trail = queries.path_of(at)
    return Picker("", trail, page.rows, previous=page.previous, next=page.next, only=only, but=but)


def chosen(text: str) -> Organization | None:
    """The organisation with the id `text` if it can be picked."""
    return _shown().select_related("parent").filter(pk=int(text)).first() if text.isdecimal() else None


def _shown(only: str = "", but: str = ""):
    """What a picker offers: the living, but no 待接转团支部, which nobody chooses."""
    living = Organization.objects.living().exclude(category=Category.PENDING_BRANCH)
    if but:
        living = living.exclude(pk=int(but))
    if only == "superiors":
        living = living.filter(category__in=ABOVE)
    if not only:
        return living.annotate(children_total=queries.children_count(), pickable=Value(True))
    living = living.exclude(category=Category.GRADUATE_BRANCH)
    return living.annotate(children_total=queries.children_count(), pickable=Q(category__in=ONLY[only]))


def _found(text: str, only: str, but: str) -> list[Organization]:
    ids = [each.pk for each in queries.search(text, limit=FOUND_SIZE)]
    rows = _shown(only, but).in_bulk(ids)
    return [rows[pk] for pk in ids if pk in rows]


def _at(text: str) -> Organization | None:
    """The organisation to look below: the one asked for, else the topmost."""
    living = Organization.objects.living()
    asked = living.filter(pk=int(text)).first() if text.isdecimal() else None
    return asked or living.filter(parent=None).order_by("pk").first()
