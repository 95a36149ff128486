"""团干部列表 and one cadre: what is read, within a scope, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Prefetch, QuerySet

from accounts.models import Account
from orgs import post_rules
from orgs.models import Organization, Post
from orgs.scope import Scope
from zhtj.lib.verdict import Verdict

from .. import access
from ..access import LIVING_POSTS
from ..models import Member
from ..queries import named, sign_in_badge

ORDER = ("place", "pk")
OWN = "own"


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to; empty values narrow nothing. `reach` OWN leaves out what is below."""

    text: str = ""
    reach: str = ""
    organization_name: str = ""
    title: str = ""


def cadres(scope: Scope, wanted: Wanted) -> QuerySet[Post]:
    """The living posts of the scope that are wanted, each with person, 团籍, organisation and seat."""
    rows = Post.objects.filter(scope.q("organization__path"), ended_at=None)
    if wanted.reach == OWN:
        rows = rows.filter(organization=scope.root)
    if wanted.text:
        rows = rows.filter(named(wanted.text))
    if wanted.organization_name:
        rows = rows.filter(organization__full_name__contains=wanted.organization_name)
    if wanted.title:
        rows = rows.filter(title=wanted.title)
    return _with_people(rows).annotate(place=F("organization__path"))


def cadre_within(scope: Scope) -> QuerySet[Post]:
    """Where a cadre's page looks: outside the scope there is nobody."""
    return _with_people(Post.objects.filter(scope.q("organization__path"), ended_at=None))


def _with_people(posts: QuerySet[Post]) -> QuerySet[Post]:
    people = Account.objects.select_related("member__branch__parent").prefetch_related(LIVING_POSTS)
    return posts.select_related("organization__parent", "seat").prefetch_related(Prefetch("account", people))


@dataclass(frozen=True)
class Row:
    """One line of the list, everything computed."""

    post: Post
    state: tuple[str, str]
    reset: Verdict
    may_change: Verdict
    may_end: Verdict


def rows(scope: Scope, page: Iterable[Post], *, now: datetime) -> list[Row]:
    """The lines of a page; the queries do not grow with it."""
    posts = list(page)
    resets = access.resettable(scope, [post.account for post in posts])
    manageable = post_rules.manageable(scope, [post.organization for post in posts])
    return [
        Row(
            post=post,
            state=sign_in_badge(post.account, now=now),
            reset=resets[post.account_id],
            may_change=manageable[post.organization_id],
            may_end=manageable[post.organization_id] and post_rules.seatless(post),
        )
        for post in posts
    ]


def members_without_post(branch: Organization) -> list[Member]:
    """The members of a branch who hold no post in it, by name."""
    holders = Post.objects.filter(organization=branch, ended_at=None).values("account")
    members = Member.objects.filter(branch=branch, account__closed_at=None).exclude(account__in=holders)
    return list(members.select_related("account").order_by("account__initials", "account__name", "pk"))


def former_posts(account: Account, scope: Scope) -> QuerySet[Post]:
    """The ended posts in the scope, newest first."""
    ended = Post.objects.filter(scope.q("organization__path"), account=account, ended_at__isnull=False)
    return ended.select_related("organization").order_by("-ended_at", "-pk")
