"""Class branches for many: a plan from ticks, from a pasted list or split evenly, then one act for all (§6.7)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from accounts import names
from accounts.models import Account, number_index
from members.matching.reading import Line
from members.models import Member
from orgs import queries, tree
from orgs.models import Organization
from orgs.scope import Scope
from zhtj.lib.retry import retried
from zhtj.lib.verdict import YES, Refused, Verdict, no

from .. import placing, workflow
from ..bulk import reading
from ..enums import Act
from ..models import Transfer
from ..workflow import Word
from . import people, rules
from .people import Desk

MOST = 3000
NOBODY = no("没有可以分配的人", cause="nobody", remedy="，请先勾选，或按各行的说明处理。")
TOO_MANY = no(f"一次最多分配 {MOST:,} 人", cause="too_many", remedy="，请分几次办理。")
CHANGED = no("核对之后情况有变化，没有分配任何人", cause="changed", remedy="，请重新核对后再分配。")
NOT_HERE = no("不在待分配的人中", cause="not_here", remedy="，请核对姓名和号码。")
NAMESAKES = no("待分配的人中有几个同名的人", cause="namesakes", remedy="，请补充身份证号码。")
TWICE = no("名单上前面已有这个人", cause="twice", remedy="，以第一行为准。")
NO_CLASS = no("没有写班级", cause="class", remedy="，请在姓名旁写班级团支部的名称。")


@dataclass(frozen=True)
class Waiting:
    """Somebody without a class: a member of a temporary branch, or a case 待分配支部."""

    key: str  # m12 or c34
    account: Account
    place: str
    member: Member | None = None
    case: Transfer | None = None


@dataclass(frozen=True)
class Row:
    """One line of a plan; without a branch the verdict says why."""

    name: str
    waiting: Waiting | None = None
    branch: Organization | None = None
    verdict: Verdict = YES


@dataclass
class Plan:
    """All lines, who goes where, and how many into each class."""

    rows: list[Row]

    @property
    def ready(self) -> list[Row]:
        return [each for each in self.rows if each.verdict]

    @property
    def unable(self) -> list[Row]:
        return [each for each in self.rows if not each.verdict]

    @property
    def classes(self) -> list[tuple[Organization, int]]:
        """How many go into each class."""
        found = Counter(each.branch for each in self.ready if each.branch)
        return sorted(found.items(), key=lambda pair: pair[0].pk)

    @property
    def pairs(self) -> str:
        """What the confirmation carries: who goes where, by ids alone."""
        return " ".join(f"{each.waiting.key}:{each.branch.pk}" for each in self.ready)  # type: ignore[union-attr]


def waiting(at: Desk, scope: Scope) -> list[Waiting]:
    """Everybody without a class, cases first: two queries."""
    found = [
        Waiting(f"c{each.pk}", each.account, "待分配支部", case=each)
        for each in people.assignable_cases(at, scope).order_by("pk")
    ]
    return found + [
        Waiting(f"m{each.pk}", each.account, each.branch.short_name, member=each)
        for each in people.assignable_members(at, scope).order_by("pk")
    ]


# -- plans ------------------------------------------------------------------------------------------


def to_one(chosen: Sequence[Waiting], branch: Organization) -> Plan:
    """Everybody into one class."""
    return Plan([Row(each.account.name, each, branch) for each in chosen])


def evenly(chosen: Sequence[Waiting], classes: Sequence[Organization]) -> Plan:
    """Each next one into the class that has the fewest, those already there counted."""
    present = Member.objects.filter(branch__in=classes).values_list("branch").annotate(Count("pk"))
    sizes = {each.pk: 0 for each in classes} | dict(present)
    rows = []
    for each in chosen:
        branch = min(classes, key=lambda one: (sizes[one.pk], one.pk))
        sizes[branch.pk] += 1
        rows.append(Row(each.account.name, each, branch))
    return Plan(rows)


def by_list(text: str, at: Desk, everybody: Sequence[Waiting]) -> Plan:
    """From pasted lines with a name or number and the class beside it."""
    brought = reading.from_text(_with_endings(text, at))
    classes = _classes(at, {said for _, said in brought if said})
    by_number = {bytes(each.account.id_index): each for each in everybody}
    by_name: dict[str, list[Waiting]] = defaultdict(list)
    for each in everybody:
        by_name[names.normalise(each.account.name)].append(each)
    rows, seen = [], set()
    for line, said in brought:
        found, verdict = _meant(line, by_number, by_name)
        if found and found.key in seen:
            found, verdict = None, TWICE
        if found:
            seen.add(found.key)
        rows.append(_row(line, found, verdict, said, classes))
    return Plan(rows)


def _with_endings(text: str, at: Desk) -> str:
    """A class written without 团支部 is meant all the same, also one that does not exist: 2023级99班."""
    short = {each.short_name.removesuffix("团支部") for each in at.classes}
    lines = []
    for line in text.splitlines():
        parts = line.split("\t") if "\t" in line else line.split()
        joint = "\t" if "\t" in line else " "
        lines.append(joint.join(f"{part}团支部" if _is_class(part, short) else part for part in parts))
    return "\n".join(lines)


def _is_class(part: str, short: set[str]) -> bool:
    said = reading.tidy(part)
    return said in short or (said.endswith("班") and any(each.isdigit() for each in said))


def _classes(at: Desk, said: set[str]) -> dict[str, list[Organization]]:
    """The class branches a 简称 or 全称 means, former ones too."""
    own = {each.pk: each for each in at.classes}
    short = {each.short_name: [each] for each in at.classes}
    rest = queries.resolve_all(at.organization, said - set(short))
    full = {name: [own[each.pk] for each in found if each.pk in own] for name, found in rest.items()}
    return full | short


def _meant(
    line: Line, by_number: dict[bytes, Waiting], by_name: dict[str, list[Waiting]]
) -> tuple[Waiting | None, Verdict]:
    if line.number:
        found = by_number.get(number_index(line.number))
        if found is None or (line.name and not names.same(found.account.name, line.name)):
            return None, NOT_HERE
        return found, YES
    same = by_name.get(line.name, [])
    if len(same) > 1:
        return None, NAMESAKES
    return (same[0], YES) if same else (None, NOT_HERE)


def _row(
    line: Line,
    found: Waiting | None,
    verdict: Verdict,
    said: str,
    classes: dict[str, list[Organization]],
) -> Row:
    name = found.account.name if found else line.name or f"第{line.at}行"
    if not verdict:
        return Row(name, verdict=verdict)
    if not said:
        return Row(name, found, verdict=NO_CLASS)
    meant = classes.get(said, [])
    if len(meant) != 1:
        why = no(f"本组织没有名称为“{said}”的班级团支部", cause="class", remedy="，请照列表中的名称填写。")
        return Row(name, found, verdict=why)
    return Row(name, found, meant[0])


# -- the act ----------------------------------------------------------------------------------------


def read(text: str) -> dict[str, int]:
    """The branch by who, as the plan's page sent it."""
    found = {}
    for pair in text.split():
        key, _, branch = pair.partition(":")
        if key[1:].isdecimal() and branch.isdecimal() and len(key) < 20 and len(branch) < 19:
            found[key] = int(branch)
    return found


@retried
@transaction.atomic
def carry_out(
    organization: Organization, pairs: dict[str, int], *, actor: Scope, now: datetime | None = None
) -> int:
    """Everybody as the plan said, or nobody; how many. Raises Refused."""
    if not pairs:
        raise Refused(NOBODY)
    if len(pairs) > MOST:
        raise Refused(TOO_MANY)
    tree.hold(organization, exclusive=False)
    rules.may_receive(actor, organization).demand()
    at = people.desk(organization)
    _hold([organization, *at.temporary, *at.classes])
    now = now or timezone.now()  # after the locks: the ledger goes on from what was waited for
    everybody = {each.key: each for each in waiting(at, actor)}
    classes = {each.pk: each for each in at.classes}
    if not set(pairs) <= set(everybody) or not set(pairs.values()) <= set(classes):
        raise Refused(CHANGED)
    for key, branch in sorted(pairs.items()):
        if (case := everybody[key].case) is not None:
            word = Word(branch=classes[branch])
            workflow.act(case, Act.ASSIGN, actor=actor, word=word, now=now)
    for (source, branch), accounts in _groups(pairs, everybody).items():
        home = next(each for each in at.temporary if each.pk == source)
        placing.assign(accounts, home, classes[branch], actor=actor, now=now)
    return len(pairs)


def _hold(organizations: Iterable[Organization]) -> None:
    """The organisations by id: sources and targets stand still."""
    ids = [each.pk for each in organizations]
    rows = Organization.objects.filter(pk__in=ids).order_by("pk").select_for_update(no_key=True)
    list(rows.values_list("pk", flat=True))


def _groups(pairs: dict[str, int], everybody: dict[str, Waiting]) -> dict[tuple[int, int], list[int]]:
    """The accounts that go from one branch to another together."""
    found: dict[tuple[int, int], list[int]] = defaultdict(list)
    for key, branch in sorted(pairs.items()):
        if (member := everybody[key].member) is not None:
            found[member.branch_id, branch].append(member.account_id)
    return found
