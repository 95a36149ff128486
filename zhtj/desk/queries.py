"""What the desk pages read from several apps at once; the number of queries never grows with the rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from accounts.enums import SignInState
from members.figures import rollups
from members.models import Member
from orgs import completeness, queries, rules
from orgs.completeness import Rate
from orgs.enums import SEATS, Category
from orgs.models import Organization, Seat
from orgs.scope import Scope
from regcodes.queries import CodeState, states
from regcodes.rules import may_issue
from zhtj.lib.verdict import Verdict

SEATED = Exists(Seat.objects.filter(organization=OuterRef("pk")))
PEOPLED = Exists(Member.objects.filter(branch=OuterRef("pk")))


@dataclass(frozen=True)
class Wanted:
    """What the list of subordinates is narrowed to; empty values narrow nothing."""

    text: str = ""
    category: str = ""
    lacking: str = ""


@dataclass(frozen=True)
class Row:
    """One line of 下级组织管理, everything computed."""

    organization: Organization
    administrators: list[str]
    code: CodeState
    children: int
    members: int
    lacks: list[str]
    rate: Rate
    may_issue: Verdict
    may_edit: Verdict


def subordinates(parent: Organization, wanted: Wanted) -> QuerySet[Organization]:
    """The living direct subordinates that are wanted, without their counts."""
    found = queries.children(parent)
    if wanted.category:
        found = found.filter(category=wanted.category)
    if wanted.lacking == "administrators":
        found = found.filter(~SEATED).exclude(category=Category.PENDING_BRANCH)
    if wanted.lacking == "members":
        found = branches_without_members(found)
    if wanted.lacking == "information":
        found = completeness.incomplete(found)
    if wanted.text:
        found = found.filter(_named(wanted.text))
    return found


def _named(text: str) -> Q:
    """Anywhere in 简称 or 全称, or the initials from their beginning: the subordinates are few enough to look at."""
    text = queries.tidy(text)
    found = Q(short_name__icontains=text) | Q(full_name__icontains=text)
    return found | Q(initials__startswith=text.lower()) if text.isascii() else found


def branches_without_members(organizations: QuerySet[Organization]) -> QuerySet[Organization]:
    """Those branches among them that members still have to be entered into."""
    empty = organizations.branches().exclude(category=Category.PENDING_BRANCH)  # type: ignore[attr-defined]
    return empty.filter(~PEOPLED)


def counted(organizations: QuerySet[Organization]) -> QuerySet[Organization]:
    """With its counts and what is known of the 书记, for the rows of one page."""
    return organizations.select_related("parent").annotate(
        children_total=queries.children_count(),
        members_total=_members(),
        has_secretary=completeness.HAS_SECRETARY,
        reachable=completeness.REACHABLE_SECRETARY,
        asked_total=rollups.or_live("asked", completeness.asked_below()),
        complete_total=rollups.or_live("informed", completeness.complete_below()),
        rolled_at=rollups.since(),
    )


def _members() -> Coalesce:
    return rollups.or_live("members", queries.below(Member.objects.all(), "branch_path"))


def rows(scope: Scope, organizations: list[Organization], *, now: datetime) -> list[Row]:
    """The lines of a page: one query for the administrators, one for the codes."""
    names: dict[int, list[str]] = {each.pk: [] for each in organizations}
    seats = Seat.objects.filter(organization__in=names).select_related("post__account").order_by("number")
    taken: dict[int, list[int]] = {each.pk: [] for each in organizations}
    for seat in seats:
        names[seat.organization_id].append(seat.post.account.name)
        taken[seat.organization_id].append(seat.number)
    codes = states(organizations, {pk: len(held) for pk, held in taken.items()}, now=now)
    return [
        Row(
            organization=each,
            administrators=names[each.pk],
            code=codes[each.pk],
            children=each.children_total,  # type: ignore[attr-defined]
            members=each.members_total,  # type: ignore[attr-defined]
            lacks=completeness.lacks(each, has_secretary=each.has_secretary, reachable=each.reachable),
            rate=Rate(each.complete_total, each.asked_total),
            may_issue=may_issue(scope, each, free=[at for at in SEATS if at not in taken[each.pk]]),
            may_edit=rules.may_edit(scope, each),
        )
        for each in organizations
    ]


@dataclass(frozen=True)
class Figures:
    """The counts of one organisation and everything below it; `at` is when they were rolled up, None for live."""

    organizations: int
    children: int
    branches: int
    members: int
    cadres: int
    information: Rate
    at: datetime | None = None


def figures(organization: Organization) -> Figures:
    """One query."""
    row = Organization.objects.annotate(
        organizations=rollups.or_live("organizations", queries.organizations_below() + 1) - 1,
        children_total=queries.children_count(),
        branches_total=rollups.or_live("branches", queries.branches_below()),
        members_total=_members(),
        cadres=rollups.or_live("cadres", queries.cadres_below()),
        asked=rollups.or_live("asked", completeness.asked_below()),
        complete=rollups.or_live("informed", completeness.complete_below()),
        rolled_at=rollups.since(),
    ).get(pk=organization.pk)
    return Figures(
        organizations=row.organizations,
        children=row.children_total,
        branches=row.branches_total,
        members=row.members_total,
        cadres=row.cadres,
        information=Rate(row.complete, row.asked),
        at=row.rolled_at,
    )


def not_signed_in(branch: Organization) -> int:
    """How many members of a branch still have their initial password."""
    return Member.objects.filter(branch=branch, account__sign_in_state=SignInState.INITIAL).count()
