"""Which letters somebody sees, the register with its filters, and the letters of one case (§6.8)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from orgs.enums import BRANCHES
from orgs.models import Organization
from orgs.scope import Scope
from zhtj.lib.verdict import Verdict

from .. import queries as transfers
from ..enums import Landing
from ..models import Letter, LetterRange, Standing, Transfer
from . import rules
from .parties import Parties, of_many

COUNTED = 10_001
MOST_OF_BATCH = 500  # as many as are sent in one act
FACTS = ("性别", "民族", "出生年月", "政治面貌", "入团年月")  # the database keeps them in no order
BADGES = {
    Standing.ISSUED: "todo",
    Standing.ACCEPTED: "info",
    Standing.RETURNED: "done",
    Standing.EXPIRED: "void",
    Standing.VOID: "void",
}
SHOWN = ("issuer", "register", "transfer__account", "transfer__source", "transfer__target", "addressee")


@dataclass(frozen=True)
class Wanted:
    """The filters of the register; empty ones narrow nothing."""

    state: str = ""
    year: int | None = None
    number: int | None = None
    addressee: str = ""


@dataclass(frozen=True)
class Row:
    """A letter with its standing of today as word and badge."""

    letter: Letter
    word: str
    badge: str


def row(letter: Letter, *, today: date) -> Row:
    """The letter with what its standing is called."""
    standing = letter.standing(today=today)
    return Row(letter, str(standing.label), BADGES[standing])


def visible(scope: Scope) -> QuerySet[Letter]:
    """The own letters, and those issued by the scope's organisations."""
    own = Letter.objects.filter(transfer__account=scope.account_id or 0)
    return (own | Letter.objects.within(scope)).select_related(*SHOWN)


def register(scope: Scope, wanted: Wanted, *, today: date) -> QuerySet[Letter]:
    """介绍信登记簿 of the scope, for paging newest first by `newest`."""
    rows = Letter.objects.within(scope)
    if wanted.state:
        rows = rows.standing(wanted.state, today=today)
    if wanted.year:
        rows = rows.filter(issued_on__year=wanted.year)
    if wanted.number:
        rows = rows.filter(number=wanted.number)
    if wanted.addressee:
        named = rows.exclude(transfer__landing=Landing.STORE)  # nobody finds out by asking
        rows = named.filter(addressee_name__contains=wanted.addressee)
    return rows.select_related(*SHOWN).annotate(newest=-F("pk"))


def years(scope: Scope) -> list[int]:
    """The years in which the scope has issued letters, newest first."""
    return [each.year for each in Letter.objects.within(scope).dates("issued_on", "year", order="DESC")]


# -- one case, one batch ----------------------------------------------------------------------------


@dataclass(frozen=True)
class OfCase:
    """The letters of a case as one reader sees them, newest first; `opens` says whether they are links."""

    rows: list[Row]
    opens: bool
    may_issue: Verdict


def of_case(transfer: Transfer, scope: Scope, *, today: date) -> OfCase:
    """What the case page shows of letters."""
    letters = list(transfer.letters.select_related("issuer").order_by("-pk"))
    living = next((each for each in letters if each.state != Standing.VOID), None)
    own = scope.account_id is not None and scope.account_id == transfer.account_id
    opens = bool(letters) and (own or scope.covers(letters[0].issuer))
    may = rules.may_issue(scope, transfer, living=living, today=today)
    return OfCase([row(each, today=today) for each in letters], opens, may)


@dataclass(frozen=True)
class Plan:
    """What 打印全部介绍信 meets: letters there, cases that can have one, and the others with the reason."""

    letters: list[Letter]
    issuable: list[Transfer]
    unable: list[tuple[Transfer, Verdict]]


def plan(cases: Collection[Transfer], scope: Scope, *, today: date) -> Plan:
    """The letters of many cases and what lacks; a fixed number of queries for one issuer."""
    found: dict[int, Letter] = {}
    for each in Letter.objects.living().filter(transfer__in=cases).select_related(*SHOWN).order_by("number"):
        found[each.transfer_id] = each
    offices = of_many(cases)
    speaks: dict[int, Verdict] = {}
    result = Plan([found[each.pk] for each in cases if each.pk in found], [], [])
    for each in cases:
        if each.pk in found:
            continue
        verdict = may_issue(scope, each, offices[each.pk], speaks, today=today)
        if verdict:
            result.issuable.append(each)
        else:
            result.unable.append((each, verdict))
    return result


def may_issue(
    scope: Scope, case: Transfer, offices: Parties, speaks: dict[int, Verdict], *, today: date
) -> Verdict:
    """`rules.may_issue` for one of many, asking once for each issuer."""
    issuer = offices.issuer
    if issuer is not None and issuer.pk not in speaks:
        speaks[issuer.pk] = rules.speaks(scope, issuer)
    spoken = speaks[issuer.pk] if issuer is not None else None
    return rules.may_issue(scope, case, offices=offices, spoken=spoken, today=today)


def batch(scope: Scope, key: UUID) -> list[Transfer]:
    """The cases sent in one act, as far as the scope sees them."""
    return list(transfers.visible(scope).filter(batch=key).order_by("pk")[:MOST_OF_BATCH])


# -- ranges -----------------------------------------------------------------------------------------


def ranges_given(register: Organization) -> QuerySet[LetterRange]:
    """The ranges of this register that others give out."""
    rows = LetterRange.objects.filter(register=register, last__gte=F("first"))
    return rows.select_related("holder__parent", "register")


def holders(register: Organization) -> QuerySet[Organization]:
    """Whom ranges are offered to: the direct subordinates that issue letters, by name."""
    below = Organization.objects.living().filter(parent=register)
    return below.exclude(category__in=BRANCHES).order_by("short_name", "pk")


def facts(letter: Letter) -> list[tuple[str, Any]]:
    """The letter's own facts, for its page."""
    return [
        ("编号", letter.shown_number),
        ("开具组织", letter.issuer_name),
        ("致", letter.addressee_shown),
        ("姓名", letter.name),
        *((label, letter.facts[label]) for label in FACTS if label in letter.facts),
        ("转出团支部", letter.source_name),
        ("转往", letter.target_shown),
        ("开具", f"{letter.issued_on:%Y-%m-%d} {letter.issued_by_name}"),
        ("有效期至", f"{letter.valid_until:%Y-%m-%d}"),
    ]
