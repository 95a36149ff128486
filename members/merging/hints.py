"""Who may have two accounts: the same name, birth date and school. A hint, never a fact."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

from django.db.models import Exists, OuterRef, Q

from accounts import names
from accounts.models import Account
from orgs.enums import GRASSROOTS
from orgs.models import Organization, Post
from orgs.scope import Scope

from .. import access
from ..models import Distinction, Member

MOST = 20_000  # people in a scope; larger ones look below their subordinates
PAIRS = 200


@dataclass(frozen=True)
class Hint:
    """Two accounts that may be one person's, and what they have in common beside name and birth date."""

    one: Account
    other: Account
    common: str


def too_many(scope: Scope) -> bool:
    """Whether the scope holds more people than are compared at once."""
    people = Member.objects.within(scope).order_by()
    return len(people.values_list("pk", flat=True)[: MOST + 1]) > MOST


def hints(scope: Scope) -> list[Hint]:
    """Pairs with at least one side in the scope, in a fixed number of queries; those told apart are left out."""
    groups: dict[tuple, list[Account]] = defaultdict(list)
    for account in _alike(scope):
        groups[account.name, account.birth_date].append(account)
    pairs = [pair for group in groups.values() for pair in combinations(group, 2)]
    apart = set(Distinction.objects.filter(one__in=[one.pk for one, _ in pairs]).values_list("one", "other"))
    pairs = [pair for pair in pairs if (pair[0].pk, pair[1].pk) not in apart]
    schools = _schools({each.pk: each for pair in pairs for each in pair}.values())
    found = [Hint(one, other, common) for one, other in pairs if (common := _common(one, other, schools))]
    return [hint for hint in found if _touches(scope, hint)][:PAIRS]


def _alike(scope: Scope) -> list[Account]:
    """Everybody who shares name and birth date with somebody of the scope, by id."""
    namesakes = Account.objects.filter(
        name=OuterRef("name"), birth_date=OuterRef("birth_date"), merged_into=None
    ).exclude(pk=OuterRef("pk"))
    posts = Post.objects.filter(scope.q("organization__path"), ended_at=None)
    here = Account.objects.filter(
        Q(pk__in=Member.objects.within(scope).values("account")) | Q(pk__in=posts.values("account")),
        Exists(namesakes),
    )
    named = set(here.values_list("name", "birth_date")[: 2 * PAIRS])
    if not named:
        return []
    same = Account.objects.filter(name__in={name for name, _ in named}, merged_into=None).order_by("pk")
    people = [each for each in same if (each.name, each.birth_date) in named]
    access.standings(people)
    return people


def _homes(account: Account) -> list[Organization]:
    branch = [account.member.branch] if hasattr(account, "member") else []
    return [*branch, *(post.organization for post in account.living_posts)]  # type: ignore[attr-defined]


def _schools(people) -> dict[int, Organization]:
    """The committees on the paths of these people's organisations, by id."""
    ids = {pk for each in people for home in _homes(each) for pk in (*home.ancestor_ids, home.pk)}
    return Organization.objects.filter(pk__in=ids, category__in=GRASSROOTS).in_bulk()


def _common(one: Account, other: Account, schools: dict[int, Organization]) -> str:
    """The school or unit both belong to: the topmost 团委 above both, else what was entered as 学习/工作单位."""
    shared = _tops(one, schools) & _tops(other, schools)
    if shared:
        return f"同在“{schools[min(shared)].short_name}”"
    if one.workplace and names.same(one.workplace, other.workplace):
        return f"学习/工作单位同为“{one.workplace}”"
    return ""


def _tops(account: Account, schools: dict[int, Organization]) -> set[int]:
    """The topmost 团委, 团工委 or 团总支 above each of the person's organisations."""
    tops = set()
    for home in _homes(account):
        above = [pk for pk in (*home.ancestor_ids, home.pk) if pk in schools]
        tops.update(above[:1])
    return tops


def _touches(scope: Scope, hint: Hint) -> bool:
    return any(scope.covers(home) for each in (hint.one, hint.other) for home in _homes(each))
