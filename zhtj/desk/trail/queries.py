"""Which rows of the record a scope reads, as lines in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from accounts.models import Account
from orgs.models import Organization
from orgs.scope import Scope
from zhtj.audit import words
from zhtj.audit.models import AuditEntry, Result

STORES = "stores."


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to; empty values narrow nothing. `below` adds what concerns subordinates."""

    verb: str = ""
    person: str = ""
    since: date | None = None
    until: date | None = None
    below: bool = False


def of_organization(organization: Organization, wanted: Wanted) -> QuerySet[AuditEntry]:
    """What was done to the organisation and in its name; both are served by an index."""
    about = (
        Q(organization_path__startswith=organization.path)
        if wanted.below
        else Q(organization_path=organization.path)
    )
    return _narrowed(_unstored(about | Q(seat_id=organization.pk), organization), wanted)


def of_person(scope: Scope, account: Account, wanted: Wanted) -> QuerySet[AuditEntry]:
    """What was done to a person in organisations of the scope or in its name, and his or her own sign-ins."""
    near = (
        scope.q("organization_path") | Q(seat_id=scope.root.pk) | Q(organization_path="", actor_id=account.pk)
    )
    return _narrowed(_unstored(near, scope.root).filter(account_id=account.pk), wanted)


def of_myself(account: Account) -> QuerySet[AuditEntry]:
    """What others did to the person's data, and who looked at it."""
    others = AuditEntry.objects.filter(account_id=account.pk, result=Result.DONE).exclude(actor_id=account.pk)
    return _newest(others)


def _unstored(found: Q, reader: Organization) -> QuerySet[AuditEntry]:
    """Who is in a special store is read by exactly the province that keeps it (decision 0087)."""
    strange = Q(verb__startswith=STORES) & ~Q(organization_id=reader.pk)
    return AuditEntry.objects.filter(found).exclude(strange)


def _narrowed(found: QuerySet[AuditEntry], wanted: Wanted) -> QuerySet[AuditEntry]:
    if wanted.verb:
        found = found.filter(verb=wanted.verb)
    if wanted.person:
        named = Q(actor_name__startswith=wanted.person) | Q(account_name__startswith=wanted.person)
        found = found.filter(named)
    if wanted.since:
        found = found.filter(at__gte=_midnight(wanted.since))
    if wanted.until:
        found = found.filter(at__lt=_midnight(wanted.until + timedelta(days=1)))
    return _newest(found)


def _newest(found: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
    """For paging: an ascending key of descending rows."""
    return found.annotate(newest=-F("pk"))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


@dataclass(frozen=True)
class Line:
    """One row in words."""

    entry: AuditEntry
    word: str
    result: tuple[str, str]
    remark: str
    address: str

    @property
    def cells(self) -> list[str]:
        """As the sheet shows it."""
        entry = self.entry
        return [
            f"{timezone.localtime(entry.at):%Y-%m-%d %H:%M:%S}",
            self.word,
            self.result[0],
            entry.actor_name,
            entry.seat_name,
            entry.organization_name,
            entry.account_name,
            self.remark,
            self.address,
        ]


COLUMNS = ("时间", "操作", "结果", "操作人", "以何组织", "涉及组织", "涉及人员", "说明", "来源地址")


def lines(entries: Iterable[AuditEntry], *, seat: int | None = None) -> Iterator[Line]:
    """Rows in words; the address only of what was done in the name of `seat`."""
    for entry in entries:
        result = Result(entry.result)
        yield Line(
            entry=entry,
            word=words.of(entry.verb),
            result=(result.label, words.KINDS_OF_RESULT[result]),
            remark=words.remark(entry),
            address=entry.address or "" if seat is not None and entry.seat_id == seat else "",
        )
