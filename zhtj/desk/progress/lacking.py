"""Who still lacks what: organisations by their information and entry, people by their required fields (§2, §5, §7)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Prefetch, Q, QuerySet
from django.urls import reverse

from accounts.models import Account
from members import completeness
from members.access import LIVING_POSTS
from members.models import Member
from members.queries import place
from orgs import completeness as information
from orgs.models import Organization, Post
from orgs.scope import Scope

INFORMATION, ENTRY = "information", "entry"
MEMBERS, CADRES = "members", "cadres"


@dataclass(frozen=True)
class Site:
    """An organisation, where it is, what it lacks, and whether there are names to it."""

    organization: Organization
    place: str
    lacks: list[str]
    names: bool


def sites(organization: Organization, what: str) -> QuerySet[Organization]:
    """The living organisations at and below one that are not complete, in the order of the tree."""
    here = information.asked_of().filter(path__startswith=organization.path).select_related("parent")
    if what == ENTRY:
        return completeness.with_entry(here.filter(~completeness.entered_q()))
    return information.incomplete(here).annotate(
        has_secretary=information.HAS_SECRETARY, reachable=information.REACHABLE_SECRETARY
    )


def of_sites(scope: Scope, page: Iterable[Organization], what: str) -> list[Site]:
    """The lines of a page."""
    return [_site(each, place(each, scope.root), what) for each in page]


def _site(row: Organization, where: str, what: str) -> Site:
    if what == ENTRY:
        entry = completeness.Entry.of(row)
        return Site(row, where, entry.lacks, names=bool(entry.members_lacking or entry.cadres_lacking))
    lacks = information.lacks(row, has_secretary=row.has_secretary, reachable=row.reachable)
    return Site(row, where, lacks, names=False)


@dataclass(frozen=True)
class Person:
    """Somebody with missing fields, and the page where they are seen to."""

    account: Account
    place: str
    title: str
    lacks: list[str]
    url: str


def people(organization: Organization, who: str) -> QuerySet:
    """The members, or the living posts, with required fields missing, by organisation."""
    account = Account.objects.select_related("member").prefetch_related(LIVING_POSTS)
    if who == CADRES:
        held = Post.objects.filter(organization__path__startswith=organization.path, ended_at=None)
        rows = held.filter(~completeness.post_q()).select_related("organization__parent")
        rows = rows.annotate(order=F("organization__path"))
    else:
        here = Member.objects.filter(Q(branch_path__startswith=organization.path) & ~completeness.member_q())
        rows = here.select_related("branch__parent").annotate(order=F("branch_path"))
    return rows.prefetch_related(Prefetch("account", account))


def anybody(organization: Organization, who: str) -> bool:
    """Whether there are members, or living posts, at all."""
    if who == CADRES:
        return Post.objects.filter(organization__path__startswith=organization.path, ended_at=None).exists()
    return Member.objects.filter(branch_path__startswith=organization.path).exists()


def of_people(scope: Scope, page: Iterable, who: str) -> list[Person]:
    """The lines of a page."""
    return [_of_post(scope, each) if who == CADRES else _of_member(scope, each) for each in page]


def _of_member(scope: Scope, member: Member) -> Person:
    lacks = completeness.of_member(member, member.account.living_posts)
    url = reverse("members:detail", args=[member.pk])
    return Person(member.account, place(member.branch, scope.root), "", lacks, url)


def _of_post(scope: Scope, post: Post) -> Person:
    lacks = completeness.of_post(post, getattr(post.account, "member", None))
    url = reverse("cadres:detail", args=[post.pk])
    return Person(post.account, place(post.organization, scope.root), post.title, lacks, url)
