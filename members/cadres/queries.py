"""One cadre: what is read, within a scope, in a fixed number of queries."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet

from accounts.models import Account
from orgs.models import Organization, Post
from orgs.scope import Scope

from ..access import LIVING_POSTS
from ..models import Member


def cadre_within(scope: Scope) -> QuerySet[Post]:
    """Where a cadre's page looks: outside the scope there is nobody."""
    return _with_people(Post.objects.filter(scope.q("organization__path"), ended_at=None))


def _with_people(posts: QuerySet[Post]) -> QuerySet[Post]:
    people = Account.objects.select_related("member__branch__parent").prefetch_related(LIVING_POSTS)
    return posts.select_related("organization__parent", "seat").prefetch_related(Prefetch("account", people))


def members_without_post(branch: Organization) -> list[Member]:
    """The members of a branch who hold no post in it, by name."""
    holders = Post.objects.filter(organization=branch, ended_at=None).values("account")
    members = Member.objects.filter(branch=branch, account__closed_at=None).exclude(account__in=holders)
    return list(members.select_related("account").order_by("account__initials", "account__name", "pk"))


def former_posts(account: Account, scope: Scope) -> QuerySet[Post]:
    """The ended posts in the scope, newest first."""
    ended = Post.objects.filter(scope.q("organization__path"), account=account, ended_at__isnull=False)
    return ended.select_related("organization").order_by("-ended_at", "-pk")
