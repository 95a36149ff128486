"""On the day of the year marked classes become 毕业生团支部: only the 类别 changes (§6.6).

It runs every night and asks what is due: missed days are caught up, and a branch marked too late changes the next
night. Whoever left since the day of the year, or since a later marking, is counted as graduate.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts import telling
from members.models import Member
from orgs import tree, vacancies
from orgs.enums import Category
from orgs.models import Organization, Seat
from orgs.scope import Scope, of_command
from zhtj.audit.models import AuditEntry
from zhtj.audit.record import entry

from .. import workflow
from ..enums import TIMED, Act
from ..models import BranchMark, Transfer
from ..queries import SIDES
from . import terms

PIECE = 500
REMARK = "“{name}”已成为毕业生团支部，不再接收转入；请改选转入组织后重新发起。"


def turn_all(now: datetime | None = None) -> int:
    """Change whatever is due; how many branches. The worker calls it every night; doing it twice does no harm."""
    now = now or timezone.now()
    actor = of_command("graduates")
    ids = list(_due(timezone.localdate(now)).order_by("organization__path").values_list("pk", flat=True))
    return sum(_piece(ids[at : at + PIECE], actor=actor, now=now) for at in range(0, len(ids), PIECE))


def _due(today: date) -> QuerySet[BranchMark]:
    last = date(terms.last_year_due(today), 12, 31)
    return BranchMark.objects.filter(
        expected__lte=last,
        leaving_since=None,
        organization__deleted_at=None,
        organization__category=Category.BRANCH,
    )


@transaction.atomic
def _piece(ids: Sequence[int], *, actor: Scope, now: datetime) -> int:
    """Change those of one piece for which it still holds; their parts of the tree are held alone meanwhile."""
    due = _due(timezone.localdate(now)).filter(pk__in=ids)
    paths = set(due.values_list("organization__path", flat=True))
    tree.rearranging(*paths)
    marks = list(
        due.filter(organization__path__in=paths)  # one that was moved in between waits for the next night
        .select_related("organization__parent")
        .order_by("organization")
        .select_for_update(of=("self", "organization"), no_key=True)
    )
    branches = [each.organization for each in marks]
    Organization.objects.filter(pk__in=[each.pk for each in branches]).update(
        category=Category.GRADUATE_BRANCH
    )
    for each in marks:
        assert each.expected is not None
        each.leaving_since = max(terms.moment_of(each.expected.year), each.at)
    BranchMark.objects.bulk_update(marks, ["leaving_since"])
    AuditEntry.objects.bulk_create([_entry(each, actor=actor) for each in marks])
    _return_incoming(branches, actor=actor, now=now)
    _tell(marks, now=now)
    return len(marks)


def _entry(mark: BranchMark, *, actor: Scope) -> AuditEntry:
    changes = [["组织类别", Category.BRANCH.label, Category.GRADUATE_BRANCH.label]]
    return entry(
        "graduates.became_leaving", actor=actor, organization=mark.organization, detail={"changes": changes}
    )


def _return_incoming(branches: Sequence[Organization], *, actor: Scope, now: datetime) -> None:
    """A 毕业生团支部 is no target (§6.3): what was on the way there goes back to whoever began it."""
    coming = Transfer.objects.filter(target__in=branches, state__in=TIMED)
    people = Member.objects.filter(account__in=coming.values("account")).order_by("account__id_index")
    list(people.select_for_update(of=("self",)).values_list("pk", flat=True))
    for each in coming.select_related(*SIDES).order_by("pk"):
        said = REMARK.format(name=each.target.short_name if each.target else "")
        workflow.by_system(each, Act.CLOSE, actor=actor, remark=said, now=now)


def _tell(marks: Sequence[BranchMark], *, now: datetime) -> None:
    """The administrators of each branch, and those of its superior once for all of its branches."""
    branches = [each.organization for each in marks]
    superiors = [each.parent for each in branches if each.parent is not None]
    acting = vacancies.acting_for([*branches, *superiors])
    people = _administrators([each.pk for each in acting.values() if each is not None])
    below: dict[int, list[BranchMark]] = defaultdict(list)
    told = []
    for mark in marks:
        branch = mark.organization
        text = f"“{branch.short_name}”已成为毕业生团支部，请在毕业生工作台为毕业的团员办理组织关系转接。"
        url = reverse("graduates:branch", args=[branch.pk])
        told += [(pk, text, url) for pk in people.get(branch.pk, ())]
        if branch.parent is not None and (acts := acting[branch.parent.pk]) is not None:
            below[acts.pk].append(mark)
    for superior, group in below.items():
        text = f"{len(group)} 个团支部已成为毕业生团支部，请督促为毕业的团员办理组织关系转接。"
        url = reverse("graduates:own")
        told += [(pk, text, url) for pk in people.get(superior, ())]
    telling.tell_each(told, now=now)


def _administrators(organizations: Sequence[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    seats = Seat.objects.filter(organization__in=organizations).order_by("organization", "number")
    for organization, account in seats.values_list("organization", "post__account"):
        found[organization].append(account)
    return found
