"""What is read of 团员档案: one person's papers, who lacks what over a scope, the lists of 补办, the scans (§5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from accounts import names
from accounts.models import Account
from orgs.enums import PetitionState
from orgs.models import Organization
from orgs.scope import Scope

from ..models import Certificate, Member, Paper, PaperKind, PaperState, Reissue, Scan
from . import reissuing
from .scans import GIVEN_UP

ORDER = ("branch_path", "pk")
COUNTED = 100_000
UNKNOWN = ("未登记", "neutral")
BADGES = {
    PaperState.PRESENT: ("有", "done"),
    PaperState.MISSING: ("缺", "returned"),
    PaperState.CERTIFIED: ("已出具证明", "info"),
}
CONDITIONS = (
    ("lacking", "缺或未登记"),
    ("missing", "缺"),
    ("unknown", "未登记"),
    ("certified", "已出具证明"),
    ("complete", "齐全"),
)


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to; `kind` is one paper, else any (`complete`: all)."""

    name: str = ""
    branch_name: str = ""
    kind: str = ""
    condition: str = ""
    scanned: str = ""


@dataclass(frozen=True)
class Sheet:
    """The five papers of a person in their order, each with its row or None, and the badge of its state."""

    papers: list[tuple[PaperKind, Paper | None, tuple[str, str]]]
    certificate: Certificate | None = None
    scans: list[Scan] = field(default_factory=list)

    @property
    def there(self) -> int:
        """How many are there or certified."""
        return sum(
            paper is not None and paper.state != PaperState.MISSING for _, paper, _badge in self.papers
        )


def arranged(papers: Iterable[Paper]) -> list[tuple[PaperKind, Paper | None, tuple[str, str]]]:
    """All five, with those nobody has looked at."""
    known = {each.kind: each for each in papers}
    return [
        (kind, known.get(kind), BADGES[PaperState(known[kind].state)] if kind in known else UNKNOWN)
        for kind in PaperKind
    ]


def sheet(account: Account) -> Sheet:
    """One person's papers, certificate and scans: three queries."""
    scans = Scan.objects.filter(account=account).select_related("petition__turn_organization")
    return Sheet(
        arranged(Paper.objects.filter(account=account)),
        Certificate.objects.filter(account=account).first(),
        list(scans.order_by("-pk")),
    )


def state_of(scan: Scan) -> tuple[str, str]:
    """Where a scan stands, in a word, and the badge's kind."""
    if scan.approved_at:
        return "已通过", "done"
    if scan.petition is None or scan.petition.state == PetitionState.PENDING:
        return "待审批", "todo"
    return scan.petition.get_state_display(), "returned" if scan.petition.state in GIVEN_UP else "void"


def members(scope: Scope, wanted: Wanted) -> QuerySet[Member]:
    """The members of the scope that are wanted, each with account, branch and papers."""
    rows = Member.objects.within(scope)
    if wanted.name:
        rows = rows.filter(account__name__startswith=names.normalise(wanted.name))
    if wanted.branch_name:
        rows = rows.filter(branch__full_name__contains=wanted.branch_name)
    if wanted.condition:
        rows = rows.filter(_condition(wanted.condition, [wanted.kind] if wanted.kind else PaperKind.values))
    if wanted.scanned:
        valid = Exists(Scan.objects.filter(account=OuterRef("account"), approved_at__isnull=False))
        rows = rows.filter(valid if wanted.scanned == "yes" else ~valid)
    return with_papers(rows)


def _condition(condition: str, kinds: Sequence[str]) -> Q:
    """The condition on any of these papers; `complete` is the opposite of lacking."""
    papers = Paper.objects.filter(account=OuterRef("account"))
    missing = Q(Exists(papers.filter(kind__in=kinds, state=PaperState.MISSING)))
    unknown = Q()
    for kind in kinds:
        unknown |= ~Q(Exists(papers.filter(kind=kind)))
    found = {
        "missing": missing,
        "unknown": unknown,
        "lacking": missing | unknown,
        "certified": Q(Exists(papers.filter(kind__in=kinds, state=PaperState.CERTIFIED))),
        "complete": ~(missing | unknown),
    }
    return found.get(condition, Q())


def with_papers(rows: QuerySet[Member]) -> QuerySet[Member]:
    """With all that a line of the list shows."""
    valid = Scan.objects.filter(account=OuterRef("account"), approved_at__isnull=False)
    papers = Prefetch("account__papers", Paper.objects.order_by("pk"))
    return (
        rows.select_related("account", "branch__parent")
        .prefetch_related(papers)
        .annotate(scanned=Exists(valid))
    )


def chosen(scope: Scope, texts: Iterable[str]) -> QuerySet[Member]:
    """The members of the scope with these account ids, as a list sends them."""
    ids = {int(each) for each in texts if each.isdecimal() and len(each) < 19}
    rows = Member.objects.within(scope).filter(account__in=ids)
    return rows.select_related("account", "branch__parent").order_by(*ORDER)


def cells(member: Member) -> list[str]:
    """The line as the export writes it; the number stays masked."""
    papers = [
        f"{word}（{paper.holder}）" if paper and paper.holder else word
        for _, paper, (word, _badge) in arranged(member.account.papers.all())
    ]
    return [
        member.account.name,
        member.account.masked_id,
        member.branch.full_name,
        *papers,
        "有" if member.scanned else "无",  # type: ignore[attr-defined]
    ]


COLUMNS = ("姓名", "身份证号码", "所在团支部", *PaperKind.labels, "入团志愿书扫描件")


# -- reissuing --------------------------------------------------------------------------------------


def reissues(scope: Scope, state: str = "") -> QuerySet[Reissue]:
    """The lost 团员证 of the branches of the scope."""
    rows = Reissue.objects.filter(scope.q("branch__path"))
    if state:
        rows = rows.filter(state=state)
    return rows.select_related("account", "branch__parent", "college")


def gatherable(scope: Scope) -> QuerySet[Reissue]:
    """Those on the lists that this scope gathers."""
    return reissues(scope).filter(reissuing.gathered_by(scope))


REISSUE_COLUMNS = (
    "姓名",
    "身份证号码",
    "所在团支部",
    "学院团委",
    "入团年月",
    "发展团员编号",
    "状态",
    "列入日期",
    "补办日期",
)


def reissue_cells(row: Reissue, member: Member | None) -> list[str]:
    """The line as the export writes it; the number stays masked."""
    return [
        row.account.name,
        row.account.masked_id,
        row.branch.full_name,
        row.college.full_name,
        f"{member.joined:%Y-%m}" if member else "",
        (member.number or "") if member else "",
        row.get_state_display(),
        f"{timezone.localtime(row.listed_at):%Y-%m-%d}",
        f"{row.done_on:%Y-%m-%d}" if row.done_on else "",
    ]


# -- scans ------------------------------------------------------------------------------------------


def scans(scope: Scope) -> QuerySet[Scan]:
    """The scans of the own person and of the members of the scope."""
    mine = Q(account=scope.account_id) if scope.account_id else Q(pk__in=[])
    rows = Scan.objects.filter(mine | scope.q("account__member__branch_path"))
    return rows.select_related("account", "petition__turn_organization__parent")


def branch_of(scan: Scan) -> Organization | None:
    """Where the person belongs now."""
    member = Member.objects.filter(account=scan.account_id).select_related("branch__parent").first()
    return member.branch if member else None
