"""How things stand now for the people whom an import has written: what an undo compares with what was written (§5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, QuerySet

from accounts.models import Account, Notice
from orgs.enums import SECRETARY
from orgs.models import Petition, Post, Seat
from zhtj.audit.models import AuditEntry, Result
from zhtj.lib.arrays import IsAnyOf

from ..models import ImportBatch, ImportRow, Member, Membership, RowVerdict
from ..rules import Person
from . import plan, traces
from .traces import Trace

PIECE = 2000
SIGNING_IN = ("accounts.sign_in", "accounts.set_first_password", "accounts.use_reset_code")
# What an import itself writes about a person; a notice is no act of anybody's.
_OWN = (Member, Membership, Post, Seat, Notice)


@dataclass(frozen=True, slots=True)
class Written:
    """A row that the import wrote: what it said, the columns it changed, and its trace where somebody was known."""

    number: int
    is_update: bool
    person: Person
    columns: frozenset[str]
    index: bytes
    trace: Trace | None

    @property
    def made(self) -> bool:
        """Whether the import made the account."""
        return self.trace is None or self.trace.made


def written(batch: ImportBatch) -> QuerySet[ImportRow]:
    """The rows the run has written."""
    return plan.chosen(batch).exclude(cause=plan.STOPPED)


def pieces(batch: ImportBatch) -> Iterator[list[Written]]:
    """The written rows in the order of the sheet, opened piece by piece."""
    after = -1
    while True:
        found = written(batch).filter(number__gt=after).order_by("number")
        rows = list(
            found.values_list("number", "verdict", "payload_cipher", "id_index", "trace_cipher")[:PIECE]
        )
        if not rows:
            return
        after = rows[-1][0]
        yield list(_opened(batch, rows))


def _opened(batch: ImportBatch, rows: Sequence[tuple]) -> Iterator[Written]:
    promised = plan.planned(batch, [row[:3] for row in rows])
    for (number, verdict, _, index, cipher), each in zip(rows, promised, strict=True):
        yield Written(
            number=number,
            is_update=verdict == RowVerdict.UPDATE,
            person=each.candidate.person,
            columns=frozenset(change.column for change in each.changes),
            index=bytes(index),
            trace=traces.opened(batch, number, cipher),
        )


@dataclass
class Present:
    """The facts about one piece of people, by account id where nothing else is said."""

    accounts: dict[bytes, Account] = field(default_factory=dict)  # by blind index
    members: dict[int, Member] = field(default_factory=dict)
    stretches: dict[int, list[Membership]] = field(default_factory=dict)
    posts: dict[int, list[Post]] = field(default_factory=dict)
    seats: dict[int, int] = field(default_factory=dict)  # post → seat
    secretaries: dict[int, int] = field(default_factory=dict)  # organisation → post
    holders: dict[str, int] = field(default_factory=dict)  # 发展团员编号 → account
    signed_in: set[int] = field(default_factory=set)
    asked_about: set[int] = field(default_factory=set)
    referenced: set[int] = field(default_factory=set)
    member_referenced: set[int] = field(default_factory=set)

    def stretch_of(self, batch: ImportBatch, account: Account) -> Membership | None:
        """The belonging that the import began."""
        own = (each for each in self.stretches.get(account.pk, ()) if each.batch_id == batch.pk)
        return next(own, None)

    def post(self, account: Account, pk: int) -> Post | None:
        """One of the person's posts, ended ones too."""
        return next((post for post in self.posts.get(account.pk, ()) if post.pk == pk), None)


def gather(batch: ImportBatch, rows: Sequence[Written]) -> Present:
    """Everything that is asked about these rows, in a fixed number of queries."""
    found = Account.objects.filter(IsAnyOf("id_index", [row.index for row in rows]))
    now = Present(accounts={bytes(account.id_index): account for account in found})
    ids = [account.pk for account in now.accounts.values()]
    members = Member.objects.filter(IsAnyOf("account", ids)).select_related("branch")
    now.members = {member.account_id: member for member in members}
    for stretch in Membership.objects.filter(IsAnyOf("account", ids)).order_by("pk"):
        now.stretches.setdefault(stretch.account_id, []).append(stretch)
    _gather_posts(now, ids, rows)
    numbers = [number for row in rows if row.trace and (number := row.trace.member.get("number"))]
    now.holders = dict(Member.objects.filter(IsAnyOf("number", numbers)).values_list("number", "account"))
    _gather_acts(batch, now, ids)
    now.referenced = _referenced(Account, ids)
    belonging = {member.pk: member.account_id for member in now.members.values()}
    now.member_referenced = {belonging[pk] for pk in _referenced(Member, list(belonging))}
    return now


def _gather_posts(now: Present, ids: list[int], rows: Sequence[Written]) -> None:
    for post in Post.objects.filter(IsAnyOf("account", ids)).order_by("pk"):
        now.posts.setdefault(post.account_id, []).append(post)
    posts = [post.pk for held in now.posts.values() for post in held]
    now.seats = dict(Seat.objects.filter(IsAnyOf("post", posts)).values_list("post", "pk"))
    places = [row.trace.branch_id for row in rows if row.trace and row.trace.replaced]
    leading = Post.objects.filter(IsAnyOf("organization", places), title=SECRETARY, ended_at=None)
    now.secretaries = dict(leading.values_list("organization", "pk"))


def _gather_acts(batch: ImportBatch, now: Present, ids: list[int]) -> None:
    since = batch.confirmed_at or batch.finished_at
    signed_in = AuditEntry.objects.filter(
        IsAnyOf("account_id", ids), verb__in=SIGNING_IN, result=Result.DONE, at__gte=since
    )
    now.signed_in = set(signed_in.values_list("account_id", flat=True))
    asked = Petition.objects.pending().filter(IsAnyOf("account", ids), opened_at__gte=since)
    now.asked_about = set(asked.values_list("account", flat=True))


def _referenced(model: type[Model], ids: list[int]) -> set[int]:
    """Which of these rows another table speaks of, whichever app it belongs to."""
    found: set[int] = set()
    for relation in _relations(model):
        column = relation.field.attname
        speaking = relation.related_model._base_manager.filter(IsAnyOf(column, ids))
        found.update(speaking.values_list(column, flat=True))
    return found


def _relations(model: type[Model]) -> Iterable[Any]:
    return [each for each in model._meta.related_objects if each.related_model not in _OWN]
