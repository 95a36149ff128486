"""Until when a year's graduates leave: the earliest day that any organisation on the way up has set, else the setting."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import BooleanField, DateField, F, Func, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from orgs import tree
from orgs.models import Organization
from orgs.scope import Scope
from zhtj.audit.record import record
from zhtj.lib.retry import retried

from ..models import Deadline
from . import rules, terms


@dataclass(frozen=True)
class Limit:
    """The day that holds, and who has set it; None: the default."""

    day: date
    by: Organization | None = None


def of(organizations: Iterable[Organization], year: int) -> dict[int, Limit]:
    """What holds for each of these, by id: one query."""
    ways = {each.pk: [*each.ancestor_ids, each.pk] for each in organizations}
    nodes = {pk for way in ways.values() for pk in way}
    rows = Deadline.objects.filter(year=year, organization__in=nodes).select_related("organization")
    found = {each.organization_id: each for each in rows}
    return {pk: _earliest([found[node] for node in way if node in found], year) for pk, way in ways.items()}


def _earliest(found: list[Deadline], year: int) -> Limit:
    if not found:
        return Limit(terms.default_deadline(year))
    first = min(found, key=lambda each: each.day)
    return Limit(first.day, first.organization)


def above(organization: Organization, year: int) -> date | None:
    """The earliest day that a superior has set, or None."""
    rows = Deadline.objects.filter(year=year, organization__in=organization.ancestor_ids)
    return rows.order_by("day").values_list("day", flat=True).first()


def own(organization: Organization, year: int) -> Deadline | None:
    """What the organisation itself has set."""
    return Deadline.objects.filter(organization=organization, year=year).first()


def annotated(year: int, path: str = "path") -> Coalesce:
    """`of` as an annotation of rows with a path."""
    ids = Func(OuterRef(path), template="string_to_array(trim('/' from %(expressions)s), '/')::bigint[]")
    on_path = Func(
        F("organization_id"),
        ids,
        arg_joiner=" = ANY(",
        template="%(expressions)s)",
        output_field=BooleanField(),
    )
    first = Deadline.objects.filter(on_path, year=year).order_by("day").values("day")[:1]
    default = Value(terms.default_deadline(year), output_field=DateField())
    return Coalesce(Subquery(first), default)


@retried
@transaction.atomic
def put(
    organization: Organization, year: int, day: date, *, actor: Scope, now: datetime | None = None
) -> Deadline:
    """Set the day for everything at and below the organisation. Raises Refused."""
    tree.hold(organization, exclusive=False)
    rules.may_set_deadline(actor, organization).demand()
    rules.day_fits(year, day, above(organization, year)).demand()
    before = own(organization, year)
    facts = {
        "day": day,
        "at": now or timezone.now(),
        "by_id": actor.account_id,
        "by_name": actor.account_name,
    }
    found, _ = Deadline.objects.update_or_create(organization=organization, year=year, defaults=facts)
    _record(organization, year, before, f"{day:%Y-%m-%d}", actor=actor)
    return found


@retried
@transaction.atomic
def drop(organization: Organization, year: int, *, actor: Scope) -> None:
    """Take the organisation's own day off; what a superior has set holds again, else the setting. Raises Refused."""
    tree.hold(organization, exclusive=False)
    rules.may_set_deadline(actor, organization).demand()
    before = own(organization, year)
    if before is not None:
        before.delete()
        _record(organization, year, before, "", actor=actor)


def _record(
    organization: Organization, year: int, before: Deadline | None, after: str, *, actor: Scope
) -> None:
    changes = [[f"{year}年毕业生的期限", f"{before.day:%Y-%m-%d}" if before else "", after]]
    record("graduates.deadline_set", actor=actor, organization=organization, detail={"changes": changes})
