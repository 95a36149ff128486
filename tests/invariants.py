"""What must hold whatever happened: members, ledger, cases, steps, seats and the tree, checked against the database."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import F, Q

from accounts.models import Account
from members.models import Hold, Member, Membership
from orgs import verify
from orgs.enums import Category
from orgs.models import Organization, Petition, Post, Seat
from transfers.enums import OPEN, TIMED, Act, Landing, State
from transfers.models import Step, Transfer
from zhtj.audit.models import AuditEntry


def check(top: Organization | None = None) -> None:
    """Everything, below the topmost organisation `top` or everywhere."""
    path = top.path if top else "/"
    tree(path)
    members(path)
    posts(path)
    cases(path)
    steps(path)


def tree(path: str) -> None:
    """Paths, names and categories fit together; nothing pending waits for what is gone."""
    assert list(verify.faults(path)) == []
    pending = Petition.objects.pending().filter(organization__path__startswith=path)
    assert not pending.filter(organization__deleted_at__isnull=False).exists()


def members(path: str) -> None:
    """Each living member in exactly one living branch, and the ledger's open stretches are the living rows."""
    living = Member.objects.filter(branch__path__startswith=path)
    assert not living.exclude(branch_path=F("branch__path")).exists()
    assert not living.filter(branch__deleted_at__isnull=False).exists()
    assert not [each for each in living.select_related("branch") if not each.branch.is_branch]
    assert not living.filter(account__closed_at__isnull=False).exists()
    stretches = Membership.objects.filter(branch__path__startswith=path, ended_at=None)
    rows = Counter(living.values_list("account", "branch"))
    assert Counter(stretches.values_list("account", "branch")) == rows
    assert [pk for pk, count in Counter(account for account, _ in rows).items() if count > 1] == []


def posts(path: str) -> None:
    """Living posts are in living organisations and of open accounts; every seat has such a post there."""
    living = Post.objects.filter(organization__path__startswith=path, ended_at=None)
    gone = Q(organization__deleted_at__isnull=False) | Q(account__closed_at__isnull=False)
    assert not living.filter(gone).exists()
    seats = Seat.objects.filter(organization__path__startswith=path)
    assert not seats.exclude(post__in=living, post__organization=F("organization")).exists()


def cases(path: str) -> None:
    """At most one open case a person, none towards a 毕业生团支部; the 团籍 is held exactly while there is one, in the branch it leaves."""
    found = Transfer.objects.filter(source__path__startswith=path)
    opened = found.filter(state__in=OPEN)
    gone = Q(source__deleted_at__isnull=False) | Q(target__deleted_at__isnull=False)
    assert not opened.filter(gone).exists()
    assert not found.filter(state__in=TIMED, target__category=Category.GRADUATE_BRANCH).exists()
    held = Member.objects.filter(branch__path__startswith=path, held=Hold.TRANSFER)
    assert sorted(opened.values_list("account", "source")) == sorted(held.values_list("account", "branch"))
    for case in found.filter(state=State.DONE):
        assert (case.landed_id is not None) == (case.landing in (Landing.BRANCH, Landing.BODY)), case.pk
    assert not found.exclude(state=State.DONE).filter(landed__isnull=False).exists()
    for case in found.filter(state=State.DONE, landed__isnull=False):
        into = Membership.objects.filter(account=case.account_id, branch=case.landed_id)
        assert into.filter(started_at=case.closed_at).exists(), case.pk


def steps(path: str) -> None:
    """Steps are the acts: numbered without a gap, each from where the last one led, an audit row for each."""
    courses = defaultdict(list)
    for step in Step.objects.filter(transfer__source__path__startswith=path).order_by("number"):
        courses[step.transfer_id].append(step)
    found = Transfer.objects.filter(source__path__startswith=path)
    for case in found:
        course = courses.pop(case.pk, [])
        assert [step.number for step in course] == list(range(1, len(course) + 1))
        assert [step.act for step in course].count(Act.START) == 1
        assert [step.before for step in course] == ["", *(step.after for step in course[:-1])]
        assert course[-1].after == case.state
    assert dict(courses) == {}
    said = AuditEntry.objects.filter(
        verb="transfers.step", detail__transfer__in=list(found.values_list("pk", flat=True))
    )
    assert said.count() == Step.objects.filter(transfer__in=found).count()


@dataclass(frozen=True)
class Census:
    """Who was where, and every stretch of the ledger then, to be balanced later (`taken` and `balance`)."""

    members: Counter[int]
    stretches: dict[int, int]  # open ones: id → branch
    known: set[int]
    people: int

    @classmethod
    def taken(cls) -> Census:
        opened = dict(Membership.objects.filter(ended_at=None).values_list("pk", "branch"))
        known = set(Membership.objects.values_list("pk", flat=True))
        return cls(_counts(), opened, known, Account.objects.count())

    def balance(self) -> None:
        """Members before + in − out = members now, for every branch, by the ledger alone."""
        ledger = list(Membership.objects.values_list("pk", "branch", "ended_at"))
        came = Counter(branch for pk, branch, _ in ledger if pk not in self.known)
        still = {pk for pk, _, ended in ledger if ended is None}
        left = Counter(branch for pk, branch in self.stretches.items() if pk not in still)
        left.update(branch for pk, branch, ended in ledger if pk not in self.known and ended is not None)
        now = self.members.copy()
        now.update(came)
        now.subtract(left)
        assert +now == _counts()
        assert min(now.values(), default=0) >= 0


def _counts() -> Counter[int]:
    return Counter(Member.objects.values_list("branch", flat=True))
