"""What waits for the organisation by kind, and the single things that are late, the most urgent first (§7)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from orgs import completeness
from orgs import queries as tree
from orgs.enums import Category
from orgs.models import Organization
from transfers.nudges import topics
from zhtj.lib.todo import Todo

from .. import queries
from . import in_place

OVERAGE = "overage"  # nobody set a day, but it is late by its nature
LISTED = 200  # an app lists so many of one kind and no more


@dataclass(frozen=True)
class Kind:
    """One kind of things: the words, how many (0 where the words say it), since when the oldest waits.

    `key` names the thing where it is one alone; `remind` are the organisations that 催办 would be about.
    """

    words: str
    url: str
    count: str = ""
    note: str = ""
    key: str = ""
    remind: tuple[int, ...] = ()
    decision: in_place.Decision | None = None


@dataclass(frozen=True)
class Late:
    """One thing, its badge, and where it is done."""

    words: str
    kind: str
    url: str
    badge: str
    colour: str
    rank: tuple[int, float]
    key: str = ""
    decision: in_place.Decision | None = None


def kinds(items: Sequence[Todo], told: Sequence[Late] = ()) -> list[Kind]:
    """A line for each kind, in the order of the inbox; a thing that is alone of its kind says itself what it is,
    unless it is told as late."""
    grouped: dict[str, list[Todo]] = {}
    for each in items:
        grouped.setdefault(each.kind, []).append(each)
    said = {each.key for each in told}
    return [
        kind for word, found in grouped.items() for kind in _of_a_kind(word, found) if kind.key not in said
    ]


def _of_a_kind(word: str, found: list[Todo]) -> list[Kind]:
    """One line; each by itself where they are few and can be decided here."""
    few = word == in_place.KIND and len(found) <= in_place.FEW
    return [_kind(word, [each]) for each in found] if few else [_kind(word, found)]


def _kind(word: str, found: list[Todo]) -> Kind:
    if len(found) == 1:
        (one,) = found
        return Kind(one.title, address(one), note=_beyond(word, one.title), key=one.key)
    since = min((each.since for each in found if each.since), default=None)
    note = f"最早的 {timezone.localtime(since):%Y-%m-%d} 到达" if since else ""
    count = f"{len(found)} 件" + ("以上" if len(found) >= LISTED else "")
    return Kind(word, f"{reverse('desk:inbox')}?{urlencode({'kind': word})}", count, note)


def _beyond(kind: str, words: str) -> str:
    """The kind, unless the words say as much themselves."""
    return "" if kind[:3] in words else kind


def address(item: Todo) -> str:
    """Where it is decided or done."""
    return f"{reverse('desk:inbox')}?{urlencode({'item': item.key})}" if item.decides else item.url


def beside(organization: Organization) -> list[Kind]:
    """What is nobody's request, but is to be done: one query for a branch, two elsewhere."""
    if organization.is_branch:
        number = queries.not_signed_in(organization)
        url = f"{reverse('members:list')}?state=initial"
        return [Kind(f"{number} 名团员还没有登录过", url, note="请提醒他们")] if number else []
    children, below = tree.children(organization), reverse("desk:subordinates")
    number = queries.branches_without_members(children).count()
    empty = [Kind(f"{number} 个直属团支部还没有团员", f"{below}?lacking=members", note="请导入名单")]
    return [*(empty if number else []), *_uninformed(children, f"{below}?lacking=information")]


def _uninformed(children: QuerySet[Organization], url: str) -> list[Kind]:
    """Whose information lacks something; at most so many are reminded at once."""
    ids = tuple(completeness.incomplete(children).values_list("pk", flat=True)[: topics.MOST])
    if not ids:
        return []
    many = f"{len(ids)} 个{'以上' if len(ids) == topics.MOST else ''}"
    return [Kind(f"{many}直属下级没有完善组织信息", url, remind=ids)]


def to_clear(organization: Organization) -> list[Kind]:
    """A 待接转团支部 is tolerated, but not directly below a leading body (§2): one query there, none elsewhere."""
    if not organization.is_leading_body:
        return []
    number = tree.children(organization).filter(category=Category.PENDING_BRANCH).count()
    url = f"{reverse('desk:subordinates')}?category={Category.PENDING_BRANCH}"
    return [Kind(f"清理 {number} 个待接转团支部", url, note="请把团员转出，清空后删除")] if number else []


def late(organization: Organization, items: Sequence[Todo], *, now: datetime) -> list[Late]:
    """What has a day that is near or past, and what has waited long; the most urgent first."""
    found = [each for item in items for each in _late(item, now=now)]
    found += _term(organization, today=timezone.localdate(now))
    return sorted(found, key=lambda each: each.rank)


def _late(item: Todo, *, now: datetime) -> Iterator[Late]:
    words = item.short or item.title
    kind = _beyond(item.kind, words)
    if item.until is not None:
        left = item.until - now
        if left <= timedelta(days=settings.HOME_SOON_DAYS):
            rank = (0, left.total_seconds())
            yield Late(words, kind, address(item), *_until(item.until, now=now), rank, item.key)
    elif item.key == OVERAGE:
        yield Late(words, kind, address(item), "待离团", "todo", (2, 0), item.key)
    elif item.since is not None and (days := (now - item.since).days) >= settings.HOME_LONG_DAYS:
        yield Late(words, kind, address(item), f"已等 {days} 天", "todo", (1, -days), item.key)


def _until(until: datetime, *, now: datetime) -> tuple[str, str]:
    """The badge of a day: its words and its colour."""
    days = (timezone.localdate(until) - timezone.localdate(now)).days
    if until < now:
        return (f"已过期 {-days} 天" if days else "今天已过期"), "returned"
    return (f"还有 {days} 天" if days else f"今天 {timezone.localtime(until):%H:%M} 前"), "returned"


def _term(organization: Organization, *, today: date) -> Iterator[Late]:
    """换届时间, where the organisation's information names one that is near or past."""
    ends = organization.term_ends_on
    if ends is None or ends > today + timedelta(days=settings.HOME_TERM_DAYS):
        return
    days = (ends - today).days
    badge = f"还有 {days} 天" if days > 0 else f"已到 {-days} 天" if days else "今天"
    words = f"换届时间 {ends:%Y-%m-%d}"
    yield Late(words, "组织信息", reverse("orgs:info"), badge, "todo", (1, float(days)))
