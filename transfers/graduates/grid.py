"""The members of one branch with what stands between each and the next organisation: plan, case, risks (§6.6)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Max
from django.utils import timezone

from accounts.models import Account
from members.models import Member
from members.rules import age_on
from orgs.enums import Category
from orgs.models import Organization, Seat

from .. import pages
from ..enums import State
from ..models import BranchKind, BranchMark, PersonMark, Plan, Transfer
from ..queries import SIDES
from . import counting, people, terms
from .deadlines import Limit

OUT_AT = 28
SOON = timedelta(days=90)
OTHERS = "others"  # in a mixed branch: those who do not graduate
RISKS = "risks"
FAILED = {State.RETURNED: "已退回", State.LAPSED: "已失效"}
Word = tuple[str, str]  # in words, kind of badge


@dataclass(frozen=True)
class Row:
    """One person: `member` is None after leaving; `group` is one of `counting.GROUPS` or OTHERS."""

    account: Account
    group: str
    member: Member | None = None
    plan: Plan | None = None
    mark: PersonMark | None = None
    case: Transfer | None = None
    risks: tuple[Word, ...] = ()

    @property
    def marked(self) -> str:
        """The mark in words; empty for none."""
        return people.words(self.mark.kind, self.mark.until) if self.mark else ""

    @property
    def state(self) -> Word:
        """Where the transfer stands."""
        if self.case is not None and self.shown and not self.failed:
            return pages.badge(self.case)
        if self.group == counting.SPARED:
            return "不计入", "neutral"
        return ("未发起", "todo") if self.group == counting.WAITING else ("不毕业", "neutral")

    @property
    def failed(self) -> bool:
        """Whether the last case came back or lapsed, and is to be sent again."""
        return self.group == counting.WAITING and self.case is not None and self.case.state in FAILED

    @property
    def shown(self) -> bool:
        """Whether the last case says something of now: under way, done, or failed."""
        return self.case is not None and (self.case.is_open or self.group == counting.DONE or self.failed)

    @property
    def where(self) -> str:
        """Where to: the case's target, else the plan's."""
        if self.case is not None and self.shown and not self.failed:
            return self.case.destination
        return self.plan.where if self.plan else ""


@dataclass(frozen=True)
class Known:
    """What is read once for a whole branch."""

    branch: Organization
    mark: BranchMark | None
    year: int
    limit: Limit
    today: date
    marks: dict[int, PersonMark] = field(default_factory=dict)
    plans: dict[int, Plan] = field(default_factory=dict)
    cases: dict[int, Transfer] = field(default_factory=dict)
    seated: frozenset[int] = frozenset()
    posted: frozenset[int] = frozenset()


def rows(
    branch: Organization, mark: BranchMark | None, year: int, limit: Limit, *, now: datetime
) -> list[Row]:
    """Everybody there in the order of the list, then those who have left: seven queries."""
    today = timezone.localdate(now)
    members = list(Member.objects.filter(branch=branch).select_related("account").order_by("pk"))
    gone = list(
        counting.left(year, today=today).filter(source=branch).select_related(*SIDES).order_by("closed_at")
    )
    known = _known(branch, mark, year, limit, today, [each.account_id for each in (*members, *gone)])
    return [
        *(_row(each, known) for each in members),
        *(
            Row(each.account, counting.DONE, plan=known.plans.get(each.account_id), case=each)
            for each in gone
        ),
    ]


def _known(
    branch: Organization,
    mark: BranchMark | None,
    year: int,
    limit: Limit,
    today: date,
    accounts: list[int],
) -> Known:
    marks = PersonMark.objects.filter(branch=branch, account__in=accounts, ended_at=None)
    plans = Plan.objects.filter(branch=branch, account__in=accounts).select_related("target")
    last = Transfer.objects.filter(source=branch, account__in=accounts).values("account")
    newest = last.annotate(newest=Max("pk")).values("newest")
    cases = Transfer.objects.filter(pk__in=newest).select_related(*SIDES)
    seats = Seat.objects.filter(organization=branch).values_list("post__account", flat=True)
    posts = branch.posts.filter(ended_at=None).values_list("account", flat=True)
    return Known(
        branch,
        mark,
        year,
        limit,
        today,
        marks={each.account_id: each for each in marks},
        plans={each.account_id: each for each in plans},
        cases={each.account_id: each for each in cases},
        seated=frozenset(seats),
        posted=frozenset(posts),
    )


def _row(member: Member, known: Known) -> Row:
    pk = member.account_id
    case, mark = known.cases.get(pk), known.marks.get(pk)
    group = _group(member, mark, known)
    return Row(
        account=member.account,
        group=group,
        member=member,
        plan=known.plans.get(pk),
        mark=mark,
        case=case,
        risks=tuple(_risks(member, case, group, known)),
    )


def _group(member: Member, mark: PersonMark | None, known: Known) -> str:
    whole = known.mark is not None and known.mark.kind == BranchKind.CLASS
    if not _leaves(mark, known):
        return counting.SPARED if whole else OTHERS
    return counting.GOING if member.held else counting.WAITING


def _leaves(mark: PersonMark | None, known: Known) -> bool:
    """`counting.present` of one, in whichever year; before the day of the year it says who is going to."""
    whole = known.mark is not None and known.mark.kind == BranchKind.CLASS
    if mark is None or mark.until is None:
        return whole and mark is None
    if not whole:
        return mark.until.year <= known.year
    return known.today >= max(mark.until, terms.day_of(mark.until.year))


def _risks(member: Member, case: Transfer | None, group: str, known: Known) -> Iterable[Word]:
    """What may keep somebody who is to leave, worst first."""
    if group not in (counting.WAITING, counting.GOING):
        return
    if known.today > known.limit.day:
        yield "已过期限", "returned"
    elif group == counting.WAITING and known.today >= warned_from(known.limit.day):
        yield "临近期限", "todo"
    if group == counting.WAITING and case is not None and case.state in FAILED:
        yield FAILED[State(case.state)], "returned"
    if known.seated == {member.account_id}:
        leaving = known.branch.category == Category.GRADUATE_BRANCH
        yield ("唯一的管理员，宜最后转出", "info") if leaving else ("唯一的管理员，须先交接", "todo")
    if not member.account.phone_cipher:
        yield "没有手机号码", "todo"
    if member.account_id not in known.posted:
        yield from _of_age(member.account.birth_date, known.today)


def _of_age(born: date, today: date) -> Iterable[Word]:
    if age_on(born, today) >= OUT_AT:
        yield "已满28周岁", "todo"
    elif age_on(born, today + SOON) >= OUT_AT:
        yield "即将满28周岁", "todo"


def warned_from(deadline: date) -> date:
    """From this day (*setting*) on a deadline is near."""
    return deadline - timedelta(days=settings.GRADUATION_WARN_DAYS)


def tally(found: Iterable[Row]) -> counting.Tally:
    """The numbers of the rows; `counting.tallies` says the same of a branch that has left, year by year."""
    numbers = dict.fromkeys(counting.GROUPS, 0)
    for each in found:
        if each.group in numbers:
            numbers[each.group] += 1
    return counting.Tally(**numbers)


def narrowed(found: list[Row], tab: str) -> list[Row]:
    """The rows of a tab; all for none."""
    if tab == RISKS:
        return [each for each in found if each.risks]
    return [each for each in found if each.group == tab] if tab else found


def tabs(found: list[Row], current: str) -> list[tuple[str, str, int, bool]]:
    """(key, words, how many, current) of the tabs that hold somebody, and the first."""
    known = {"": "全部", **counting.GROUPS, OTHERS: "不毕业", RISKS: "有风险"}
    sizes = {key: len(narrowed(found, key)) for key in known}
    return [
        (key, words, sizes[key], key == current)
        for key, words in known.items()
        if sizes[key] or key in ("", current)
    ]


def tab_of(asked: str) -> str:
    """The tab asked for, else the first."""
    return asked if asked in (*counting.GROUPS, OTHERS, RISKS) else ""


def year_for(mark: BranchMark | None, *, today: date) -> int:
    """The class's own year; elsewhere this year's."""
    return mark.year if mark is not None and mark.year is not None else today.year


def begins(mark: BranchMark | None) -> date | None:
    """The day on which the branch changes, while it has not."""
    if mark is None or mark.year is None or mark.leaving_since is not None:
        return None
    return terms.day_of(mark.year)
