"""Carries out a plan: people, 团籍, ledger, posts and audit rows, inside the caller's transaction (§5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import Account
from orgs.scope import Scope
from zhtj.audit.models import AuditEntry
from zhtj.audit.record import values
from zhtj.lib import copying

from ..applications import ending
from ..models import Act, ImportBatch, Member, Membership, RowVerdict
from ..rules import Person
from . import revise
from .changes import ACCOUNT_FIELDS
from .check import Finding


def carry_out(batch: ImportBatch, findings: Sequence[Finding], *, actor: Scope, now: datetime) -> None:
    """Write the new rows and the updates among `findings`; the caller leaves out what must not be written.

    New people go in by blind index, so that two imports of the same people wait for each other in one order.
    Raises IntegrityError where somebody was faster; nothing is written then.
    """
    new = [finding for finding in findings if finding.verdict == RowVerdict.NEW]
    updates = [finding for finding in findings if finding.verdict == RowVerdict.UPDATE]
    known = [finding for finding in new if finding.account is not None]
    newcomers = [finding for finding in new if finding.account is None]
    create_accounts(newcomers, now=now)
    revise.carry_out(batch, known, updates, now=now)
    new.sort(key=lambda finding: bytes(finding.account.id_index))
    _enrol(batch, new, now=now)
    give_posts(newcomers)
    entered = [finding.account.id_index for finding in new]
    ending.end_of(entered, organization=batch.organization, actor=actor, now=now)
    copying.insert_values(AuditEntry, _told(batch, [*new, *updates], actor))


@dataclass(frozen=True, slots=True)
class Newcomer:
    """An account just written, as far as the rest of an import asks."""

    pk: int
    name: str
    id_index: bytes


def create_accounts(
    findings: list[Finding], *, now: datetime, fields: dict[str, tuple[str, str]] = ACCOUNT_FIELDS
) -> None:
    """Accounts for people the system did not know; their initial password is derived, never stored."""
    rows = [_account(finding.candidate.person, fields) | {"initial_since": now} for finding in findings]
    for row, finding, pk in zip(rows, findings, copying.next_ids(Account, len(rows)), strict=True):
        row["id"] = pk
        finding.account = Newcomer(pk, row["name"], row["id_index"])
    copying.insert_values(Account, sorted(rows, key=lambda row: row["id_index"]))


def _account(person: Person, fields: dict[str, tuple[str, str]]) -> dict[str, Any]:
    columns = Account.columns(number=person.number, name=person.name, phone=person.phone)
    for given, kept in fields.values():
        if kept != "phone":
            columns[kept] = getattr(person, given)
    return columns


def _enrol(batch: ImportBatch, findings: list[Finding], *, now: datetime) -> None:
    copying.insert_values(
        Member,
        [
            {
                "account_id": finding.account.pk,
                "branch_id": finding.branch.pk,
                "branch_path": finding.branch.path,
                "joined": finding.candidate.person.joined,
                "number": kept_number(finding.candidate.person),
            }
            for finding in findings
        ],
    )
    belonging = {"started_at": now, "begun_by": Act.IMPORT, "batch_id": batch.pk}
    copying.insert_values(
        Membership,
        [
            {"account_id": finding.account.pk, "branch_id": finding.branch.pk, **belonging}
            for finding in findings
        ],
    )


def kept_number(person: Person) -> str | None:
    """The 发展团员编号 where it is well-formed; a malformed one of an early joiner is only noticed (§5)."""
    number = person.league_number
    return number if len(number) == 12 and number.isascii() and number.isdigit() else None


def give_posts(newcomers: list[Finding]) -> None:
    """Posts for the cadres among people who were just entered."""
    cadres = [finding for finding in newcomers if finding.candidate.person.is_cadre]
    copying.insert([revise.new_post(finding) for finding in cadres])


def _told(batch: ImportBatch, findings: list[Finding], actor: Scope) -> list[dict[str, Any]]:
    """One audit row a person."""
    common = values("members.enrolled", actor=actor)
    by = {"by": Act.IMPORT.value, "batch": batch.pk}
    return [
        common
        | {
            "verb": "members.updated" if finding.changes else "members.enrolled",
            "organization_id": finding.branch.pk,
            "organization_path": finding.branch.path,
            "organization_name": finding.branch.full_name,
            "account_id": finding.account.pk,
            "account_name": finding.account.name,
            "detail": by | {"fields": [change.column for change in finding.changes]}
            if finding.changes
            else by,
        }
        for finding in findings
    ]
