"""办理转入 for the rows of a roster whose people belong to other branches: one case a row, each judged by itself (§5)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from accounts import names
from members.models import ImportBatch, Member, RowVerdict
from members.roster import plan
from orgs.models import Organization, Seat
from orgs.scope import Scope
from zhtj.lib.arrays import IsAnyOf
from zhtj.lib.verdict import YES, Refused, Verdict, first_no, no

from . import opening, rules, workflow
from .enums import Starter
from .models import Transfer
from .opening import Wish
from .seeking import NOBODY, TIED

MOST = 200  # rows begun in one act
HERE = no("此人的团籍已在这个团支部", cause="same", remedy="，不用转接。")
GONE = no("名单上的团支部已不存在", cause="gone", remedy="，请重新上传名单。")


@dataclass(frozen=True)
class Row:
    """A row of the roster: its number, the name on it, whom it means and where to, or why nothing can be begun."""

    number: int
    name: str
    member: Member | None = None
    branch: Organization | None = None
    verdict: Verdict = YES
    at_once: bool = False  # both branches have one direct superior, which is asking

    @property
    def masked(self) -> str:
        """The masked ID number; before the other side agrees nothing more is shown."""
        return self.member.account.masked_id if self.member else ""


def rows(batch: ImportBatch, *, scope: Scope, only: Collection[int] = ()) -> list[Row]:
    """The 需转接 rows of an import, or those with the sheet rows `only`; the queries do not grow with the people of a way."""
    found = batch.rows.filter(verdict=RowVerdict.MOVE)
    if only:
        found = found.filter(number__in=list(only))
    about = {
        number: (account, branch)
        for number, account, branch in found.values_list("number", "account_id", "branch_id")
    }
    read = {
        each.candidate.number: each.candidate.person.name for each in plan.planned(batch, plan.stored(found))
    }
    accounts = [account for account, _ in about.values()]
    members = Member.objects.filter(IsAnyOf("account_id", accounts)).select_related(
        "account", "branch__parent"
    )
    here = {each.account_id: each for each in members}
    places = Organization.objects.living().select_related("parent").in_bulk({pk for _, pk in about.values()})
    judge = _Judge(scope, list(here.values()))
    return [
        judge.row(number, read[number], here.get(account), places.get(branch))
        for number, (account, branch) in sorted(about.items())
    ]


class _Judge:
    """Judges rows one by one; whoever goes the same way is judged alike."""

    def __init__(self, scope: Scope, members: Sequence[Member]):
        self.scope = scope
        seats = Seat.objects.filter(IsAnyOf("post__account_id", [each.account_id for each in members]))
        self.seated = set(seats.values_list("post__account", "organization"))
        self.ways: dict[tuple[int, int], tuple[Verdict, bool]] = {}

    def row(self, number: int, name: str, member: Member | None, branch: Organization | None) -> Row:
        """What can be done about this row."""
        if member is None or not names.same(member.account.name, name):
            return Row(number, name, verdict=NOBODY)
        if branch is None:
            return Row(number, name, member, verdict=GONE)
        if member.branch_id == branch.pk:
            return Row(number, name, member, branch, HERE)
        verdict = rules.not_held(member)
        if verdict and (member.account_id, member.branch_id) in self.seated and not rules.may_move(member):
            verdict = TIED
        way, at_once = self._way(member, branch)
        return Row(number, name, member, branch, first_no(verdict, way), at_once)

    def _way(self, member: Member, branch: Organization) -> tuple[Verdict, bool]:
        key = (member.branch_id, branch.pk)
        if key not in self.ways:
            self.ways[key] = self._judged(member, branch)
        return self.ways[key]

    def _judged(self, member: Member, branch: Organization) -> tuple[Verdict, bool]:
        if not (fits := rules.may_target(member.branch, branch)):
            return fits, False
        try:
            case = opening.build(member, Wish("其他", branch), actor=self.scope)
        except Refused as refusal:
            return refusal.verdict, False
        return rules.may_start(self.scope, case), case.starter == Starter.SUPERIOR


def begin(
    batch: ImportBatch, numbers: Collection[int], wish: Wish, *, actor: Scope, now: datetime | None = None
) -> tuple[list[Transfer], list[Row]]:
    """Begin a case for each of these rows that can, with the row's branch as target; the cases, and the rows left out.

    Each is an act of its own: what stands in one person's way does not hold up the others.
    """
    together = uuid4()
    begun, left = [], []
    for row in rows(batch, scope=actor, only=numbers)[:MOST]:
        if not row.verdict:
            left.append(row)
            continue
        try:
            case = opening.build(row.member, replace(wish, target=row.branch), actor=actor, batch=together)
            begun.append(workflow.start(case, actor=actor, now=now))
        except Refused as refusal:
            left.append(replace(row, verdict=refusal.verdict))
    return begun, left
