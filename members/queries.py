"""Lists of members and one member's page: what is read, within a scope, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Prefetch, Q, QuerySet
from django.urls import reverse

from accounts import names
from accounts.enums import SignInState
from accounts.models import Account
from accounts.rules import initial_opens
from orgs import tree, vacancies
from orgs.enums import SECRETARY, Category
from orgs.models import Organization, Post, Seat
from orgs.scope import Scope

from . import access
from .access import LIVING_POSTS
from .models import Member, Membership

BRANCH_CHOICES = 200  # more branches than this are not gathered for a list
OVERAGE = 28


def named(text: str) -> Q:
    """Names from their beginning, or pinyin initials: both served by an index."""
    text = names.normalise(text)
    found = Q(account__name__startswith=text)
    return found | Q(account__initials__startswith=text.lower()) if text.isascii() else found


def above(branch: Organization, root: Organization | None) -> str:
    """The direct superior's 简称 and a stroke, where that is not the organisation acted for; else nothing."""
    if branch.parent is None or root is None or root.pk in (branch.parent_id, branch.pk):
        return ""
    return f"{branch.parent.short_name} / "


def place(branch: Organization, root: Organization | None) -> str:
    """The 简称, with the direct superior's before it where that is not the organisation acted for."""
    return above(branch, root) + branch.short_name


def usual_education(branch: Organization) -> str:
    """The 学历 of more than half of the branch, to begin with for the next one; else an empty text."""
    found = Member.objects.filter(branch=branch).exclude(account__education="")
    first = found.values("account__education").annotate(many=Count("pk")).order_by("-many").first()
    return first["account__education"] if first and 2 * first["many"] > found.count() else ""


def posts_in_words(member: Member) -> str:
    """书记、宣传委员; a post elsewhere names the organisation."""
    return "、".join(
        post.title
        if post.organization_id == member.branch_id
        else f"{post.organization.short_name}{post.title}"
        for post in member.account.living_posts
    )


def sign_in_badge(account: Account, *, now: datetime) -> tuple[str, str]:
    """State of an account in a word, and the badge's kind."""
    if account.closed_at:
        return "已停用", "void"
    if account.sign_in_state == SignInState.SET:
        return "正常", "done"
    if account.sign_in_state == SignInState.NONE:
        return "待设密码", "todo"
    cause = initial_opens(account, now=now).cause
    words = {"expired": ("初始密码已失效", "returned"), "closed": ("初始密码已暂停", "returned")}
    return words.get(cause, ("未激活", "neutral"))


def age(born: date, *, today: date) -> int:
    """Full years."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def is_overage(member: Member, *, today: date) -> bool:
    """Turned 28 without holding a post: a to-do for the branch (§5)."""
    return age(member.account.birth_date, today=today) >= OVERAGE and not member.account.living_posts


def enterable(scope: Scope) -> list[Organization]:
    """The branches into which the scope may enter people one by one, superiors' order kept (§8, vacancies §4)."""
    if scope.root is None:
        return []
    if scope.root.is_branch:
        return [scope.root] if access.may_enter(scope, scope.root) else []
    found: list[Organization] = []
    for branches in _decided_for(scope.root):
        found += branches
        if len(found) > BRANCH_CHOICES:
            break
    return found


def fills_a_branch(scope: Scope) -> bool:
    """Whether there is any branch into which the scope may enter people: `enterable` as one answer, in one query."""
    if scope.root is None or scope.root.is_branch:
        return bool(enterable(scope))
    acted_for = vacancies.without_administrator(scope).order_by().values("pk")
    branches = Organization.objects.living().branches().exclude(category=Category.PENDING_BRANCH)
    return branches.filter(Q(parent=scope.root) | Q(parent__in=acted_for)).exists()


def _decided_for(root: Organization) -> Iterator[list[Organization]]:
    """The fillable branches directly below it and, level by level, below what nobody administers (§4)."""
    parents = [root.pk]
    while parents:
        below = (
            Organization.objects.living().filter(parent__in=parents).select_related("parent").order_by("path")
        )
        yield [each for each in below if each.is_branch and each.category != Category.PENDING_BRANCH]
        others = {each.pk for each in below if not each.is_branch}
        parents = list(
            others - set(Seat.objects.filter(organization__in=others).values_list("organization", flat=True))
        )


# -- one person -------------------------------------------------------------------------------------


def member_within(scope: Scope) -> QuerySet[Member]:
    """Where a member's page looks: outside the scope there is nobody."""
    account = Account.objects.prefetch_related(LIVING_POSTS)
    return (
        Member.objects.within(scope)
        .select_related("branch__parent")
        .prefetch_related(Prefetch("account", account))
    )


def people_within(scope: Scope) -> QuerySet[Account]:
    """Accounts with 团籍 or a living post in the scope."""
    posts = Post.objects.filter(scope.q("organization__path"), ended_at=None)
    members_here = Member.objects.within(scope)
    return Account.objects.filter(
        Q(pk__in=members_here.values("account")) | Q(pk__in=posts.values("account"))
    )


def history(account: Account) -> list[Membership]:
    """The person's ledger, newest first, each stretch with its branch."""
    return list(
        Membership.objects.filter(account=account).select_related("branch", "origin").order_by("-started_at")
    )


def all_posts(account: Account) -> list[Post]:
    """The person's posts, living first, each with organisation and seat."""
    posts = Post.objects.filter(account=account).select_related("organization", "seat")
    return sorted(posts, key=lambda post: (post.ended_at is not None, post.pk))


@dataclass(frozen=True)
class Card:
    """组织名片 (§7): the 书记's name, the organisation's phone and address; never the 书记's mobile."""

    organization: Organization
    secretary: str
    secretary_id: int | None = None


def cards(branch: Organization) -> list[Card]:
    """The cards of the branch and of its superiors, the branch first: two queries."""
    return cards_of([branch, *reversed(tree.ancestors(branch))])


def cards_of(organizations: Iterable[Organization]) -> list[Card]:
    """The cards of these organisations in their order: one query for the names."""
    shown = list(organizations)
    posts = Post.objects.filter(organization__in=shown, title=SECRETARY, ended_at=None).select_related(
        "account"
    )
    found = {post.organization_id: (post.account.name, post.account_id) for post in posts}
    return [Card(each, *found.get(each.pk, ("", None))) for each in shown]


def home_of(account: Account) -> Organization | None:
    """The person's branch, else the organisation of the first living post."""
    member = membership_of(account)
    if member:
        return member.branch
    post = (
        Post.objects.filter(account=account, ended_at=None)
        .select_related("organization")
        .order_by("pk")
        .first()
    )
    return post.organization if post else None


def address_of(scope: Scope, account: Account) -> str:
    """The person's page in the scope; the list for cadres without 团籍 here."""
    member = Member.objects.within(scope).filter(account=account).first()
    return reverse("members:detail", args=[member.pk]) if member else reverse("members:list")


def crumbs(scope: Scope, member: Member) -> list[tuple[str, str]]:
    """From the organisation acted for down to the person."""
    chain = [each for each in (*tree.ancestors(member.branch), member.branch) if scope.covers(each)]
    places = [(each.short_name, "") for each in chain]
    return [("团员列表", reverse("members:list")), *places, (member.account.name, "")]


def membership_of(account: Account) -> Member | None:
    """The person's living 团籍 with its branch, or None."""
    return Member.objects.filter(account=account).select_related("branch").first()
