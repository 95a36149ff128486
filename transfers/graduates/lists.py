"""What the pages of superiors list: progress by subordinate, branches to mark, and the names behind a number (§6.6)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Func, Q, QuerySet, TextField, Value
from django.urls import reverse

from accounts.models import Account
from members import queries as members
from members.models import Member
from orgs import queries as tree
from orgs.enums import Category
from orgs.models import Organization
from orgs.scope import Scope

from .. import pages
from ..models import BranchKind, BranchMark, PersonMark, Plan, Transfer
from ..queries import SIDES
from . import counting, deadlines, marking, people, rules
from .counting import Tally
from .deadlines import Limit

GRADES = 12


# -- progress ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """One organisation of the table; a deleted one has no page any more."""

    organization: Organization
    tally: Tally
    limit: Limit

    @property
    def url(self) -> str:
        """Where it is shown in full."""
        if self.organization.deleted_at is not None:
            return ""
        name = "graduates:branch" if self.organization.is_branch else "graduates:show"
        return reverse(name, args=[self.organization.pk])


def progress(organization: Organization, year: int, *, today: date) -> tuple[Line, list[Line]]:
    """The whole, and each direct subordinate that has anything of the year or may have: six queries."""
    kept = Q(deleted_at=None) | Q(graduation__isnull=False)
    below = list(Organization.objects.filter(kept, parent=organization).order_by("pk"))
    everything = [organization, *below]
    found = counting.tallies([each.pk for each in everything], organization.path, year, today=today)
    limits = deadlines.of(everything, year)
    lines = [Line(each, found[each.pk], limits[each.pk]) for each in everything]
    shown = [
        each
        for each in lines[1:]
        if not each.tally.is_empty or not (each.organization.is_branch or each.organization.deleted_at)
    ]
    return lines[0], shown


# -- branches to mark -------------------------------------------------------------------------------


@dataclass(frozen=True)
class BranchLine:
    """A branch with its mark in words, and whether this seat may mark it."""

    organization: Organization
    mark: BranchMark | None
    words: str
    kind: str
    members: int
    markable: bool


def branches(scope: Scope, organization: Organization, wanted: dict[str, str]) -> QuerySet[Organization]:
    """The branches at and below it that answer to the conditions."""
    found = Organization.objects.living().filter(
        path__startswith=organization.path, category__in=(Category.BRANCH, Category.GRADUATE_BRANCH)
    )
    if wanted["which"] != "all":
        leaving = Q(category=Category.GRADUATE_BRANCH) & scope.acting_q("parent__path")
        found = found.filter(rules.markable_q(scope) | leaving)
    if text := tree.tidy(wanted["q"]):
        found = found.filter(full_name__contains=text)
    return found.filter(
        {
            "unmarked": Q(graduation=None, category=Category.BRANCH),
            "upcoming": Q(graduation__kind=BranchKind.CLASS, graduation__leaving_since=None),
            "leaving": Q(category=Category.GRADUATE_BRANCH),
            "singly": Q(graduation__kind__in=(BranchKind.MIXED, BranchKind.TEACHERS)),
        }.get(wanted["state"], Q())
    )


def grades(found: QuerySet[Organization]) -> list[tuple[str, int]]:
    """(2023级, how many) of the branches whose 简称 begins so; it only narrows the list, nothing is concluded from it."""
    grade = Func(F("short_name"), Value(r"^\d{4}级"), function="substring", output_field=TextField())
    counted = found.annotate(grade=grade).exclude(grade=None).order_by().values("grade")
    return list(counted.annotate(count=Count("pk")).order_by("-grade").values_list("grade", "count")[:GRADES])


def branch_lines(scope: Scope, organizations: Sequence[Organization]) -> list[BranchLine]:
    """The lines of a page: three queries."""
    ids = [each.pk for each in organizations]
    marks = {each.organization_id: each for each in BranchMark.objects.filter(organization__in=ids)}
    counts = dict(
        Member.objects.filter(branch__in=ids)
        .order_by()
        .values("branch")
        .annotate(count=Count("pk"))
        .values_list("branch", "count")
    )
    allowed = Organization.objects.living().filter(rules.markable_q(scope), pk__in=ids)
    markable = set(allowed.values_list("pk", flat=True))
    return [
        BranchLine(
            each, marks.get(each.pk), *_said(marks.get(each.pk)), counts.get(each.pk, 0), each.pk in markable
        )
        for each in organizations
    ]


def _said(mark: BranchMark | None) -> tuple[str, str]:
    if mark is None:
        return "未标记", "neutral"
    words = marking.words(mark.kind, mark.expected)
    return words, "done" if mark.leaving_since else "info"


# -- names ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Person:
    """One name behind a number, with its branch, plan, case and mark."""

    account: Account
    branch: Organization
    place: str
    url: str
    plan: Plan | None
    case: Transfer | None
    marked: str

    @property
    def where(self) -> str:
        """Where to: the case's target, else the plan's."""
        return self.case.destination if self.case else self.plan.where if self.plan else ""

    @property
    def badge(self) -> tuple[str, str] | None:
        """The state of the case."""
        return pages.badge(self.case) if self.case else None


def named(organization: Organization, group: str, year: int, *, today: date) -> QuerySet:
    """The rows of a group: completed cases for 已完成, else members."""
    if group == counting.DONE:
        cases = counting.left(year, today=today).filter(source__path__startswith=organization.path)
        return cases.select_related(*SIDES)
    if group == counting.SPARED:
        found = counting.spared(year, today=today)
    else:
        found = counting.present(year, today=today)
        found = found.filter(held="") if group == counting.WAITING else found.exclude(held="")
    return found.filter(branch_path__startswith=organization.path).select_related("account", "branch__parent")


def persons(scope: Scope, found: Iterable[Member | Transfer]) -> list[Person]:
    """The lines of a page: three queries."""
    rows = list(found)
    accounts = [each.account_id for each in rows]
    plans = {
        (each.account_id, each.branch_id): each
        for each in Plan.objects.filter(account__in=accounts).select_related("target")
    }
    cases = {
        each.account_id: each
        for each in Transfer.objects.open().filter(account__in=accounts).select_related(*SIDES)
    }
    living = PersonMark.objects.filter(account__in=accounts, ended_at=None)
    marks = {(each.account_id, each.branch_id): people.words(each.kind, each.until) for each in living}
    return [_person(scope, each, plans, cases, marks) for each in rows]


def _person(scope: Scope, row: Member | Transfer, plans: dict, cases: dict, marks: dict) -> Person:
    gone = isinstance(row, Transfer)
    branch = row.source if isinstance(row, Transfer) else row.branch
    case = row if isinstance(row, Transfer) else cases.get(row.account_id)
    page = ("transfers:detail", row.pk) if gone else ("members:detail", row.pk)
    key = (row.account_id, branch.pk)
    return Person(
        account=row.account,
        branch=branch,
        place=members.place(branch, scope.root),
        url=reverse(page[0], args=[page[1]]),
        plan=plans.get(key),
        case=case,
        marked=marks.get(key, ""),
    )
