"""What is read for removals: the cases of people chosen, the record of removals, and who is or soon will be 28 (§5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from orgs.enums import Category, PetitionKind
from orgs.models import Organization, Petition, Post, Seat
from orgs.scope import Scope
from zhtj.lib.verdict import Verdict

from ..models import Member, Removal
from . import rules
from .rules import Case


def chosen(scope: Scope, texts: Iterable[str]) -> QuerySet[Member]:
    """The members of the scope with these account ids, as a list sends them."""
    ids = {int(each) for each in texts if each.isdecimal() and len(each) < 19}
    return _with_facts(Member.objects.within(scope).filter(account__in=ids))


def _with_facts(members: QuerySet[Member]) -> QuerySet[Member]:
    return members.select_related("account", "branch__parent").order_by("branch_path", "pk")


def cases(scope: Scope, members: Iterable[Member]) -> list[Case]:
    """These people as the rules see them, in their order; the queries do not grow with them."""
    people = list(members)
    ids = [each.account_id for each in people]
    acts = _acting(scope, [each.branch for each in people])
    posted = set(Post.objects.filter(account__in=ids, ended_at=None).values_list("account", flat=True))
    pending = set(
        Petition.objects.pending()
        .filter(kind=PetitionKind.REMOVAL, account__in=ids)
        .values_list("account", flat=True)
    )
    tied = _tied({each.branch_id: each.branch for each in people}, ids)
    return [
        Case(
            account_id=each.account_id,
            name=each.account.name,
            born=each.account.birth_date,
            branch=each.branch,
            acts=each.branch_id in acts,
            decides=(each.branch.parent_id or each.branch_id) in acts,
            holds_post=each.account_id in posted,
            pending=each.account_id in pending,
            tied=each.account_id in tied,
            held=each.get_held_display() if each.held else "",
        )
        for each in people
    ]


def _tied(branches: dict[int, Organization], leaving: list[int]) -> set[int]:
    """Those without whom a branch in which others stay would have no administrator (§4)."""
    seated: dict[int, set[int]] = {}
    seats = Seat.objects.filter(organization__in=branches).values_list("organization", "post__account")
    for branch, account in seats:
        seated.setdefault(branch, set()).add(account)
    stay = Member.objects.filter(branch__in=branches).exclude(account__in=leaving)
    peopled = set(stay.values_list("branch", flat=True).distinct())
    return {
        account
        for branch, accounts in seated.items()
        if accounts <= set(leaving)
        and branch in peopled
        and branches[branch].category != Category.GRADUATE_BRANCH
        for account in accounts
    }


def last_removals(accounts: Iterable[int]) -> dict[int, Removal]:
    """The last removal of each of these people, by account id: one query."""
    rows = Removal.objects.filter(account__in=list(accounts), undone_at=None)
    return {each.account_id: each for each in rows.order_by("pk")}


def last_removal(account_id: int | None) -> Removal | None:
    """The person's last removal that was not undone."""
    return last_removals([account_id]).get(account_id) if account_id else None


# -- the record -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Wanted:
    """What the record is narrowed to; empty values narrow nothing."""

    name: str = ""
    reason: str = ""
    since: date | None = None
    until: date | None = None


def removals(scope: Scope, wanted: Wanted | None = None) -> QuerySet[Removal]:
    """The removals from branches of the scope; `newest` is the key to page by."""
    rows = Removal.objects.filter(scope.q("branch__path")).annotate(newest=-F("pk"))
    wanted = wanted or Wanted()
    if wanted.name:
        rows = rows.filter(account__name__startswith=wanted.name)
    if wanted.reason:
        rows = rows.filter(reason=wanted.reason)
    if wanted.since:
        rows = rows.filter(removed_at__date__gte=wanted.since)
    if wanted.until:
        rows = rows.filter(removed_at__date__lte=wanted.until)
    return rows.select_related("account", "branch__parent", "petition")


@dataclass(frozen=True)
class Line:
    """One removal with its state in a word, the badge's kind, and whether it can be undone here and until when."""

    removal: Removal
    word: str
    kind: str
    until: datetime
    may_undo: Verdict

    @property
    def cells(self) -> list[str]:
        """The line as the export writes it; the number stays masked."""
        each = self.removal
        return [
            each.account.name,
            each.account.masked_id,
            each.branch.full_name,
            f"{each.joined:%Y-%m}",
            each.number,
            each.get_reason_display(),
            each.remark,
            f"{timezone.localtime(each.removed_at):%Y-%m-%d %H:%M}",
            each.removed_by_name,
            self.word,
        ]


COLUMNS = (
    "姓名",
    "身份证号码",
    "原团支部",
    "入团年月",
    "发展团员编号",
    "原因",
    "说明",
    "移除时间",
    "批准人",
    "状态",
)


def lines(scope: Scope, found: Iterable[Removal], *, now: datetime) -> list[Line]:
    """The state of removals for this viewer: one query."""
    rows = list(found)
    acts = _acting(scope, [each.branch for each in rows])
    return [_line(scope, each, (each.branch.parent_id or each.branch_id) in acts, now=now) for each in rows]


def _acting(scope: Scope, branches: Iterable[Organization]) -> set[int]:
    """For which of these branches and their superiors the scope acts."""
    near = {pk for each in branches for pk in (each.pk, each.parent_id) if pk}
    return set(Organization.objects.filter(scope.acting_q(), pk__in=near).values_list("pk", flat=True))


def _line(scope: Scope, removal: Removal, near: bool, *, now: datetime) -> Line:
    until = rules.undo_until(removal)
    if removal.undone_at:
        word, kind = "已撤销", "void"
    elif now < until:
        word, kind = "撤销期内", "info"
    else:
        word, kind = "已移除", "neutral"
    return Line(removal, word, kind, until, rules.may_undo(scope, removal, now=now, near=near))


def ended_posts(removal: Removal) -> list[Post]:
    """The posts that ended with it, each with its organisation."""
    return list(Post.objects.filter(pk__in=removal.ended_posts).select_related("organization").order_by("pk"))


# -- 28 years ---------------------------------------------------------------------------------------


def without_post(members: QuerySet[Member]) -> QuerySet[Member]:
    """Those who hold no post anywhere."""
    return members.exclude(Exists(Post.objects.filter(account=OuterRef("account"), ended_at=None)))


def overage(members: QuerySet[Member], *, today: date) -> QuerySet[Member]:
    """Those of 28 and more without a post, at this very moment; the mark of the night is for large lists."""
    return without_post(members.filter(account__birth_date__lte=rules.born_by(today)))


def soon(members: QuerySet[Member], *, today: date) -> QuerySet[Member]:
    """Those without a post who will be 28 within three months."""
    born = Q(account__birth_date__gt=rules.born_by(today))
    then = Q(account__birth_date__lte=rules.born_by(rules.months_on(today)))
    return without_post(members.filter(born & then))


def being_removed() -> Exists:
    """Whether a request to remove the member waits to be decided."""
    asked = Petition.objects.pending().filter(kind=PetitionKind.REMOVAL, account=OuterRef("account"))
    return Exists(asked)


def ours(scope: Scope) -> QuerySet[Member]:
    """Members of the own branch, and of the direct branches that nobody administers (§4): who has to act for them."""
    if scope.root is None:
        return Member.objects.none()
    seated = Exists(Seat.objects.filter(organization=OuterRef("pk")))
    mine = Q(pk=scope.root.pk) | Q(parent=scope.root) & ~seated
    branches = Organization.objects.living().branches().filter(mine)  # few: the members are found from them
    return _with_facts(Member.objects.filter(branch__in=branches))


def direct(scope: Scope) -> QuerySet[Member]:
    """Members of the own branch or of the branches directly below: those whom the scope removes or asks about."""
    if scope.root is None:
        return Member.objects.none()
    mine = Q(branch=scope.root) | Q(branch__parent=scope.root)
    vacant = Q(branch__in=ours(scope).values("branch"))
    return _with_facts(Member.objects.within(scope).filter(mine | vacant)).order_by(
        "account__birth_date", "pk"
    )
