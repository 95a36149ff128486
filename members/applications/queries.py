"""What an administrator sees of applications: which ones, what they say, and what stands in their way just now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db.models import F, QuerySet

from accounts import idcard
from accounts.models import Account
from orgs import post_rules
from orgs.enums import SECRETARY
from orgs.models import Post
from orgs.scope import Scope
from zhtj.lib.verdict import Verdict, first_no, no

from .. import entry, registered
from ..models import Application, ApplicationState, Member
from ..models.applications import OPEN
from ..removal.queries import last_removals
from ..rules import age_on
from . import content as contents
from . import receipts, rules, states
from .content import Content


def within(scope: Scope) -> QuerySet[Application]:
    """Those for branches of the scope; whether the scope handles them is for the rule."""
    return Application.objects.filter(scope.q("branch__path")).select_related("branch__parent")


def handled(scope: Scope) -> QuerySet[Application]:
    """Those the scope handles: for the own branch, for direct ones, and for those it acts for (§3, §4 Vacancy)."""
    mine = scope.acting_q("branch__path") | scope.acting_q("branch__parent__path")
    return within(scope).filter(mine)


def waiting(scope: Scope) -> QuerySet[Application]:
    """Those that nobody nearer than the scope has to decide."""
    return within(scope).filter(scope.acting_q("branch__path"), state=ApplicationState.PENDING)


def listed(scope: Scope, state: str) -> QuerySet[Application]:
    """The handled ones in a state, for paging in the order of the list: newest first once they are decided."""
    found = handled(scope).filter(state=state)
    return found if state == ApplicationState.PENDING else found.annotate(newest=-F("pk"))


MARKS = {
    "conflict": "姓名冲突",
    "number_taken": "编号重复",
    "secretary": "已有书记",
    "reenter": "须由直接上级录入",
    "over_age": "超龄",
}


@dataclass(frozen=True)
class Case:
    """One application with everything that is computed for it; `content` is None once it has been removed."""

    application: Application
    content: Content | None
    age: int
    obstacles: tuple[Verdict, ...]
    others: int

    @property
    def badge(self) -> tuple[str, str]:
        """State in a word, and the badge's kind."""
        return states.badge(self.application)

    @property
    def marks(self) -> list[tuple[Verdict, str]]:
        """What stands in the way, each with a word for the list."""
        return [(each, _mark(each)) for each in self.obstacles]

    @property
    def seen(self) -> str:
        """What an act on it carries, so that it meets only what was shown."""
        return f"{self.application.pk}:{self.moment}"

    @property
    def moment(self) -> int:
        """The moment alone."""
        return moment(self.application)

    @property
    def born(self) -> date | None:
        """Shown by month only."""
        return idcard.birth_date(self.content.number) if self.content else None

    @property
    def sex(self) -> str:
        return idcard.sex(self.content.number) if self.content else ""

    @property
    def masked_id(self) -> str:
        """Without its tail, which will be the initial password."""
        return idcard.mask(self.content.number, hide_tail=True) if self.content else ""

    @property
    def tail(self) -> str:
        """The end of the 受理号."""
        return receipts.tail(self.application.receipt)

    def may_approve(self, scope: Scope) -> Verdict:
        """The rule of the verb, asked before the button is drawn."""
        return first_no(rules.may_decide(scope, self.application), *self.obstacles)


def _mark(verdict: Verdict) -> str:
    if verdict.cause.startswith("registered"):
        return registered.REGISTERED
    return MARKS.get(verdict.cause, "不符合规则")


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def moment(application: Application) -> int:
    """When it was sent, exactly: sent again it is another moment."""
    return (application.submitted_at - EPOCH) // MICROSECOND


def as_shown(application: Application, seen: int) -> Application:
    """With the moment that its page showed, so that the verbs meet only what was seen."""
    application.submitted_at = EPOCH + seen * MICROSECOND
    return application


def cases(scope: Scope, applications: Iterable[Application], *, today: date) -> list[Case]:
    """These applications with what stands in their way; six queries for any number of them."""
    rows = list(applications)
    filled = {each.pk: contents.of(each) for each in rows}
    facts = _Facts.gather(rows, [each for each in filled.values() if each])
    return [_case(scope, each, filled[each.pk], facts, today=today) for each in rows]


@dataclass(frozen=True)
class _Facts:
    """What the system knows about the people, numbers and branches of a page."""

    accounts: dict[bytes, Account]
    removals: dict
    posts: set[int]
    holders: dict[str, int]
    secretaries: dict[int, Post]
    open: Counter[bytes]

    @classmethod
    def gather(cls, rows: list[Application], filled: list[Content]) -> _Facts:
        indexes = [bytes(each.id_index) for each in rows]
        known = Account.objects.filter(id_index__in=indexes).select_related("member__branch")
        accounts = {bytes(each.id_index): each for each in known}
        people = [each.pk for each in accounts.values()]
        numbers = [each.league_number for each in filled if each.league_number]
        holders = Member.objects.filter(number__in=numbers).values_list("number", "account")
        heads = Post.objects.filter(
            organization__in={each.branch_id for each in rows}, title=SECRETARY, ended_at=None
        )
        waiting = Application.objects.filter(id_index__in=indexes, state__in=OPEN)
        return cls(
            accounts=accounts,
            removals=last_removals(people),
            posts=set(
                Post.objects.filter(account__in=people, ended_at=None).values_list("account", flat=True)
            ),
            holders={number: account for number, account in holders if number},
            secretaries={each.organization_id: each for each in heads.select_related("account")},
            open=Counter(bytes(each) for each in waiting.values_list("id_index", flat=True)),
        )


def _case(
    scope: Scope, application: Application, content: Content | None, facts: _Facts, *, today: date
) -> Case:
    if content is None:
        return Case(application, None, 0, (), 0)
    index, obstacles = bytes(application.id_index), ()
    if application.state == ApplicationState.PENDING:
        obstacles = tuple(
            each for each in _judged(scope, application, content, facts, today=today) if not each
        )
    others = facts.open[index] - (application.state in OPEN)
    return Case(application, content, age_on(idcard.birth_date(content.number), today), obstacles, others)


def _judged(
    scope: Scope, application: Application, content: Content, facts: _Facts, *, today: date
) -> Iterator[Verdict]:
    """What the verb of entry would say just now."""
    account = facts.accounts.get(bytes(application.id_index))
    pk = account.pk if account else None
    yield entry.may_take(scope, application.branch, account, content.name, facts.removals.get(pk))
    if facts.holders.get(content.league_number, pk) != pk:
        yield entry.NUMBER_TAKEN
    head = facts.secretaries.get(application.branch_id)
    if content.title == SECRETARY and head is not None and head.account_id != pk:
        yield post_rules.secretary_taken(application.branch, head.account.name)
    for problem in content.problems(holds_post=pk in facts.posts, today=today):
        yield no(problem.message, cause=problem.cause)
