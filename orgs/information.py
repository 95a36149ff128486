"""What is written about an organisation, and how it is carried out (§2); `changes.change` is the verb."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from zhtj.audit.record import record

from . import completeness, lifecycle, posts, secretary, tree
from .models import Organization, Petition
from .scope import Scope
from .secretary import Registration, Secretary


@dataclass(frozen=True, kw_only=True)
class Information:
    """What was typed; None and missing fields stay as they are."""

    short_name: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    secretary: Secretary | None = None


@dataclass(frozen=True)
class Outcome:
    """What came of a change: carried out (with the registration of a 书记, if any), asked for, or nothing to do."""

    organization: Organization
    changed: bool = True
    petition: Petition | None = None
    registration: Registration | None = None


def held(organization: Organization, *, renames: bool) -> Organization:
    """The living row, locked with what a change of it needs; the whole part of the tree alone for a rename."""
    if renames:
        tree.hold(organization, exclusive=True)
    return posts.locked(organization)


def differing(organization: Organization, given: Information) -> Information:
    """Only what is not so already."""
    head = completeness.secretary_of(organization)
    person = given.secretary
    same = (
        person is not None
        and head is not None
        and person.number in ("", head.account.id_number)
        and person.phone in ("", head.account.phone)
        and person.name == head.account.name
    )
    return Information(
        short_name=None if given.short_name == organization.short_name else given.short_name,
        facts={name: value for name, value in given.facts.items() if getattr(organization, name) != value},
        secretary=None if same else person,
    )


def carry_out(organization: Organization, given: Information, *, actor: Scope, now: datetime) -> Outcome:
    """Write it for verbs that have asked who may, and hold the organisation. Raises Refused."""
    registration = None
    if given.secretary:
        registration = secretary.register(organization, given.secretary, actor=actor, now=now)
    lifecycle.write(organization, short_name=given.short_name, facts=given.facts, actor=actor)
    if organization.completed_at is None and not completeness.missing(organization):
        organization.completed_at = now
        organization.save(update_fields=["completed_at"])
        record("orgs.completed", actor=actor, organization=organization)
    return Outcome(organization, registration=registration)


def as_payload(organization: Organization, given: Information) -> dict[str, Any]:
    """JSON of a change: the new values, and those they replace; whole numbers are only among the new ones."""
    head = completeness.secretary_of(organization) if given.secretary else None
    was = (head.account.name, head.account.masked_id, head.account.masked_phone) if head else ("", "", "")
    person = given.secretary
    return {
        "short_name": [organization.short_name, given.short_name] if given.short_name else None,
        "facts": {
            name: [_plain(getattr(organization, name)), _plain(value)] for name, value in given.facts.items()
        },
        "secretary": [list(was), [person.name, person.number, person.phone]] if person else None,
    }


def from_payload(payload: Mapping[str, Any]) -> Information:
    """The change behind `as_payload`."""
    person = payload["secretary"]
    fields = Organization._meta
    return Information(
        short_name=payload["short_name"][1] if payload["short_name"] else None,
        facts={name: fields.get_field(name).to_python(new) for name, (_, new) in payload["facts"].items()},
        secretary=Secretary(name=person[1][0], number=person[1][1], phone=person[1][2]) if person else None,
    )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
