"""The numbers of letters: each register runs on without gaps, and gives ranges to those below (§6.8).

A number is taken under a lock and in the transaction of its letter, so that one rolled back leaves no gap.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from orgs.models import Organization
from orgs.scope import Scope
from zhtj.audit.record import record
from zhtj.lib.retry import retried
from zhtj.lib.verdict import Refused, Verdict, no

from ..models import Letter, LetterBook, LetterRange
from . import rules

OVERLAP = no("这些编号中有的已分给下级", cause="first", remedy="，请换一段没有重叠的编号。")
FREE_FROM = """
SELECT min(number) + 1 FROM transfers_letter AS letter
 WHERE register_id = %s AND number >= %s
   AND NOT EXISTS (SELECT FROM transfers_letter AS after
                    WHERE after.register_id = letter.register_id AND after.number = letter.number + 1)
"""


@dataclass(frozen=True, slots=True)
class Number:
    """A number and whose register it counts in."""

    register_id: int
    number: int


def take(issuer: Organization, count: int) -> list[Number]:
    """The next `count` numbers of the issuer, in order. Raises Refused where its ranges have too few left.

    Inside the transaction of the letters: the register stays locked until they are written.
    """
    ranges = list(held(issuer).select_for_update(of=("self",)))
    return _from_ranges(issuer, ranges, count) if ranges else _from_book(issuer, count)


def held(holder: Organization) -> QuerySet[LetterRange]:
    """The ranges an organisation has been given, oldest first."""
    return LetterRange.objects.filter(holder=holder, last__gte=F("first")).order_by("pk")


def _from_ranges(issuer: Organization, ranges: list[LetterRange], count: int) -> list[Number]:
    found: list[Number] = []
    for each in ranges:
        taken = min(each.left, count - len(found))
        found += [Number(each.register_id, each.used + at) for at in range(1, taken + 1)]
        each.used += taken
        each.save(update_fields=["used"])
    if len(found) < count:
        raise Refused(exhausted(issuer, ranges))
    return found


def exhausted(issuer: Organization, ranges: list[LetterRange]) -> Verdict:
    """The refusal when the numbers given are used up."""
    giver = ranges[-1].register
    reason = f"“{issuer.short_name}”的介绍信号段用完了"
    return no(reason, cause="range", remedy=f"，请“{giver.full_name}”再分配一段。网上转接不受影响。")


def _from_book(issuer: Organization, count: int) -> list[Number]:
    book = _locked(issuer)
    ranges = list(LetterRange.objects.filter(register=issuer, last__gte=F("first")).order_by("first"))
    found: list[Number] = []
    at = book.next_number
    while len(found) < count:
        at = _next_free(issuer, at, ranges)
        found.append(Number(issuer.pk, at))
        at += 1
    book.next_number = at
    book.save(update_fields=["next_number"])
    return found


def _locked(organization: Organization) -> LetterBook:
    LetterBook.objects.bulk_create([LetterBook(organization=organization)], ignore_conflicts=True)
    return LetterBook.objects.select_for_update().get(organization=organization)


def _next_free(issuer: Organization, at: int, ranges: list[LetterRange]) -> int:
    """The lowest number from `at` that is neither used nor given away."""
    while True:
        inside = next((each for each in ranges if each.first <= at <= each.last), None)
        if inside is not None:
            at = inside.last + 1
        elif Letter.objects.filter(register=issuer, number=at).exists():
            at = _after_used(issuer, at)
        else:
            return at


def _after_used(issuer: Organization, at: int) -> int:
    (found,) = Letter.objects.raw(f"SELECT 1 AS id, ({FREE_FROM}) AS free", [issuer.pk, at])
    return found.free


@retried
@transaction.atomic
def give(
    register: Organization,
    holder: Organization,
    first: int,
    last: int,
    *,
    actor: Scope,
    now: datetime | None = None,
) -> LetterRange:
    """Let an organisation below give out `first` to `last` of the register's numbers. Raises Refused."""
    rules.may_give(actor, register, holder, first, last).demand()
    book = _locked(register)
    used = Letter.objects.filter(register=register, number__range=(first, last)).order_by("number").first()
    if used is not None:
        raise Refused(no(f"{used.number} 号已经用过", cause="first", remedy="，请换一段没有用过的编号。"))
    given = LetterRange(
        register=register,
        holder=holder,
        first=first,
        last=last,
        used=first - 1,
        given_at=now or timezone.now(),
    )
    given.given_by_name = actor.account_name
    try:
        with transaction.atomic():
            given.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(OVERLAP) from error
    detail = {"first": first, "last": last, "register": book.organization_id}
    record("letters.range_given", actor=actor, organization=holder, detail=detail)
    return given


@retried
@transaction.atomic
def take_back(given: LetterRange, *, actor: Scope) -> LetterRange:
    """Take back the numbers of a range that are not used; the register gives them out itself. Raises Refused."""
    book = _locked(given.register)
    fresh = LetterRange.objects.select_for_update(of=("self",)).select_related("register", "holder")
    row = fresh.get(pk=given.pk)
    rules.may_take_back(actor, row).demand()
    freed, row.last = row.used + 1, row.used
    row.save(update_fields=["last"])
    book.next_number = min(book.next_number, freed)
    book.save(update_fields=["next_number"])
    detail = {"first": row.first, "last": row.last, "register": row.register_id}
    record("letters.range_taken_back", actor=actor, organization=row.holder, detail=detail)
    return row
