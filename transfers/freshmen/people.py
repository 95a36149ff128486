"""Who comes to a college: cases on the way, people in the temporary branch, newcomers in class branches (§6.7)."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.conf import settings
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from members.documents.receiving import HERE
from members.models import Member, Membership, Paper, PaperKind, PaperState
from orgs.enums import Category, Purpose
from orgs.models import Organization
from orgs.scope import Scope

from ..enums import OPEN, State
from ..models import Transfer
from ..queries import SIDES

YEAR = re.compile(r"\d{4}级")


@dataclass
class Desk:
    """An organisation with its branches: the temporary ones, and those of the classes."""

    organization: Organization
    temporary: list[Organization] = field(default_factory=list)
    classes: list[Organization] = field(default_factory=list)

    @property
    def targets(self) -> list[int]:
        """Where newcomers are sent to: the organisation itself and its branches."""
        return [self.organization.pk, *(each.pk for each in (*self.temporary, *self.classes))]

    @property
    def fresh(self) -> list[Organization]:
        """The classes of the newcomers' year, as the names say it; all where they do not."""
        years = {found[0] for each in self.temporary if (found := YEAR.match(each.short_name))}
        same = [each for each in self.classes if (found := YEAR.match(each.short_name)) and found[0] in years]
        return same or self.classes

    @property
    def temporary_ids(self) -> list[int]:
        return [each.pk for each in self.temporary]


def desk(organization: Organization) -> Desk:
    """One query."""
    found = Desk(organization)
    branches = Organization.objects.living().filter(parent=organization, category=Category.BRANCH)
    for each in branches.select_related("parent").order_by("pk"):
        (found.temporary if each.purpose == Purpose.FRESHMEN else found.classes).append(each)
    return found


def season(today: date) -> datetime:
    """Since when whoever comes is a newcomer of this year (*setting*)."""
    month, day = settings.FRESHMEN_SEASON
    begins = date(today.year, month, day)
    begins = begins if begins <= today else date(today.year - 1, month, day)
    return timezone.make_aware(datetime.combine(begins, time()))


def coming(at: Desk) -> QuerySet[Transfer]:
    """The open cases to the organisation and its branches, but for moves inside it."""
    found = Transfer.objects.open().filter(target__in=at.targets)
    inside = Q(source__path__startswith=at.organization.path)
    return found.exclude(inside).select_related(*SIDES)


def waiting(at: Desk, scope: Scope) -> QuerySet[Transfer]:
    """Those that wait for 同意转入 here, the longest waiting first."""
    return coming(at).filter(state=State.IN).exclude(account=scope.account_id)


def assignable_cases(at: Desk, scope: Scope) -> QuerySet[Transfer]:
    """Those agreed to that wait for a branch."""
    found = coming(at).filter(state=State.ASSIGN, target=at.organization)
    return found.exclude(account=scope.account_id)


def assignable_members(at: Desk, scope: Scope) -> QuerySet[Member]:
    """The people of the temporary branches who are not on their way elsewhere."""
    found = Member.objects.filter(branch__in=at.temporary_ids, held="").exclude(account=scope.account_id)
    return found.select_related("account", "branch")


def newcomers(at: Desk, *, today: date) -> QuerySet[Member]:
    """Who is in the temporary branches, or has come this season by transfer or through one of them."""
    begins, path = season(today), at.organization.path
    came = Transfer.objects.filter(
        account=OuterRef("account"), state=State.DONE, closed_at__gte=begins, landed__path__startswith=path
    ).exclude(source__path__startswith=path)
    through = Membership.objects.filter(
        account=OuterRef("account"), branch__in=at.temporary_ids, started_at__gte=begins
    )
    here = Member.objects.filter(branch_path__startswith=path)
    return here.filter(Q(branch__in=at.temporary_ids) | Exists(came) | Exists(through))


def arrived_papers() -> Coalesce:
    """How many of a person's papers have arrived or are certified, for a queryset with `account`."""
    there = Q(state=PaperState.PRESENT, holder__in=HERE) | Q(state=PaperState.CERTIFIED)
    rows = Paper.objects.filter(there, account=OuterRef("account")).order_by().values("account")
    counted = rows.annotate(found=Count("pk")).values("found")
    return Coalesce(counted, Value(0), output_field=IntegerField())


@dataclass(frozen=True)
class Figures:
    """The numbers at the top; `admitted` is None while there is no list."""

    admitted: int | None
    coming: int
    received: int
    assigned: int
    complete: int


def figures(at: Desk, *, today: date, admitted: int | None) -> Figures:
    """Two queries."""
    here = newcomers(at, today=today).annotate(papers=arrived_papers())
    counted = here.aggregate(
        received=Count("pk"),
        assigned=Count("pk", filter=~Q(branch__in=at.temporary_ids)),
        complete=Count("pk", filter=Q(papers=len(PaperKind))),
    )
    return Figures(admitted=admitted, coming=coming(at).count(), **counted)


def checkable(at: Desk, ids: Collection[int]) -> dict[int, Organization]:
    """Of these accounts, those whose papers are checked here, with where: in a branch of it, or on the way to it."""
    branches = {each.pk: each for each in (*at.temporary, *at.classes)}
    here = Member.objects.filter(branch__in=branches, account__in=ids).values_list("account", "branch")
    found = {account: branches[branch] for account, branch in here}
    way = Transfer.objects.filter(
        account__in=ids, state__in=(State.IN, State.ASSIGN), target__in=at.targets
    ).select_related("target")
    return found | {each.account_id: each.target for each in way if each.target is not None}


def underway(at: Desk, ids: Collection[int]) -> dict[int, Transfer]:
    """The open cases of these accounts to the organisation or anything below it, by account."""
    found = Transfer.objects.filter(
        account__in=ids, state__in=OPEN, target__path__startswith=at.organization.path
    )
    return {each.account_id: each for each in found.select_related(*SIDES)}
