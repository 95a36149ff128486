"""Carries out a plan: people, 团籍, ledger, posts and audit rows, inside the caller's transaction (§5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from accounts.models import Account
from orgs.scope import Scope
from zhtj.audit.models import AuditEntry
from zhtj.audit.record import values
from zhtj.lib import copying
from zhtj.lib.ahead import ahead

from ..applications import ending
from ..facts import said
from ..models import Act, ImportBatch, Member, Membership, RowVerdict
from ..rules import Person, is_league_number
from . import revise
from .changes import ACCOUNT_FIELDS
from .check import Candidate, Finding, Known


def carry_out(batch: ImportBatch, findings: Sequence[Finding], *, actor: Scope, now: datetime) -> None:
    """Write the new rows and the updates of one piece; the caller leaves out what must not be written.

    People go in by blind index, so that two imports of the same people wait for each other in one order.
    Raises IntegrityError where somebody was faster; nothing is written then.
    """
    new = [finding for finding in findings if finding.verdict == RowVerdict.NEW]
    updates = [finding for finding in findings if finding.verdict == RowVerdict.UPDATE]
    known = [finding for finding in new if finding.account is not None]
    newcomers = [finding for finding in new if finding.account is None]
    _number(newcomers)
    revise.carry_out(batch, known, updates, now=now)
    new.sort(key=lambda finding: bytes(finding.account.id_index))
    tables = (
        partial(_accounts, newcomers, now=now),
        partial(_members, new),
        partial(_ledger, batch, new, now=now),
        partial(_acts, batch, [*new, *updates], actor),
    )
    for told in ahead(lambda tell: tell(), tables):  # the next table is told while one is written
        copying.write(told)
    give_posts(newcomers)
    entered = [bytes(finding.account.id_index) for finding in new]
    ending.end_of(entered, organization=batch.organization, actor=actor, now=now)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """An account just written, as far as the rest of an import asks."""

    pk: int
    name: str
    id_index: bytes


def know_ahead(candidates: Sequence[Candidate], indexes: Sequence[tuple]) -> None:
    """Note on rows of a plan their blind indexes, given as stored, and what new accounts would store; pure."""
    people = [bytes(person) for person, _ in indexes]
    identities = Account.columns_of(
        [
            (index, each.person.number, each.person.name, each.person.phone)
            for index, each in zip(people, candidates, strict=True)
        ]
    )
    for candidate, person, (_, number), identity in zip(candidates, people, indexes, identities, strict=True):
        candidate.known = Known(person, bytes(number) if number else None, identity)


def create_accounts(
    findings: list[Finding], *, now: datetime, fields: dict[str, tuple[str, str]] = ACCOUNT_FIELDS
) -> None:
    """Accounts for people the system did not know, by blind index."""
    _number(findings)
    copying.write(_accounts(findings, fields, now=now))


def _number(findings: list[Finding]) -> None:
    """Ids for people the system did not know, in the order of their blind index, in which the list is afterwards."""
    findings.sort(key=lambda finding: finding.candidate.known.person)
    for finding, pk in zip(findings, copying.next_ids(Account, len(findings)), strict=True):
        known = finding.candidate.known
        finding.account = Newcomer(pk, known.identity["name"], known.person)


def _accounts(
    findings: list[Finding], fields: dict[str, tuple[str, str]] = ACCOUNT_FIELDS, *, now: datetime
) -> copying.Told | None:
    """Their accounts; the initial password is derived, never stored."""
    stored = [(given, kept) for given, kept in fields.values() if kept != "phone"]
    rows = []
    for finding in findings:
        row = finding.candidate.known.identity
        row["id"] = finding.account.pk
        for given, kept in stored:
            row[kept] = getattr(finding.candidate.person, given)
        rows.append(row)
    return copying.tell(Account, rows, common={"initial_since": now})


def _members(findings: list[Finding]) -> copying.Told | None:
    """Their 团籍."""
    rows = [
        {
            "account_id": finding.account.pk,
            "branch_id": finding.branch.pk,
            "branch_path": finding.branch.path,
            "joined": finding.candidate.person.joined,
            "number": kept_number(finding.candidate.person),
        }
        for finding in findings
    ]
    return copying.tell(Member, rows)


def _ledger(batch: ImportBatch, findings: list[Finding], *, now: datetime) -> copying.Told | None:
    """The beginning of each."""
    belongings = [{"account_id": finding.account.pk, "branch_id": finding.branch.pk} for finding in findings]
    began = {"started_at": now, "begun_by": Act.IMPORT, "batch_id": batch.pk}
    return copying.tell(Membership, belongings, common=began)


def kept_number(person: Person) -> str | None:
    """The 发展团员编号 where it is well-formed; a malformed one of an early joiner is only noticed (§5)."""
    number = person.league_number
    return number if is_league_number(number) else None


def give_posts(newcomers: list[Finding]) -> None:
    """Posts for the cadres among people who were just entered."""
    cadres = [finding for finding in newcomers if finding.candidate.person.is_cadre]
    copying.insert([revise.new_post(finding) for finding in cadres])


def _changed(finding: Finding) -> dict[str, Any]:
    """What the person sees of it."""
    columns = [change.column for change in finding.changes]
    return {
        "fields": columns,
        "changes": [said(each.column, each.old, each.new) for each in finding.changes],
    }


def _acts(batch: ImportBatch, findings: list[Finding], actor: Scope) -> copying.Told | None:
    """One audit row a person."""
    by = {"by": Act.IMPORT.value, "batch": batch.pk}
    told = [
        {
            "verb": "members.updated" if finding.changes else "members.enrolled",
            "organization_id": finding.branch.pk,
            "organization_path": finding.branch.path,
            "organization_name": finding.branch.full_name,
            "account_id": finding.account.pk,
            "account_name": finding.account.name,
            "detail": by | _changed(finding) if finding.changes else by,
        }
        for finding in findings
    ]
    return copying.tell(AuditEntry, told, common=values("members.enrolled", actor=actor))
