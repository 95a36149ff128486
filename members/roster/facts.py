"""What the system knows about the people of a roster, fetched for many rows at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from accounts.models import Account, number_index
from orgs.enums import SECRETARY, Level
from orgs.models import Organization, Post
from orgs.scope import Scope
from zhtj.lib.arrays import IsAnyOf
from zhtj.lib.verdict import Verdict

from ..models import Member, Removal, Reserved
from ..removal.queries import last_removals
from ..rules import Person


@dataclass
class Facts:
    """Accounts by ID number with `member` loaded, the blind indexes of the ID numbers, holders of 发展团员编号, living
    posts, the 书记 of branches, how those without 团籍 lost it, who of them only a province takes back, and what a
    checker found about their return."""

    accounts: dict[str, Account] = field(default_factory=dict)
    indexes: dict[str, bytes] = field(default_factory=dict)
    holders: dict[str, int] = field(default_factory=dict)
    posts: dict[int, list[Post]] = field(default_factory=dict)
    secretaries: dict[int, Post] = field(default_factory=dict)
    provinces: dict[int, Organization] = field(default_factory=dict)
    removals: dict[int, Removal] = field(default_factory=dict)
    reserved: set[int] = field(default_factory=set)
    returns: dict[int, Verdict] = field(default_factory=dict)

    def account_of(self, person: Person) -> Account | None:
        """The account with the person's ID number."""
        return self.accounts.get(person.number)

    def member_of(self, account: Account | None) -> Member | None:
        """The person's living 团籍."""
        return getattr(account, "member", None) if account else None

    def post_in(self, account: Account | None, branch: Organization) -> Post | None:
        """The person's living post in the branch."""
        held = self.posts.get(account.pk, []) if account else []
        return next((post for post in held if post.organization_id == branch.pk), None)

    def province_of(self, path: str) -> str:
        """The name of the province a path lies in, or an empty text above provinces."""
        ids = [int(part) for part in path.strip("/").split("/")]
        return next((self.provinces[pk].short_name for pk in ids if pk in self.provinces), "")


def gather(
    people: Collection[Person],
    branches: Collection[Organization],
    *,
    lock: bool = False,
    known: Mapping[str, bytes] | None = None,
) -> Facts:
    """Everything the checks ask about these people and branches, in a fixed number of queries.

    `known` are blind indexes of ID numbers that were computed before.
    With `lock`, the accounts found are held until the transaction ends, in the order of their blind index.
    """
    known = known or {}
    indexes = {each: known.get(each) or number_index(each) for person in people if (each := person.number)}
    numbers = {index: number for number, index in indexes.items()}
    accounts = Account.objects.filter(IsAnyOf("id_index", sorted(numbers)))
    if lock:
        accounts = accounts.select_for_update(of=("self",)).order_by("id_index")
    found = list(accounts.select_related("member__branch"))
    facts = Facts({numbers[bytes(account.id_index)]: account for account in found}, indexes)
    claimed = {person.league_number for person in people if person.league_number}
    taken = Member.objects.filter(IsAnyOf("number", sorted(claimed)))
    facts.holders = dict(taken.values_list("number", "account"))
    living = Post.objects.filter(ended_at=None)
    for post in living.filter(account__in=found) if found else ():
        facts.posts.setdefault(post.account_id, []).append(post)
    # Not joined: while an import fills both tables, the planner would read all accounts for a handful of posts.
    held = living.filter(organization__in=branches, title=SECRETARY).prefetch_related("account")
    facts.secretaries = {post.organization_id: post for post in held}
    facts.provinces = provinces(found)
    without = [account.pk for account in found if not hasattr(account, "member")]
    facts.removals = last_removals(without) if without else {}
    kept = Reserved.objects.filter(IsAnyOf("account_id", without))
    facts.reserved = set(kept.values_list("account", flat=True)) if without else set()
    return facts


def provinces(accounts: list[Account]) -> dict[int, Organization]:
    """The provinces in which these people's branches lie, by id."""
    paths = {account.member.branch_path for account in accounts if hasattr(account, "member")}
    ids = {int(part) for path in paths for part in path.strip("/").split("/")[:3]}
    return Organization.objects.filter(pk__in=ids, level=Level.PROVINCE).in_bulk() if ids else {}


def place_of(facts: Facts, member: Member, actor: Scope) -> str:
    """Where somebody else's member is, as much as the importer may know (§5): the branch, or its province."""
    known = horizon(actor)
    if known and member.branch_path.startswith(known):
        return f"“{member.branch.full_name}”"
    province = facts.province_of(member.branch_path)
    return f"其他团支部（{province}）" if province else "其他团支部"


def horizon(actor: Scope) -> str:
    """The path below which an actor may know where somebody is; its superior is asked for once."""
    return (actor.root.parent or actor.root).path if actor.root else ""
