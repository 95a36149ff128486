"""Who of a year's graduates has not begun, is on the way, has left, or does not count; in sets (§6.6, decision 0084).

To graduate: everybody in a class since it became a 毕业生团支部 but those marked 延迟毕业, 教师 or 流动; and, from the day
of the year, whoever is marked for that year one by one. 已完成 is told by the cases: the last one by which somebody
left the branch since then, unless it was a 支部调整. 发起 is an open case or such a one.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from members.figures.counting import flag, rolled
from members.models import Hold, Member
from orgs.completeness import Rate
from orgs.models import Organization

from ..enums import Reason, State
from ..models import BranchMark, PersonKind, PersonMark, Transfer
from ..models.graduates import STAYING
from . import terms

WAITING, GOING, DONE, SPARED = "waiting", "going", "done", "spared"
GROUPS = {WAITING: "未发起", GOING: "办理中", DONE: "已完成", SPARED: "不计入"}


@dataclass(frozen=True)
class Tally:
    """The numbers of an organisation with everything below it; `classes` have left, `upcoming` will this year."""

    waiting: int = 0
    going: int = 0
    done: int = 0
    spared: int = 0
    classes: int = 0
    upcoming: int = 0

    @property
    def base(self) -> int:
        """Members to graduate, without those marked otherwise."""
        return self.waiting + self.going + self.done

    @property
    def started(self) -> Rate:
        """发起率."""
        return Rate(self.going + self.done, self.base)

    @property
    def finished(self) -> Rate:
        """完成率."""
        return Rate(self.done, self.base)

    @property
    def is_empty(self) -> bool:
        """Nothing of this year is here."""
        return not (self.base or self.spared or self.classes or self.upcoming)


def tallies(organizations: Collection[int], within: str, year: int, *, today: date) -> dict[int, Tally]:
    """The numbers of each of these, which lie at or below the path `within`: four statements."""
    found: dict[int, dict[str, int]] = {pk: {} for pk in organizations}
    staying = present(year, today=today).filter(branch_path__startswith=within)
    sources = (
        staying.annotate(path=F("branch_path"), waiting=flag(Q(held="")), going=flag(Q(held=Hold.TRANSFER))),
        left(year, today=today)
        .filter(source__path__startswith=within)
        .annotate(path=F("source__path"), done=flag(Q(pk__gt=0))),
        spared(year, today=today)
        .filter(branch_path__startswith=within)
        .annotate(path=F("branch_path"), spared=flag(Q(pk__gt=0))),
        _classes(year)
        .filter(organization__path__startswith=within)
        .annotate(
            path=F("organization__path"),
            classes=flag(Q(leaving_since__isnull=False)),
            upcoming=flag(Q(leaving_since=None)),
        ),
    )
    for rows in sources:
        for node, fact, _, number in rolled(rows, organizations):
            found[node][fact] = number
    return {pk: Tally(**numbers) for pk, numbers in found.items()}


def _classes(year: int) -> QuerySet[BranchMark]:
    return BranchMark.objects.filter(expected__year=year, organization__deleted_at=None)


def present(year: int, *, today: date) -> QuerySet[Member]:
    """Those to graduate who are still there."""
    whole = _of_class("branch", year) & ~_marked_staying("branch_id")
    return Member.objects.filter(whole | _one_by_one("branch_id", year, today))


def spared(year: int, *, today: date) -> QuerySet[Member]:
    """Those of the classes who stay by their mark and do not count."""
    staying = _of_class("branch", year) & Q(_marked_staying("branch_id"))
    return Member.objects.filter(staying).exclude(_one_by_one("branch_id", year, today))


def left(year: int, *, today: date) -> QuerySet[Transfer]:
    """The completed cases by which those to graduate have left, one for each person."""
    since = Q(closed_at__gte=F("source__graduation__leaving_since"))
    whole = _of_class("source", year) & since & ~_marked_staying("source_id")
    by_mark = Q(closed_at__gte=terms.moment_of(year)) & _one_by_one("source_id", year, today)
    later = Transfer.objects.filter(
        account=OuterRef("account_id"), source=OuterRef("source_id"), state=State.DONE, pk__gt=OuterRef("pk")
    )
    back = Member.objects.filter(account=OuterRef("account_id"), branch=OuterRef("source_id"))
    ended = Transfer.objects.filter(whole | by_mark, state=State.DONE).exclude(reason=Reason.PLACING)
    return ended.filter(~Exists(later), ~Exists(back))


def _of_class(field: str, year: int) -> Q:
    mark = f"{field}__graduation"
    return Q(**{f"{mark}__expected__year": year, f"{mark}__leaving_since__isnull": False})


def _marks(branch: str) -> QuerySet[PersonMark]:
    return PersonMark.objects.filter(account=OuterRef("account_id"), branch=OuterRef(branch), ended_at=None)


def _marked_staying(branch: str) -> Exists:
    return Exists(_marks(branch).filter(kind__in=STAYING))


def _one_by_one(branch: str, year: int, today: date) -> Q:
    """Marked 毕业 for the year, or 延迟毕业 until a month of it that has come."""
    if today < terms.day_of(year):
        return Q(pk__in=[])
    this_year = _marks(branch).filter(until__year=year)
    due = Q(kind=PersonKind.GRADUATE) | Q(kind=PersonKind.DELAYED, until__lte=today)
    return Q(Exists(this_year.filter(due)))


def years(organization: Organization, *, today: date) -> list[int]:
    """The years that have graduates below the organisation, and this year; newest first."""
    marks = BranchMark.objects.filter(organization__path__startswith=organization.path)
    people = PersonMark.objects.filter(branch__path__startswith=organization.path, ended_at=None)
    months = [
        *marks.filter(expected__isnull=False).dates("expected", "year"),
        *people.filter(until__isnull=False).dates("until", "year"),
    ]
    return sorted({today.year, *(each.year for each in months)}, reverse=True)
